package org.anatomicalpriors.benchmark;

import java.util.stream.IntStream;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.training.ImageSource;

/** {@link Heads} to learn from, as label maps or as images. */
final class HeadSource implements ImageSource {

  private final int count;
  private final int labels;
  private final int spacing;
  private final boolean images;

  private HeadSource(final int count, final int labels, final int spacing, final boolean images) {
    this.count = count;
    this.labels = labels;
    this.spacing = spacing;
    this.images = images;
  }

  static HeadSource maps(final int count, final int labels, final int spacing) {
    return new HeadSource(count, labels, spacing, false);
  }

  static HeadSource images(final int count, final int labels, final int spacing) {
    return new HeadSource(count, labels, spacing, true);
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public String name(final int index) {
    return "head_" + index;
  }

  @Override
  public String hash(final int index) {
    return name(index);
  }

  @Override
  public SpatialImage<? extends RealType<?>> load(final int index) {
    final Grid grid = Heads.grid(spacing);
    final byte[] map = new Heads(labels, index).map(grid);
    final long[] size = {grid.size(0), grid.size(1), grid.size(2)};
    return images
        ? new SpatialImage<>(
            ArrayImgs.unsignedShorts(
                Heads.image(map, IntStream.range(0, labels).toArray(), index), size),
            grid,
            name(index))
        : new SpatialImage<>(ArrayImgs.unsignedBytes(map, size), grid, name(index));
  }
}
