package org.anatomicalpriors.io.nifti;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.fuzzing.Memory;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that promise more than they hold, hold more than they promise, or lie in their headers. */
class HostileNiftiTest {

  private static final long[] SIZE = {20, 15, 10};
  private static final int MEGABYTE = 1 << 20;

  @TempDir Path folder;

  private byte[] good(final int version) throws IOException {
    final Path file = folder.resolve("good.nii");
    new NiftiWriter()
        .version(version)
        .write(
            SampleImages.random(NiftiDataType.INT16, SIZE),
            SampleImages.grid(Affine.scale(1, 2, 3), SIZE),
            NiftiHeader.empty(),
            file);
    final byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    return bytes;
  }

  private Path write(final byte[] bytes) throws IOException {
    return Files.write(folder.resolve("image.nii.gz"), bytes);
  }

  private static NiftiImage read(final Path file) {
    return NiftiReader.read(file, Progress.NONE);
  }

  private String refusal(final byte[] bytes) throws IOException {
    final Path file = write(bytes);
    return assertThrows(InvalidInputException.class, () -> read(file)).getMessage();
  }

  private static byte[] with(final byte[] file, final NiftiField field, final double... values) {
    final byte[] copy = file.clone();
    for (int i = 0; i < values.length; i++) HeaderFields.set(copy, field, i, values[i]);
    return copy;
  }

  private static byte[] gzip(final byte[] start, final int zeros) throws IOException {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gz = new GZIPOutputStream(out)) {
      gz.write(start);
      for (int n = 0; n < zeros; n += MEGABYTE) gz.write(new byte[MEGABYTE]);
    }
    return out.toByteArray();
  }

  // -- Compressed files --

  /** Random bytes behind the voxels make the file large enough to be believed by its size. */
  @Test
  void promisesThatTheFileDoesNotKeepTakeNoMemory() throws IOException {
    final byte[] noise = new byte[MEGABYTE];
    new java.util.Random(1).nextBytes(noise);
    final byte[] large = with(good(1), NiftiField.DIM, 3, 1000, 1000, 150); // 300 MB
    final byte[] file = Arrays.copyOf(large, large.length + noise.length);
    System.arraycopy(noise, 0, file, large.length, noise.length);
    final Path hostile = write(gzip(file, 0));
    assertTrue(Files.size(hostile) * 1032 > 2 * 1000L * 1000 * 150, "deflate could hold it");
    final long taken = Memory.taken(() -> read(hostile));
    assertTrue(taken < 4 * MEGABYTE, taken + " bytes");
    assertEquals(
        "image.nii.gz ends before all of its header and voxels were read (truncated); copy or download it again.",
        assertThrows(InvalidInputException.class, () -> read(hostile)).getMessage());
  }

  @Test
  void imagesOfOneValueAreNoBombs() throws IOException {
    final byte[] header = Arrays.copyOf(with(good(1), NiftiField.DIM, 3, 256, 256, 80), 352);
    final Path file = write(gzip(header, 10 * MEGABYTE));
    assertTrue(Files.size(file) < MEGABYTE / 50);
    assertEquals(80, read(file).grid().size(2));
  }

  @Test
  void whatFollowsTheVoxelsIsNotUnpacked() throws IOException {
    final Path file = write(gzip(good(1), 256 * MEGABYTE));
    final long taken = Memory.taken(() -> read(file));
    assertTrue(taken < 2 * MEGABYTE, taken + " bytes");
    assertEquals(10, read(file).grid().size(2));
  }

  // -- Sizes --

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void sizesWhoseProductOverflowsAreRefused(final int version) throws IOException {
    final double m = 32767;
    assertTrue(
        refusal(with(good(version), NiftiField.DIM, 7, m, m, m, m, m, m, m))
            .contains(" voxels, more than the 2147483639 that one image can hold"));
  }

  @ParameterizedTest
  @CsvSource({
    "4294967296,4294967296,1", // 2^64, 0 as a long
    "9223372036854775807,2,1",
    "3037000500,3037000500,1", // just beyond a long
    "65536,65536,1", // 0 as an int
    "46341,46341,2"
  })
  void sizesOfNifti2WhoseProductOverflowsAreRefused(final double x, final double y, final double z)
      throws IOException {
    assertTrue(
        refusal(with(good(2), NiftiField.DIM, 3, x, y, z))
            .contains(" voxels, more than the 2147483639 that one image can hold"));
  }

  @Test
  void negativeSizesOfNifti2AreRefused() throws IOException {
    for (final double size : new double[] {0, -1, -9.3e18})
      assertTrue(
          refusal(with(good(2), NiftiField.DIM, 3, 20, size, 10))
              .contains("1 to 7 sizes of 1 or more are needed"));
  }

  // -- Geometry --

  @ParameterizedTest
  @ValueSource(doubles = {0, Double.NaN, Double.POSITIVE_INFINITY, 1e-200, 1e200})
  void spacingThatIsNoneIsRefused(final double spacing) throws IOException {
    for (final int code : new int[] {0, 1}) {
      final byte[] file =
          with(
              with(with(good(2), NiftiField.SFORM_CODE, 0), NiftiField.QFORM_CODE, code),
              NiftiField.PIXDIM,
              1,
              spacing,
              spacing,
              spacing);
      final String message = refusal(file);
      assertTrue(message.startsWith("image.nii.gz has the voxel spacing ["), message);
      assertTrue(message.endsWith("; correct the file's header."), message);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, 1e-200, 1e200, 0})
  void matricesThatAreNoneAreRefused(final double v) throws IOException {
    final byte[] file =
        with(
            with(good(2), NiftiField.SFORM_CODE, 1),
            NiftiField.SROW,
            v,
            0,
            0,
            0,
            0,
            v,
            0,
            0,
            0,
            0,
            v,
            0);
    assertTrue(refusal(file).startsWith("image.nii.gz has the sform matrix ["));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 1e300})
  void rotationsThatAreNoneAreRefused(final double v) throws IOException {
    final byte[] file =
        with(
            with(with(good(2), NiftiField.SFORM_CODE, 0), NiftiField.QFORM_CODE, 1),
            NiftiField.QUATERN,
            v,
            v,
            v);
    assertTrue(refusal(file).startsWith("image.nii.gz has the "), refusal(file));
  }

  // -- Offsets and extensions --

  @ParameterizedTest
  @ValueSource(doubles = {-1, 543, 1e6, 9.223372036854775807e18, -9.3e18})
  void offsetsOfNifti2OutsideTheFileAreRefused(final double offset) throws IOException {
    assertTrue(
        refusal(with(good(2), NiftiField.VOX_OFFSET, offset))
            .contains("says that its voxels start at byte "));
  }

  @ParameterizedTest
  @CsvSource({
    "-1,0", // negative
    "-2147483648,0",
    "2147483647,0", // beyond the file, and beyond an int with what is before it
    "1000,0", // beyond the voxels' start
    "1,0", // less than its own size
    "7,0",
    "20,1", // no multiple of 16: read as it is
    "8,1" // no content: the next one follows at once
  })
  void extensionsOfImpossibleSizesDoNotHideTheImage(final int size, final int found)
      throws IOException {
    final byte[] plain = good(1);
    final byte[] file = new byte[plain.length + 48];
    System.arraycopy(plain, 0, file, 0, 352);
    System.arraycopy(plain, 352, file, 400, plain.length - 352);
    final ByteBuffer b = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    b.putFloat(108, 400).put(348, (byte) 1).putInt(352, size).putInt(356, 6);
    final NiftiImage image = read(write(file));
    assertEquals(found, image.header().extensions().size());
    assertEquals(10, image.grid().size(2));
  }

  /** Sizes of 8 move on by as much: there is no way to come back to an extension. */
  @Test
  void manyEmptyExtensionsEnd() throws IOException {
    final byte[] plain = good(1);
    final int count = 100_000;
    final byte[] file = new byte[plain.length + 8 * count];
    System.arraycopy(plain, 0, file, 0, 352);
    final ByteBuffer b = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    b.putFloat(108, 352 + 8 * count).put(348, (byte) 1);
    for (int i = 0; i < count; i++) b.putInt(352 + 8 * i, 8);
    final List<NiftiExtension> found = read(write(file)).header().extensions();
    assertEquals(count - 1, found.size()); // less than 16 bytes are padding
  }
}
