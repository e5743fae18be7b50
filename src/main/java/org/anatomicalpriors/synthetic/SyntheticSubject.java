package org.anatomicalpriors.synthetic;

import java.util.EnumMap;
import java.util.Map;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;

/** One individual of a {@link SyntheticAnatomy}: its label map and images of it. */
public final class SyntheticSubject {

  private final String name;
  private final Grid grid;
  private final Grid points;
  private final byte[] fine;
  private final Map<Contrast, Long> imageSeeds = new EnumMap<>(Contrast.class);

  SyntheticSubject(final String name, final Grid grid, final GaussianRandom random) {
    this.name = name;
    this.grid = grid;
    points = LabelRenderer.fine(grid);
    fine = LabelRenderer.draw(new AnatomyShape(random.split()), points);
    for (final Contrast contrast : Contrast.values()) imageSeeds.put(contrast, random.nextSeed());
  }

  public String name() {
    return name;
  }

  /** The label map: ids of the anatomy's label set, which are also its indices. */
  public SpatialImage<UnsignedByteType> labels() {
    final byte[] labels = LabelRenderer.majority(fine, points, grid);
    return new SpatialImage<>(
        ArrayImgs.unsignedBytes(labels, grid.size(0), grid.size(1), grid.size(2)), grid, name);
  }

  /** An image of this individual; the same at every call. */
  public SpatialImage<FloatType> image(final Contrast contrast) {
    final GaussianRandom random = new GaussianRandom(imageSeeds.get(contrast));
    final float[] image = new ImageSimulator(contrast, random).simulate(fine, points, grid);
    return new SpatialImage<>(
        ArrayImgs.floats(image, grid.size(0), grid.size(1), grid.size(2)), grid, name);
  }
}
