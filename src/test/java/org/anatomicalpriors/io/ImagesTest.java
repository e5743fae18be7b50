package org.anatomicalpriors.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.stream.Collectors;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.io.nifti.NiftiField;
import org.anatomicalpriors.io.nifti.NiftiHeader;
import org.anatomicalpriors.io.nifti.NiftiReader;
import org.anatomicalpriors.io.nifti.NiftiWriter;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesTest {

  private static final Affine PLACE =
      Affine.translation(-3, 4.5, 10).after(Affine.scale(0.5, 1, 2));

  @TempDir Path folder;

  private static SpatialImage<UnsignedByteType> labels() {
    final byte[] ids = new byte[4 * 3 * 2];
    for (int i = 0; i < ids.length; i++) ids[i] = (byte) (i * 10);
    return new SpatialImage<>(
        ArrayImgs.unsignedBytes(ids, 4, 3, 2),
        new Grid(new int[] {4, 3, 2}, PLACE, "mm"),
        "labels");
  }

  private static double[] values(final RandomAccessibleInterval<? extends RealType<?>> image) {
    final double[] values = new double[(int) Views.iterable(image).size()];
    int i = 0;
    for (final RealType<?> v : Views.flatIterable(image)) values[i++] = v.getRealDouble();
    return values;
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.nii", "a.NII.GZ", "a.hdr", "a.img.gz", "a.tif", "a.TIFF"})
  void savedImagesOpenAgain(final String name) {
    final SpatialImage<UnsignedByteType> image = labels();
    final Path file = folder.resolve(name);
    Images.save(image, file);
    final SpatialImage<? extends RealType<?>> read = Images.open(file, Progress.NONE);
    assertEquals(UnsignedByteType.class, read.voxels().getType().getClass());
    assertArrayEquals(values(image.voxels()), values(read.voxels()));
    assertTrue(read.grid().toWorld().isNear(PLACE, 1e-6), read.grid().toWorld().toString());
    assertEquals("mm", read.grid().unit());
    assertEquals(name, read.name());
    assertArrayEquals(
        values(image.voxels()), values(Images.openLabels(file, Progress.NONE).voxels()));
  }

  @Test
  void codesOfTheSourceSurviveASegmentation() {
    final SpatialImage<UnsignedByteType> image = labels();
    final Path source = folder.resolve("t1.nii.gz");
    final NiftiHeader header =
        NiftiHeader.empty()
            .with(NiftiField.SFORM_CODE, 4)
            .with(NiftiField.QFORM_CODE, 1)
            .with(NiftiField.DESCRIP, "scanner")
            .with(NiftiField.CAL_MAX, 900);
    Images.save(image, source, header);
    final SpatialImage<? extends RealType<?>> opened = Images.open(source, Progress.NONE);
    final Path target = folder.resolve("seg.nii.gz");
    Images.saveLike(opened, target, source);
    final NiftiHeader written = NiftiReader.readHeader(target);
    assertEquals(4, written.number(NiftiField.SFORM_CODE));
    assertEquals(1, written.number(NiftiField.QFORM_CODE));
    assertEquals("scanner", written.text(NiftiField.DESCRIP));
    assertEquals(0, written.number(NiftiField.CAL_MAX));
    assertEquals(opened.grid(), Images.open(target, Progress.NONE).grid());
  }

  @Test
  void fourDimensionsAreRefused() {
    final Path file = folder.resolve("bold.nii");
    new NiftiWriter()
        .write(
            ArrayImgs.shorts(4, 3, 2, 5),
            new Grid(new int[] {4, 3, 2}, PLACE, "mm"),
            NiftiHeader.empty(),
            file);
    assertEquals(
        "bold.nii is 4D [4, 3, 2, 5] where 3D is needed; extract one channel or time point into a"
            + " file of its own.",
        assertThrows(InvalidInputException.class, () -> Images.open(file, Progress.NONE))
            .getMessage());
  }

  @Test
  void unsupportedEndings() {
    final String expected =
        "a.mgz has no ending of a supported image; use one of .nii, .nii.gz, .hdr with .img (also"
            + " .gz), .tif, .tiff.";
    final Path file = folder.resolve("a.mgz");
    assertEquals(
        expected,
        assertThrows(InvalidInputException.class, () -> Images.save(labels(), file)).getMessage());
    assertEquals(
        expected,
        assertThrows(InvalidInputException.class, () -> Images.open(file, Progress.NONE))
            .getMessage());
    assertFalse(Files.exists(file));
  }

  /** Ids stored as bytes times a factor of 32 bits, as some programs do. */
  @ParameterizedTest
  @CsvSource({"0.1,0", "0.01,0", "3,-7", "1000.5,0.5"})
  void scaledLabelsAreWholeNumbers(final float slope, final float inter) throws IOException {
    final int[] ids = {0, 1, 17, 53};
    final double[] stored = new double[ids.length];
    final Path file = folder.resolve("scaled.nii");
    for (int i = 0; i < ids.length; i++) stored[i] = Math.rint((ids[i] - inter) / slope);
    Images.save(
        new SpatialImage<>(
            ArrayImgs.doubles(stored, 4, 1, 1),
            new Grid(new int[] {4, 1, 1}, PLACE, "mm"),
            "scaled"),
        file);
    final byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(112, slope).putFloat(116, inter);
    Files.write(file, bytes);
    final double[] values = values(Images.open(file, Progress.NONE).voxels());
    if (slope < 1) {
      final int[] read = new int[4];
      int i = 0;
      final SpatialImage<IntType> labels = Images.openLabels(file, Progress.NONE);
      for (final IntType v : Views.flatIterable(labels.voxels())) read[i++] = v.get();
      assertArrayEquals(ids, read);
    } else {
      for (int i = 0; i < 4; i++) assertEquals(slope * stored[i] + inter, values[i]);
    }
  }

  @Test
  void imageIsNoLabelMap() {
    final Path file = folder.resolve("t1.nii");
    Images.save(
        new SpatialImage<>(
            ArrayImgs.floats(new float[] {1, 2, 2.5f, 4}, 2, 2, 1),
            new Grid(new int[] {2, 2, 1}, PLACE, "mm"),
            "t1"),
        file);
    assertEquals(
        "t1.nii holds the value 2.5 at voxel [0, 1, 0]; a label map needs whole numbers up to"
            + " 2147483647: choose a label map, or save it without interpolation.",
        assertThrows(InvalidInputException.class, () -> Images.openLabels(file, Progress.NONE))
            .getMessage());
  }

  @Test
  void listsImagesSortedAndPairsOnce() throws IOException {
    for (final String name :
        List.of("b.nii.gz", "a.tif", "p.hdr", "p.img", "q.img", "c.NII", "notes.txt", "._b.nii.gz"))
      Files.createFile(folder.resolve(name));
    Files.createDirectory(folder.resolve("d.nii"));
    assertEquals(
        List.of("a.tif", "b.nii.gz", "c.NII", "p.hdr", "q.img"),
        Images.list(folder).stream()
            .map(f -> f.getFileName().toString())
            .collect(Collectors.toList()));
    final Path one = folder.resolve("b.nii.gz");
    assertEquals(List.of(one), Images.list(one));
  }

  @Test
  void nothingToList() throws IOException {
    Files.createFile(folder.resolve("notes.txt"));
    assertEquals(
        "The folder "
            + folder
            + " holds no image; files with these endings are looked for: .nii, .nii.gz, .hdr with"
            + " .img (also .gz), .tif, .tiff.",
        assertThrows(InvalidInputException.class, () -> Images.list(folder)).getMessage());
    final Path missing = folder.resolve("none");
    assertEquals(
        missing + " does not exist; check the path.",
        assertThrows(InvalidInputException.class, () -> Images.list(missing)).getMessage());
    assertTrue(
        assertThrows(InvalidInputException.class, () -> Images.list(folder.resolve("notes.txt")))
            .getMessage()
            .startsWith("notes.txt has no ending of a supported image;"));
  }

  @ParameterizedTest
  @CsvSource({
    "seg.v2.nii.gz,seg.v2,true",
    "A.NII.GZ,A,true",
    "x.hdr,x,true",
    "x.img.gz,x,true",
    "x.tiff,x,true",
    "x.y.zip,x.y,false",
    "plain,plain,false",
    ".nii,.nii,false"
  })
  void namesAndEndings(final String name, final String base, final boolean image) {
    assertEquals(base, Images.baseName(Paths.get("folder", name)));
    assertEquals(image, Images.isImageFile(Paths.get("folder", name)));
  }
}
