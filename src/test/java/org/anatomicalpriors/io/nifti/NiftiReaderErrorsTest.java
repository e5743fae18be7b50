package org.anatomicalpriors.io.nifti;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import net.imglib2.type.numeric.real.DoubleType;
import net.imglib2.type.numeric.real.FloatType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and unusual files, made by patching the bytes of a good one. */
class NiftiReaderErrorsTest {

  private static final long[] SIZE = {20, 15, 10};

  @TempDir Path folder;
  private Path file;
  private byte[] good;

  @BeforeEach
  void writeGoodFile() throws IOException {
    file = folder.resolve("image.nii");
    new NiftiWriter()
        .write(
            SampleImages.random(NiftiDataType.INT16, SIZE),
            SampleImages.grid(Affine.scale(1, 2, 3), SIZE),
            NiftiHeader.empty(),
            file);
    good = Files.readAllBytes(file);
    assertEquals(352 + 2 * 3000, good.length);
  }

  private byte[] patched(final Consumer<ByteBuffer> change) {
    final byte[] copy = good.clone();
    change.accept(ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN));
    return copy;
  }

  private static byte[] gzip(final byte[] bytes) throws IOException {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gz = new GZIPOutputStream(out)) {
      gz.write(bytes);
    }
    return out.toByteArray();
  }

  private String messageFor(final byte[] bytes) throws IOException {
    Files.write(file, bytes);
    return assertThrows(InvalidInputException.class, () -> NiftiReader.read(file, Progress.NONE))
        .getMessage();
  }

  @Test
  void missingFile() {
    final Path missing = folder.resolve("none.nii.gz");
    assertEquals(
        "none.nii.gz does not exist; check the path " + missing + ".",
        assertThrows(InvalidInputException.class, () -> NiftiReader.read(missing, Progress.NONE))
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 100, 340})
  void shorterThanItsHeader(final int length) throws IOException {
    final String message = messageFor(Arrays.copyOf(good, length));
    assertTrue(message.startsWith("image.nii "), message);
    assertTrue(message.contains(length < 4 ? "is not a NIfTI file" : "truncated"), message);
  }

  @Test
  void truncatedRaw() throws IOException {
    assertEquals(
        "image.nii is too small (6351 bytes) for the [20, 15, 10] voxels of int16 that its header"
            + " promises; it is truncated or damaged: copy or download it again.",
        messageFor(Arrays.copyOf(good, good.length - 1)));
  }

  @ParameterizedTest
  @CsvSource({"1", "9", "3000"})
  void truncatedGzip(final int missing) throws IOException {
    final byte[] gz = gzip(good);
    assertEquals(
        "image.nii ends before all of its header and voxels were read (truncated); copy or"
            + " download it again.",
        messageFor(Arrays.copyOf(gz, gz.length - missing)));
  }

  @Test
  void gzipThatEndsTooEarlyButIsWhole() throws IOException {
    final String message = messageFor(gzip(Arrays.copyOf(good, good.length - 2)));
    assertTrue(message.contains("(truncated); copy or download it again."), message);
  }

  @Test
  void damagedGzip() throws IOException {
    final byte[] checksum = gzip(good);
    checksum[checksum.length - 6] ^= 1;
    final String message = messageFor(checksum);
    assertTrue(message.startsWith("image.nii is damaged gzip ("), message);
    assertTrue(message.endsWith("); copy or download it again."), message);
    final byte[] gz = gzip(good);
    Arrays.fill(gz, 700, 800, (byte) 0xff);
    assertTrue(messageFor(gz).startsWith("image.nii is damaged gzip ("));
  }

  @Test
  void wrongMagicAndAnalyze() throws IOException {
    assertEquals(
        "image.nii has no NIfTI magic string (it may be ANALYZE 7.5, which has no orientation);"
            + " convert it to NIfTI.",
        messageFor(patched(b -> b.putInt(344, 0))));
    assertEquals(
        "image.nii is not a NIfTI file (no header of 348 or 540 bytes); convert it to NIfTI.",
        messageFor(patched(b -> b.putInt(0, 349))));
  }

  @ParameterizedTest
  @CsvSource({"0,0", "0,8", "0,-1", "1,0", "2,-5", "3,0"})
  void wrongDimensions(final int index, final int value) throws IOException {
    final String message = messageFor(patched(b -> b.putShort(40 + 2 * index, (short) value)));
    assertTrue(message.startsWith("image.nii has the dimensions ["), message);
    assertTrue(message.contains("1 to 7 sizes of 1 or more are needed"), message);
  }

  @Test
  void absurdDimensionsTakeNoMemory() throws IOException {
    final byte[] huge = patched(b -> b.putShort(42, (short) 30000).putShort(44, (short) 30000));
    assertEquals(
        "image.nii has 9000000000 voxels, more than the 2147483639 that one image can hold; crop"
            + " or downsample it.",
        messageFor(huge));
    final byte[] large = patched(b -> b.putShort(42, (short) 30000).putShort(44, (short) 7000));
    assertTrue(messageFor(large).startsWith("image.nii is too small (6352 bytes)"));
    assertTrue(messageFor(gzip(large)).contains("for the [30000, 7000, 10] voxels of int16"));
  }

  @ParameterizedTest
  @CsvSource({"16", "351", "-8", "1e30", "NaN", "7000"})
  void wrongOffset(final float offset) throws IOException {
    final String message = messageFor(patched(b -> b.putFloat(108, offset)));
    assertTrue(message.startsWith("image.nii says that its voxels start at byte "), message);
    assertTrue(message.endsWith("the file is damaged, export it again."), message);
  }

  @Test
  void offsetZeroMeansRightAfterTheHeader() throws IOException {
    final double[] expected = SampleImages.values(NiftiReader.read(file, Progress.NONE).voxels());
    Files.write(file, patched(b -> b.putFloat(108, 0)));
    assertArrayEquals(
        expected, SampleImages.values(NiftiReader.read(file, Progress.NONE).voxels()));
  }

  @ParameterizedTest
  @CsvSource({
    "1,binary",
    "32,complex64",
    "128,RGB24",
    "1536,float128",
    "1792,complex128",
    "2048,complex256",
    "2304,RGBA32",
    "77,unknown (data type 77)"
  })
  void unsupportedTypes(final int code, final String called) throws IOException {
    assertEquals(
        "image.nii stores "
            + called
            + " voxels; integers or floats are needed: convert it to one of [uint8, int16, int32,"
            + " float32, float64, int8, uint16, uint32, int64, uint64].",
        messageFor(patched(b -> b.putShort(70, (short) code))));
  }

  @Test
  void unusableSpacing() throws IOException {
    final byte[] zero =
        patched(b -> b.putShort(252, (short) 0).putShort(254, (short) 0).putFloat(84, 0));
    assertTrue(
        messageFor(zero).startsWith("image.nii has the voxel spacing [1.0, 0.0, 3.0], which is"));
  }

  @Test
  void missingPartner() throws IOException {
    final Path hdr = folder.resolve("pair.hdr");
    Files.write(hdr, Arrays.copyOf(patched(b -> b.put(345, (byte) 'i').putFloat(108, 0)), 348));
    assertEquals(
        "pair.hdr needs its voxel file pair.img (or .img.gz) next to it, which is missing; put"
            + " both files into one folder.",
        assertThrows(InvalidInputException.class, () -> NiftiReader.read(hdr, Progress.NONE))
            .getMessage());
    final Path img = folder.resolve("pair.img");
    Files.write(img, Arrays.copyOfRange(good, 352, good.length - 100));
    assertTrue(
        assertThrows(InvalidInputException.class, () -> NiftiReader.read(img, Progress.NONE))
            .getMessage()
            .startsWith("pair.img is too small (5900 bytes)"));
    Files.delete(hdr);
    assertTrue(
        assertThrows(InvalidInputException.class, () -> NiftiReader.read(img, Progress.NONE))
            .getMessage()
            .startsWith("pair.img needs its header pair.hdr (or .hdr.gz) next to it"));
  }

  @Test
  void missingGeometryAndUnitAreReported() throws IOException {
    Files.write(
        file, patched(b -> b.putShort(252, (short) 0).putShort(254, (short) 0).put(123, (byte) 0)));
    final List<String> log = new ArrayList<>();
    final NiftiImage image = NiftiReader.read(file, logTo(log));
    assertEquals(image.notices(), log);
    assertEquals(2, log.size());
    assertTrue(log.get(0).startsWith("image.nii has no usable header geometry"), log.get(0));
    assertEquals("image.nii names no unit of length; mm is assumed.", log.get(1));
    assertEquals(Affine.scale(1, 2, 3), image.grid().toWorld());
  }

  @Test
  void damagedExtensionsDoNotHideTheImage() throws IOException {
    final byte[] longer = new byte[good.length + 32];
    System.arraycopy(good, 0, longer, 0, 352);
    System.arraycopy(good, 352, longer, 384, good.length - 352);
    final ByteBuffer b = ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN);
    b.putFloat(108, 384).put(348, (byte) 1).putInt(352, 1 << 30);
    Files.write(file, longer);
    final List<String> log = new ArrayList<>();
    NiftiReader.read(file, logTo(log));
    assertEquals(List.of("image.nii: the header extensions are damaged; 0 could be read."), log);
  }

  private static Progress logTo(final List<String> log) {
    return new Progress() {
      @Override
      public void update(final String s, final long d, final long t, final String m) {}

      @Override
      public void log(final String message) {
        log.add(message);
      }
    };
  }

  @ParameterizedTest
  @CsvSource({"0,5", "NaN,0", "1,0", "1,NaN"})
  void noScaling(final float slope, final float inter) throws IOException {
    final double[] expected = SampleImages.values(NiftiReader.read(file, Progress.NONE).voxels());
    Files.write(file, patched(b -> b.putFloat(112, slope).putFloat(116, inter)));
    final NiftiImage image = NiftiReader.read(file, Progress.NONE);
    assertEquals(NiftiDataType.INT16.type().getClass(), image.voxels().getType().getClass());
    assertArrayEquals(expected, SampleImages.values(image.voxels()));
  }

  @Test
  void scalingIsAppliedInEveryType() {
    for (final NiftiDataType type : NiftiDataType.values()) {
      final Path scaled = folder.resolve(type + ".nii");
      new NiftiWriter()
          .write(
              SampleImages.random(type, SIZE),
              SampleImages.grid(Affine.identity(), SIZE),
              NiftiHeader.empty(),
              scaled);
      final double[] stored = SampleImages.values(NiftiReader.read(scaled, Progress.NONE).voxels());
      patchFile(scaled, b -> b.putFloat(112, 0.5f).putFloat(116, -3));
      final NiftiImage image = NiftiReader.read(scaled, Progress.NONE);
      final boolean isDouble = image.voxels().getType() instanceof DoubleType;
      assertTrue(isDouble || image.voxels().getType() instanceof FloatType);
      final double[] values = SampleImages.values(image.voxels());
      for (int i = 0; i < values.length; i++) {
        final double exact = 0.5 * stored[i] - 3;
        assertEquals(isDouble ? exact : (float) exact, values[i], type.toString());
      }
      assertEquals(0.5, image.header().number(NiftiField.SCL_SLOPE));
    }
  }

  @Test
  void wholeScalingBeyondFloatIsExact() {
    patchFile(file, b -> b.putFloat(112, 1001).putFloat(116, 7));
    final NiftiImage image = NiftiReader.read(file, Progress.NONE);
    final ByteBuffer raw = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN);
    final double[] values = SampleImages.values(image.voxels());
    for (int i = 0; i < values.length; i++)
      assertEquals(1001.0 * raw.getShort(352 + 2 * i) + 7, values[i]);
  }

  private static void patchFile(final Path file, final Consumer<ByteBuffer> change) {
    try {
      final byte[] bytes = Files.readAllBytes(file);
      change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
      Files.write(file, bytes);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
