package org.anatomicalpriors.io.nifti;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.cell.CellImgFactory;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.type.logic.BitType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.ShortType;
import net.imglib2.type.numeric.integer.Unsigned12BitType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.ImgUtil;
import net.imglib2.view.Views;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.CancelledProgress;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NiftiRoundTripTest {

  @TempDir Path folder;

  static Stream<Arguments> kinds() {
    final List<Arguments> all = new ArrayList<>();
    for (final NiftiDataType type : NiftiDataType.values())
      for (final ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN))
        for (final int version : new int[] {1, 2})
          for (final String ending : List.of(".nii", ".nii.gz", ".hdr", ".img.gz"))
            all.add(Arguments.of(type, order, version, ending));
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyTypeOrderVersionAndEndingComesBack(
      final NiftiDataType type, final ByteOrder order, final int version, final String ending) {
    final long[] size = {7, 5, 3};
    final RandomAccessibleInterval<? extends RealType<?>> image = SampleImages.random(type, size);
    final Path file = folder.resolve("image" + ending);
    new NiftiWriter()
        .version(version)
        .byteOrder(order)
        .write(
            image,
            SampleImages.grid(SampleImages.OBLIQUE_MIRRORED, size),
            NiftiHeader.empty(),
            file);
    final NiftiImage read = NiftiReader.read(file, Progress.NONE);
    SampleImages.assertSame(image, read.voxels());
    SampleImages.assertSame(image, read.toSpatialImage().voxels());
    assertEquals(version, read.header().version());
    assertEquals(order, read.header().byteOrder());
    assertEquals(!ending.startsWith(".nii"), read.header().isPair());
    assertTrue(read.grid().toWorld().isNear(SampleImages.OBLIQUE_MIRRORED, 1e-5));
    assertEquals("mm", read.grid().unit());
    assertEquals(List.of(), read.notices());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void oneToSevenDimensions(final int n) {
    final long[] size = new long[n];
    for (int d = 0; d < n; d++) size[d] = d < 4 ? 4 - d % 3 : 1 + d % 2;
    final long[] padded = n == 1 ? new long[] {size[0], 1} : size;
    final RandomAccessibleInterval<? extends RealType<?>> image =
        SampleImages.random(NiftiDataType.INT16, padded);
    final RandomAccessibleInterval<? extends RealType<?>> written =
        n == 1 ? Views.hyperSlice((RandomAccessibleInterval<ShortType>) image, 1, 0) : image;
    final Path file = folder.resolve("n.nii");
    new NiftiWriter()
        .write(written, SampleImages.grid(Affine.identity(), padded), NiftiHeader.empty(), file);
    final NiftiImage read = NiftiReader.read(file, Progress.NONE);
    SampleImages.assertSame(image, read.voxels());
    assertArrayEquals(size, read.header().dimensions());
    if (n <= 3) {
      final long[] three = {size[0], n > 1 ? size[1] : 1, n > 2 ? size[2] : 1};
      assertArrayEquals(three, read.toSpatialImage().voxels().dimensionsAsLongArray());
    } else {
      final String message =
          assertThrows(InvalidInputException.class, read::toSpatialImage).getMessage();
      assertTrue(message.startsWith("n.nii is " + n + "D ["), message);
      assertTrue(message.contains("where 3D is needed; extract one channel"), message);
    }
  }

  @Test
  void trailingAxesOfOneVoxelAreDropped() {
    final long[] size = {3, 4, 5, 1, 1};
    final RandomAccessibleInterval<? extends RealType<?>> image =
        SampleImages.random(NiftiDataType.FLOAT32, size);
    final Path file = folder.resolve("t.nii");
    new NiftiWriter()
        .write(image, SampleImages.grid(Affine.identity(), size), NiftiHeader.empty(), file);
    final NiftiImage read = NiftiReader.read(file, Progress.NONE);
    assertEquals(5, read.voxels().numDimensions());
    assertArrayEquals(
        SampleImages.values(image), SampleImages.values(read.toSpatialImage().voxels()));
  }

  @Test
  void layoutsViewsAndBooleansAreWrittenInFlatOrder() {
    final long[] size = {70, 90, 40}; // more than one block of the encoder
    final RandomAccessibleInterval<FloatType> array =
        (RandomAccessibleInterval<FloatType>) SampleImages.random(NiftiDataType.FLOAT32, size);
    final RandomAccessibleInterval<FloatType> planar = PlanarImgs.floats(size);
    final RandomAccessibleInterval<FloatType> cells =
        new CellImgFactory<>(new FloatType(), 16).create(size);
    ImgUtil.copy(array, planar);
    ImgUtil.copy(array, cells);
    final List<RandomAccessibleInterval<FloatType>> images =
        List.of(
            planar,
            cells,
            Views.translate(array, 5, -6, 7),
            Views.permute(array, 0, 2),
            Views.zeroMin(Views.invertAxis(array, 1)),
            Views.addDimension(Views.hyperSlice(array, 2, 8), 0, 0),
            Converters.convert(array, (i, o) -> o.set(2 * i.get()), new FloatType()));
    for (final RandomAccessibleInterval<FloatType> image : images) {
      final Path file = folder.resolve("view.nii");
      new NiftiWriter()
          .write(
              image,
              SampleImages.grid(Affine.identity(), image.dimensionsAsLongArray()),
              NiftiHeader.empty(),
              file);
      SampleImages.assertSame(image, NiftiReader.read(file, Progress.NONE).voxels());
    }

    final RandomAccessibleInterval<BitType> bits = ArrayImgs.bits(3, 3, 3);
    bits.getAt(1, 2, 0).set(true);
    final Path file = folder.resolve("bits.nii");
    new NiftiWriter()
        .write(bits, SampleImages.grid(Affine.identity(), 3, 3, 3), NiftiHeader.empty(), file);
    final double[] read = SampleImages.values(NiftiReader.read(file, Progress.NONE).voxels());
    for (int i = 0; i < 27; i++) assertEquals(i == 7 ? 1 : 0, read[i]);
  }

  @Test
  void longAxisChoosesNifti2AndNifti1RefusesIt() {
    final long[] size = {40000, 2, 1};
    final RandomAccessibleInterval<? extends RealType<?>> image =
        SampleImages.random(NiftiDataType.UINT8, size);
    final Path file = folder.resolve("long.nii");
    new NiftiWriter()
        .write(image, SampleImages.grid(Affine.identity(), size), NiftiHeader.empty(), file);
    assertEquals(2, NiftiReader.readHeader(file).version());
    SampleImages.assertSame(image, NiftiReader.read(file, Progress.NONE).voxels());
    final String message =
        assertThrows(
                InvalidInputException.class,
                () ->
                    new NiftiWriter()
                        .version(1)
                        .write(
                            image,
                            SampleImages.grid(Affine.identity(), size),
                            NiftiHeader.empty(),
                            file))
            .getMessage();
    assertEquals(
        "long.nii would have an axis of 40000 voxels, more than the 32767 of NIfTI-1; write it as"
            + " NIfTI-2.",
        message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.nii.gz", "a.hdr"})
  void fieldsAndExtensionsComeBack(final String name) {
    final byte[] table =
        "1 hippocampus 255 0 0\n2 amygdala 0 255 0\n".getBytes(StandardCharsets.UTF_8);
    final NiftiHeader header =
        NiftiHeader.empty()
            .with(NiftiField.DESCRIP, "mean of 10 brains")
            .with(NiftiField.AUX_FILE, "labels.txt")
            .with(NiftiField.INTENT_CODE, 1002)
            .with(NiftiField.INTENT_P, 1.5, -2, 3)
            .with(NiftiField.INTENT_NAME, "Label")
            .with(NiftiField.CAL_MIN, -3)
            .with(NiftiField.CAL_MAX, 250)
            .with(NiftiField.DIM_INFO, 57)
            .with(NiftiField.SLICE_CODE, 3)
            .with(NiftiField.SLICE_END, 4)
            .with(NiftiField.TOFFSET, 0.25)
            .with(NiftiField.XYZT_UNITS, 2 + 8)
            .with(NiftiField.PIXDIM, 1, 1, 1, 1, 2.5)
            .withExtensions(
                List.of(new NiftiExtension(6, table), new NiftiExtension(44, new byte[24])));
    final long[] size = {2, 3, 4};
    final Path file = folder.resolve(name);
    for (final int version : new int[] {1, 2}) {
      new NiftiWriter()
          .version(version)
          .write(
              SampleImages.random(NiftiDataType.UINT8, size),
              SampleImages.grid(SampleImages.OBLIQUE, size),
              header,
              file);
      final NiftiHeader read = NiftiReader.read(file, Progress.NONE).header();
      for (final NiftiField field :
          List.of(NiftiField.DESCRIP, NiftiField.AUX_FILE, NiftiField.INTENT_NAME))
        assertEquals(header.text(field), read.text(field));
      for (final NiftiField field :
          List.of(
              NiftiField.INTENT_CODE,
              NiftiField.INTENT_P,
              NiftiField.CAL_MIN,
              NiftiField.CAL_MAX,
              NiftiField.DIM_INFO,
              NiftiField.SLICE_CODE,
              NiftiField.SLICE_END,
              NiftiField.TOFFSET,
              NiftiField.XYZT_UNITS))
        assertArrayEquals(header.numbers(field), read.numbers(field), field.toString());
      assertEquals(2.5, read.number(NiftiField.PIXDIM, 4));
      assertEquals(2, read.extensions().size());
      assertEquals(6, read.extensions().get(0).code());
      final String text = new String(read.extensions().get(0).content(), StandardCharsets.UTF_8);
      assertEquals(new String(table, StandardCharsets.UTF_8), text.replace("\0", ""));
      assertEquals(44, read.extensions().get(1).code());
      assertArrayEquals(new byte[24], read.extensions().get(1).content());
    }
    final NiftiHeader derived = header.forDerivedValues();
    assertEquals(0, derived.number(NiftiField.INTENT_CODE));
    assertEquals(0, derived.number(NiftiField.CAL_MAX));
    assertEquals(List.of(), derived.extensions());
    assertEquals("mean of 10 brains", derived.text(NiftiField.DESCRIP));
  }

  @Test
  void compressionLevelChangesTheSizeOnly() throws Exception {
    final long[] size = {40, 40, 40};
    final byte[] voxels = new byte[SampleImages.count(size)];
    for (int i = 0; i < voxels.length; i++) voxels[i] = (byte) (i * i / 977);
    final List<byte[]> plain = new ArrayList<>();
    final List<Long> sizes = new ArrayList<>();
    for (final int level : new int[] {1, 9}) {
      final Path file = folder.resolve(level + ".nii.gz");
      new NiftiWriter()
          .compressionLevel(level)
          .write(
              ArrayImgs.unsignedBytes(voxels, size),
              SampleImages.grid(Affine.identity(), size),
              NiftiHeader.empty(),
              file);
      sizes.add(Files.size(file));
      try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
        plain.add(in.readAllBytes());
      }
    }
    assertArrayEquals(plain.get(0), plain.get(1));
    assertTrue(sizes.get(1) < sizes.get(0), sizes.toString());
  }

  @Test
  void eitherNameOfAPairReadsBothAndNothingElseIsLeft() throws Exception {
    final long[] size = {3, 3, 3};
    final RandomAccessibleInterval<? extends RealType<?>> image =
        SampleImages.random(NiftiDataType.INT32, size);
    new NiftiWriter()
        .write(
            image,
            SampleImages.grid(Affine.identity(), size),
            NiftiHeader.empty(),
            folder.resolve("p.img"));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of("p.hdr", "p.img"),
          files.map(f -> f.getFileName().toString()).sorted().collect(Collectors.toList()));
    }
    for (final String name : List.of("p.hdr", "p.img"))
      SampleImages.assertSame(
          image, NiftiReader.read(folder.resolve(name), Progress.NONE).voxels());
  }

  @Test
  void unsupportedVoxelTypeIsRefused() {
    final String message =
        assertThrows(InvalidInputException.class, () -> NiftiDataType.of(new Unsigned12BitType()))
            .getMessage();
    assertEquals(
        "Voxels of type Unsigned12BitType cannot be stored in NIfTI; convert the image to 8, 16,"
            + " 32 or 64 bit first.",
        message);
  }

  @Test
  void readingStopsOnRequest() {
    final long[] size = {3, 3, 3};
    final Path file = folder.resolve("c.nii");
    new NiftiWriter()
        .write(
            SampleImages.random(NiftiDataType.INT32, size),
            SampleImages.grid(Affine.identity(), size),
            NiftiHeader.empty(),
            file);
    final Progress cancelled = new CancelledProgress();
    assertThrows(CancelledException.class, () -> NiftiReader.read(file, cancelled));
  }

  @ParameterizedTest
  @ValueSource(strings = {"f.nii", "f.nii.gz", "f.hdr", "f.img.gz"})
  void failureWhileWritingLeavesNothing(final String name) throws Exception {
    final RandomAccessibleInterval<FloatType> failing =
        Converters.convert(
            (RandomAccessibleInterval<FloatType>) ArrayImgs.floats(100, 100, 20),
            (i, o) -> {
              throw new IllegalStateException("lost");
            },
            new FloatType());
    assertThrows(
        IllegalStateException.class,
        () ->
            new NiftiWriter()
                .write(
                    failing,
                    SampleImages.grid(Affine.identity(), 100, 100, 20),
                    NiftiHeader.empty(),
                    folder.resolve(name)));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }
}
