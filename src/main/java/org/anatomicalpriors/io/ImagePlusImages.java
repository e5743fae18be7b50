package org.anatomicalpriors.io;

import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.process.ImageProcessor;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;

/**
 * ImageJ images to spatial images and back, by copying. The calibration gives spacing, unit and
 * origin; ImageJ knows no orientation, so x, y and z are taken as the world's axes.
 */
public final class ImagePlusImages {

  /** Whole numbers up to this one are exact in a float. */
  private static final double EXACT_IN_FLOAT = 1 << 24;

  private ImagePlusImages() {}

  /**
   * A copy of a stack of one channel and one time point. 8 and 16 bit give unsigned integers,
   * signed 16 bit gives shorts, 32 bit and density-calibrated stacks give floats. A missing
   * calibration is logged.
   *
   * @param name what to call the image in messages
   * @throws InvalidInputException for colours, several channels or several time points
   */
  public static SpatialImage<? extends RealType<?>> copyOf(
      final ImagePlus stack, final String name, final Progress progress) {
    if (stack.getType() == ImagePlus.COLOR_RGB)
      throw new InvalidInputException(
          name + " is a colour image; convert it to 8, 16 or 32 bit grey values first.");
    if (stack.getNChannels() > 1 || stack.getNFrames() > 1)
      throw new InvalidInputException(
          name
              + " has "
              + stack.getNChannels()
              + " channels and "
              + stack.getNFrames()
              + " time points where one 3D stack is needed; duplicate one channel and time point"
              + " (or swap slices and frames under Image > Properties) first.");
    return new SpatialImage<>(voxels(stack), grid(stack, name, progress), name);
  }

  private static Grid grid(final ImagePlus stack, final String name, final Progress progress) {
    final Calibration c = stack.getCalibration();
    final LengthUnit unit = LengthUnit.of(c.getUnit());
    final int[] size = {stack.getWidth(), stack.getHeight(), stack.getStackSize()};
    if (unit == LengthUnit.UNKNOWN) {
      progress.log(
          name
              + " has no calibration (unit \""
              + c.getUnit()
              + "\"): spacing 1 x 1 x 1 pixel is assumed; set it under Image > Properties.");
      return new Grid(size, Affine.identity(), unit.gridUnit());
    }
    final double[] s = {
      Math.abs(c.pixelWidth) * unit.factor(),
      Math.abs(c.pixelHeight) * unit.factor(),
      Math.abs(c.pixelDepth) * unit.factor()
    };
    for (final double v : s)
      if (!(v > 0) || Double.isInfinite(v))
        throw new InvalidInputException(
            name
                + " has a voxel spacing of zero or not a number; set it under Image > Properties.");
    final Affine toWorld =
        Affine.scale(s[0], s[1], s[2])
            .after(Affine.translation(-c.xOrigin, -c.yOrigin, -c.zOrigin));
    return new Grid(size, toWorld, unit.gridUnit());
  }

  private static RandomAccessibleInterval<? extends RealType<?>> voxels(final ImagePlus stack) {
    final int width = stack.getWidth(), height = stack.getHeight(), depth = stack.getStackSize();
    final long[] size = {width, height, depth};
    final int plane = width * height;
    final long count = (long) plane * depth;
    if (count > Integer.MAX_VALUE - 8)
      throw new InvalidInputException(
          stack.getTitle()
              + " has "
              + count
              + " voxels, more than the 2147483639 that one image can hold; crop or downsample it.");
    final Calibration c = stack.getCalibration();
    final boolean signed = c.isSigned16Bit();
    final float[] table = signed ? null : c.getCTable();
    final Object slice1 = stack.getStack().getPixels(1);
    final boolean toFloat = slice1 instanceof float[] || table != null;
    final Object all =
        toFloat
            ? new float[(int) count]
            : slice1 instanceof short[] ? new short[(int) count] : new byte[(int) count];
    for (int z = 0; z < depth; z++) {
      if (table != null) {
        final ImageProcessor slice = stack.getStack().getProcessor(z + 1);
        for (int i = 0; i < plane; i++) ((float[]) all)[z * plane + i] = table[slice.get(i)];
      } else {
        System.arraycopy(stack.getStack().getPixels(z + 1), 0, all, z * plane, plane);
      }
    }
    if (toFloat) return ArrayImgs.floats((float[]) all, size);
    if (all instanceof byte[]) return ArrayImgs.unsignedBytes((byte[]) all, size);
    if (!signed) return ArrayImgs.unsignedShorts((short[]) all, size);
    // ImageJ keeps signed values raised by 32768.
    final short[] shorts = (short[]) all;
    for (int i = 0; i < shorts.length; i++) shorts[i] ^= (short) 0x8000;
    return ArrayImgs.shorts(shorts, size);
  }

  /**
   * A calibrated ImageJ stack with the image's values: 8 bit if all are whole numbers from 0 to 255
   * of an integer type, 16 bit up to 65535, else 32 bit float.
   *
   * @throws InvalidInputException if an integer type holds values that a float would change
   */
  public static ImagePlus toImagePlus(final SpatialImage<? extends RealType<?>> image) {
    final RandomAccessibleInterval<? extends RealType<?>> voxels = image.voxels();
    final int bits = bits(image);
    final int width = (int) voxels.dimension(0), height = (int) voxels.dimension(1);
    final int depth = (int) voxels.dimension(2);
    final ImageStack stack = ImageStack.create(width, height, depth, bits);
    final Cursor<? extends RealType<?>> cursor = Views.flatIterable(voxels).cursor();
    for (int z = 1; z <= depth; z++) {
      final ImageProcessor slice = stack.getProcessor(z);
      for (int i = 0; i < width * height; i++) {
        cursor.fwd();
        if (bits == 32) slice.setf(i, cursor.get().getRealFloat());
        else slice.set(i, (int) cursor.get().getRealDouble());
      }
    }
    final ImagePlus result = new ImagePlus(image.name(), stack);
    result.setDimensions(1, depth, 1);
    result.setCalibration(calibration(image.grid()));
    return result;
  }

  /** Spacing, unit and, where the grid's axes are the world's, the origin. */
  public static Calibration calibration(final Grid grid) {
    final Calibration calibration = new Calibration();
    final double[] s = grid.spacing();
    calibration.setUnit(grid.unit());
    calibration.pixelWidth = s[0];
    calibration.pixelHeight = s[1];
    calibration.pixelDepth = s[2];
    final Affine a = grid.toWorld();
    final Affine plain =
        Affine.translation(a.get(0, 3), a.get(1, 3), a.get(2, 3))
            .after(Affine.scale(s[0], s[1], s[2]));
    // An origin says where the image lies only if its axes are the world's.
    if (a.isNear(plain, 1e-9)) {
      calibration.xOrigin = -a.get(0, 3) / s[0];
      calibration.yOrigin = -a.get(1, 3) / s[1];
      calibration.zOrigin = -a.get(2, 3) / s[2];
    }
    return calibration;
  }

  private static int bits(final SpatialImage<? extends RealType<?>> image) {
    if (!(image.voxels().getType() instanceof IntegerType)) return 32;
    double min = 0, max = 0;
    for (final RealType<?> v : Views.iterable(image.voxels())) {
      min = Math.min(min, v.getRealDouble());
      max = Math.max(max, v.getRealDouble());
    }
    if (min >= 0 && max <= 65535) return max <= 255 ? 8 : 16;
    if (max > EXACT_IN_FLOAT || min < -EXACT_IN_FLOAT)
      throw new InvalidInputException(
          String.format(
              "%s has whole numbers from %.0f to %.0f, which a TIFF stack cannot hold exactly;"
                  + " save it as NIfTI (.nii.gz).",
              image.name(), min, max));
    return 32;
  }
}
