package org.anatomicalpriors.space;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.ArrayDataAccess;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.ByteType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.ShortType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedIntType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.DoubleType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Reads a three-dimensional image row by row (along x) as {@code double}, from the primitive arrays
 * themselves where the image has them (array and planar images of the usual types) and voxel by
 * voxel otherwise. One instance per thread.
 */
public final class VoxelRows {

  private final RandomAccessibleInterval<? extends RealType<?>> image;
  private final RandomAccess<? extends RealType<?>> access;
  private final RealType<?> type;
  private final boolean direct;
  private final int nx;
  private final int ny;

  /** An image with axes x, y, z and its minimum at the origin. */
  public VoxelRows(final RandomAccessibleInterval<? extends RealType<?>> image) {
    this.image = image;
    this.access = image.randomAccess();
    image.min(access);
    this.type = access.get();
    this.nx = Math.toIntExact(image.dimension(0));
    this.ny = Math.toIntExact(image.dimension(1));
    this.direct = storage(0) != null && canDecode(type);
  }

  /** Values of row (y, z) into {@code row}, whose length is at least the size along x. */
  public void read(final int y, final int z, final double[] row) {
    if (direct) decode(storage(z), offset(y, z), row);
    else {
      access.setPosition(0, 0);
      access.setPosition(y, 1);
      access.setPosition(z, 2);
      for (int x = 0; x < nx; x++) {
        row[x] = access.get().getRealDouble();
        access.fwd(0);
      }
    }
  }

  /** All values of an image, x fastest. */
  public static float[] toFloats(final RandomAccessibleInterval<? extends RealType<?>> image) {
    final VoxelRows rows = new VoxelRows(image);
    final int nz = Math.toIntExact(image.dimension(2));
    final float[] values = new float[Math.multiplyExact(Math.multiplyExact(rows.nx, rows.ny), nz)];
    final double[] row = new double[rows.nx];
    int i = 0;
    for (int z = 0; z < nz; z++)
      for (int y = 0; y < rows.ny; y++) {
        rows.read(y, z, row);
        for (int x = 0; x < rows.nx; x++) values[i++] = (float) row[x];
      }
    return values;
  }

  private int offset(final int y, final int z) {
    return (image instanceof PlanarImg ? y : y + z * ny) * nx;
  }

  private Object storage(final int z) {
    if (image instanceof ArrayImg) {
      final Object data = ((ArrayImg<?, ?>) image).update(null);
      return data instanceof ArrayDataAccess
          ? ((ArrayDataAccess<?>) data).getCurrentStorageArray()
          : null;
    }
    if (image instanceof PlanarImg) {
      final Object data = ((PlanarImg<?, ?>) image).getPlane(z);
      return data instanceof ArrayDataAccess
          ? ((ArrayDataAccess<?>) data).getCurrentStorageArray()
          : null;
    }
    return null;
  }

  private static boolean canDecode(final RealType<?> type) {
    return type instanceof UnsignedByteType
        || type instanceof ByteType
        || type instanceof UnsignedShortType
        || type instanceof ShortType
        || type instanceof UnsignedIntType
        || type instanceof IntType
        || type instanceof FloatType
        || type instanceof DoubleType;
  }

  private void decode(final Object storage, final int start, final double[] row) {
    if (storage instanceof byte[]) {
      final byte[] a = (byte[]) storage;
      if (type instanceof UnsignedByteType)
        for (int x = 0; x < nx; x++) row[x] = a[start + x] & 0xff;
      else for (int x = 0; x < nx; x++) row[x] = a[start + x];
    } else if (storage instanceof short[]) {
      final short[] a = (short[]) storage;
      if (type instanceof UnsignedShortType)
        for (int x = 0; x < nx; x++) row[x] = a[start + x] & 0xffff;
      else for (int x = 0; x < nx; x++) row[x] = a[start + x];
    } else if (storage instanceof int[]) {
      final int[] a = (int[]) storage;
      if (type instanceof UnsignedIntType)
        for (int x = 0; x < nx; x++) row[x] = a[start + x] & 0xffffffffL;
      else for (int x = 0; x < nx; x++) row[x] = a[start + x];
    } else if (storage instanceof float[]) {
      final float[] a = (float[]) storage;
      for (int x = 0; x < nx; x++) row[x] = a[start + x];
    } else System.arraycopy((double[]) storage, start, row, 0, nx);
  }
}
