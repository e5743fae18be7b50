package org.anatomicalpriors.io.nifti;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiFunction;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.BooleanType;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.ByteType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.LongType;
import net.imglib2.type.numeric.integer.ShortType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedIntType;
import net.imglib2.type.numeric.integer.UnsignedLongType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.DoubleType;
import net.imglib2.type.numeric.real.FloatType;
import org.anatomicalpriors.InvalidInputException;

/** The voxel types of NIfTI that are read and written: every integer and float imglib2 has. */
public enum NiftiDataType {
  UINT8(2, Storage.BYTE, new UnsignedByteType(), (a, d) -> ArrayImgs.unsignedBytes((byte[]) a, d)),
  INT16(4, Storage.SHORT, new ShortType(), (a, d) -> ArrayImgs.shorts((short[]) a, d)),
  INT32(8, Storage.INT, new IntType(), (a, d) -> ArrayImgs.ints((int[]) a, d)),
  FLOAT32(16, Storage.FLOAT, new FloatType(), (a, d) -> ArrayImgs.floats((float[]) a, d)),
  FLOAT64(64, Storage.DOUBLE, new DoubleType(), (a, d) -> ArrayImgs.doubles((double[]) a, d)),
  INT8(256, Storage.BYTE, new ByteType(), (a, d) -> ArrayImgs.bytes((byte[]) a, d)),
  UINT16(
      512,
      Storage.SHORT,
      new UnsignedShortType(),
      (a, d) -> ArrayImgs.unsignedShorts((short[]) a, d)),
  UINT32(768, Storage.INT, new UnsignedIntType(), (a, d) -> ArrayImgs.unsignedInts((int[]) a, d)),
  INT64(1024, Storage.LONG, new LongType(), (a, d) -> ArrayImgs.longs((long[]) a, d)),
  UINT64(
      1280, Storage.LONG, new UnsignedLongType(), (a, d) -> ArrayImgs.unsignedLongs((long[]) a, d));

  private final int code;
  private final Storage storage;
  private final RealType<?> type;
  private final BiFunction<Object, long[], ArrayImg<? extends RealType<?>, ?>> wrapper;

  NiftiDataType(
      final int code,
      final Storage storage,
      final RealType<?> type,
      final BiFunction<Object, long[], ArrayImg<? extends RealType<?>, ?>> wrapper) {
    this.code = code;
    this.storage = storage;
    this.type = type;
    this.wrapper = wrapper;
  }

  /** The number by which headers name the type. */
  public int code() {
    return code;
  }

  /** Bits of one voxel. */
  public int bits() {
    return 8 * storage.bytes();
  }

  /** A value of the imglib2 type that holds such voxels. */
  public RealType<?> type() {
    return type.copy();
  }

  Storage storage() {
    return storage;
  }

  /** An image over a primitive array of this type's storage, x fastest. */
  ArrayImg<? extends RealType<?>, ?> wrap(final Object array, final long... dimensions) {
    return wrapper.apply(array, dimensions);
  }

  /**
   * The type named by a header.
   *
   * @throws InvalidInputException if it is not among those that are read
   */
  static NiftiDataType ofCode(final int code, final String file) {
    for (final NiftiDataType t : values()) if (t.code == code) return t;
    throw new InvalidInputException(
        file
            + " stores "
            + unsupportedName(code)
            + " voxels; integers or floats are needed: convert it to one of "
            + Arrays.toString(values()).toLowerCase(Locale.ROOT)
            + ".");
  }

  /**
   * The type that holds voxels of an imglib2 type without loss; booleans become {@link #UINT8}.
   *
   * @throws InvalidInputException if there is none
   */
  public static NiftiDataType of(final RealType<?> voxel) {
    for (final NiftiDataType t : values()) if (t.type.getClass() == voxel.getClass()) return t;
    if (voxel instanceof BooleanType && voxel instanceof NativeType) return UINT8;
    throw new InvalidInputException(
        "Voxels of type "
            + voxel.getClass().getSimpleName()
            + " cannot be stored in NIfTI; convert the image to 8, 16, 32 or 64 bit first.");
  }

  private static String unsupportedName(final int code) {
    switch (code) {
      case 1:
        return "binary";
      case 32:
        return "complex64";
      case 128:
        return "RGB24";
      case 1536:
        return "float128";
      case 1792:
        return "complex128";
      case 2048:
        return "complex256";
      case 2304:
        return "RGBA32";
      default:
        return "unknown (data type " + code + ")";
    }
  }
}
