package org.anatomicalpriors.training;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;

/** Label maps of an ellipsoid (1) that holds a box (2) and a ball (3), each time a little other. */
final class ToyMaps implements ImageSource {

  private final int count;
  private final int depth;

  ToyMaps(final int count, final int depth) {
    this.count = count;
    this.depth = depth;
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public String name(final int index) {
    return "toy" + index;
  }

  @Override
  public String hash(final int index) {
    return "hash of " + count + "/" + depth + "/" + index;
  }

  @Override
  public SpatialImage<? extends RealType<?>> load(final int index) {
    final int n = 18;
    final Img<UnsignedByteType> img = ArrayImgs.unsignedBytes(n, n, depth);
    final double stretch = 1 + 0.15 * Math.sin(index), lift = 3 * Math.cos(2.0 * index);
    int i = 0;
    for (final UnsignedByteType t : img) {
      final double x = i % n - 8.5, y = i / n % n - 8.5;
      final double z = depth == 1 ? 0 : i / (n * n) - (depth - 1) / 2.0;
      i++;
      if (x * x * stretch + y * y / stretch + z * z < 49) t.set(1);
      if (Math.abs(x + 2.5) < 2 && Math.abs(y - lift) < 3 * stretch && Math.abs(z) < 3) t.set(2);
      if ((x - 3) * (x - 3) + (y + lift) * (y + lift) + z * z < 5 * stretch) t.set(3);
    }
    return new SpatialImage<>(
        img,
        Grid.centred(new int[] {n, n, depth}, new double[] {1, 1, 1}, new double[3], "mm"),
        name(index));
  }
}
