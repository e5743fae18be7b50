package org.anatomicalpriors.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.io.TiffDecoder;
import ij.measure.Calibration;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.ShortType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TiffStacksTest {

  @TempDir Path folder;

  @BeforeAll
  static void headless() {
    System.setProperty("java.awt.headless", "true");
  }

  /** A stack whose pixel at x, y, z is 1 + x + 10 y + 100 z, saved by ImageJ itself. */
  private Path saved(final String type, final int depth, final String unit) {
    final ImagePlus stack = IJ.createImage("s", type, 5, 4, depth);
    for (int z = 0; z < depth; z++)
      for (int y = 0; y < 4; y++)
        for (int x = 0; x < 5; x++)
          stack.getStack().getProcessor(z + 1).setf(x, y, 1 + x + 10 * y + 100 * z);
    final Calibration c = stack.getCalibration();
    c.setUnit(unit);
    c.pixelWidth = 0.5;
    c.pixelHeight = 0.25;
    c.pixelDepth = 2;
    c.zOrigin = 1;
    final Path file = folder.resolve("s.tif");
    final FileSaver saver = new FileSaver(stack);
    assertTrue(
        depth > 1 ? saver.saveAsTiffStack(file.toString()) : saver.saveAsTiff(file.toString()));
    return file;
  }

  @ParameterizedTest
  @CsvSource({"8-bit black,3", "16-bit black,3", "32-bit black,3", "16-bit black,1"})
  void readsWhatImageJSaves(final String type, final int depth) {
    final SpatialImage<? extends RealType<?>> image =
        Images.open(saved(type, depth, "mm"), Progress.NONE);
    assertArrayEquals(new int[] {5, 4, depth}, image.grid().size());
    final Class<?> expected =
        type.startsWith("8")
            ? UnsignedByteType.class
            : type.startsWith("16") ? UnsignedShortType.class : FloatType.class;
    assertEquals(expected, image.voxels().getType().getClass());
    for (int z = 0; z < depth; z++)
      assertEquals(1 + 3 + 20 + 100 * z, image.voxels().getAt(3, 2, z).getRealDouble());
    final Affine place =
        depth == 1
            ? image.grid().toWorld() // a single slice may lose its z calibration
            : Affine.translation(0, 0, -2).after(Affine.scale(0.5, 0.25, 2));
    assertTrue(image.grid().toWorld().isNear(place, 1e-6), image.grid().toWorld().toString());
    assertArrayEquals(new double[] {0.5, 0.25}, Arrays.copyOf(image.grid().spacing(), 2), 1e-6);
  }

  @ParameterizedTest
  @CsvSource({
    "mm,mm,0.5",
    "micron,um,0.5",
    "um,um,0.5",
    "\u00b5m,um,0.5",
    "cm,mm,5",
    "nm,um,0.0005"
  })
  void unitsOfLength(final String stored, final String unit, final double spacing) {
    final Grid grid = Images.open(saved("8-bit black", 2, stored), Progress.NONE).grid();
    assertEquals(unit, grid.unit());
    assertEquals(spacing, grid.spacing()[0], 1e-6 * spacing);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pixel", "inch", "furlong"})
  void missingCalibrationIsLogged(final String unit) {
    final List<String> log = new ArrayList<>();
    final Grid grid =
        Images.open(
                saved("8-bit black", 2, unit),
                new Progress() {
                  @Override
                  public void update(final String s, final long d, final long t, final String m) {}

                  @Override
                  public void log(final String message) {
                    log.add(message);
                  }
                })
            .grid();
    assertEquals("pixel", grid.unit());
    assertArrayEquals(new double[] {1, 1, 1}, grid.spacing());
    assertEquals(1, log.size());
    assertTrue(log.get(0).startsWith("s.tif has no calibration (unit \""), log.get(0));
    assertTrue(log.get(0).endsWith("set it under Image > Properties."), log.get(0));
  }

  @ParameterizedTest
  @CsvSource({"2,1", "1,3"})
  void hyperstacksAreRefused(final int channels, final int frames) {
    final ImagePlus stack = IJ.createHyperStack("h", 5, 4, channels, 2, frames, 8);
    final Path file = folder.resolve("h.tif");
    new FileSaver(stack).saveAsTiffStack(file.toString());
    assertEquals(
        "h.tif has "
            + channels
            + " channels and "
            + frames
            + " time points where one 3D stack is needed; duplicate one channel and time point (or"
            + " swap slices and frames under Image > Properties) first.",
        assertThrows(InvalidInputException.class, () -> Images.open(file, Progress.NONE))
            .getMessage());
  }

  @Test
  void coloursAreRefused() {
    final Path file = folder.resolve("rgb.tif");
    new FileSaver(IJ.createImage("rgb", "RGB", 5, 4, 2)).saveAsTiffStack(file.toString());
    assertEquals(
        "rgb.tif is a colour image; convert it to 8, 16 or 32 bit grey values first.",
        assertThrows(InvalidInputException.class, () -> Images.open(file, Progress.NONE))
            .getMessage());
  }

  @Test
  void damagedFilesAreRefused() throws IOException {
    final Path file = saved("16-bit black", 3, "mm");
    final byte[] bytes = Files.readAllBytes(file);
    final long first =
        new TiffDecoder(folder + File.separator, "s.tif").getTiffInfo()[0].getOffset();
    Files.write(file, Arrays.copyOf(bytes, (int) first + 60)); // one and a half of three slices
    final String truncated =
        assertThrows(InvalidInputException.class, () -> Images.open(file, Progress.NONE))
            .getMessage();
    assertTrue(truncated.startsWith("s.tif is too small ("), truncated);
    for (final byte[] damaged : List.of(new byte[0], new byte[300], Arrays.copyOf(bytes, 20))) {
      Files.write(file, damaged);
      final String message =
          assertThrows(InvalidInputException.class, () -> Images.open(file, Progress.NONE))
              .getMessage();
      assertTrue(message.startsWith("s.tif could not be read as TIFF ("), message);
    }
    final Path missing = folder.resolve("none.tif");
    assertEquals(
        "none.tif does not exist; check the path " + missing + ".",
        assertThrows(InvalidInputException.class, () -> Images.open(missing, Progress.NONE))
            .getMessage());
  }

  @Test
  void signedValuesComeBack() {
    final ImagePlus stack = IJ.createImage("s", "16-bit black", 3, 1, 1);
    stack.getLocalCalibration().setSigned16BitCalibration();
    stack.getCalibration().setUnit("mm");
    stack.getProcessor().set(0, 32768 - 5);
    stack.getProcessor().set(1, 32768);
    stack.getProcessor().set(2, 32768 + 7);
    final SpatialImage<? extends RealType<?>> image =
        ImagePlusImages.copyOf(stack, "s", Progress.NONE);
    assertEquals(ShortType.class, image.voxels().getType().getClass());
    for (int x = 0; x < 3; x++)
      assertEquals(new int[] {-5, 0, 7}[x], image.voxels().getAt(x, 0, 0).getRealDouble());
  }

  private static <T extends RealType<T>> SpatialImage<T> row(final RandomAccessibleInterval<T> v) {
    return new SpatialImage<>(v, new Grid(new int[] {3, 1, 1}, Affine.scale(1, 1, 3), "um"), "row");
  }

  @Test
  void theSmallestExactTypeIsWritten() {
    final Path file = folder.resolve("w.tif");
    Images.save(row(ArrayImgs.ints(new int[] {0, 255, 3}, 3, 1, 1)), file);
    assertRead(file, UnsignedByteType.class, 0, 255, 3);
    Images.save(row(ArrayImgs.ints(new int[] {0, 14175, 65535}, 3, 1, 1)), file);
    assertRead(file, UnsignedShortType.class, 0, 14175, 65535);
    Images.save(row(ArrayImgs.ints(new int[] {-1, 70000, 1 << 24}, 3, 1, 1)), file);
    assertRead(file, FloatType.class, -1, 70000, 1 << 24);
    Images.save(row(ArrayImgs.floats(new float[] {-0.5f, 1e9f, 3}, 3, 1, 1)), file);
    assertRead(file, FloatType.class, -0.5, 1e9, 3);
    assertEquals(
        "row has whole numbers from 0 to 16777217, which a TIFF stack cannot hold exactly; save it"
            + " as NIfTI (.nii.gz).",
        assertThrows(
                InvalidInputException.class,
                () ->
                    Images.save(
                        row(ArrayImgs.ints(new int[] {0, 3, (1 << 24) + 1}, 3, 1, 1)), file))
            .getMessage());
  }

  private static void assertRead(final Path file, final Class<?> type, final double... expected) {
    final SpatialImage<? extends RealType<?>> image = Images.open(file, Progress.NONE);
    assertEquals(type, image.voxels().getType().getClass());
    int i = 0;
    for (final RealType<?> v : Views.flatIterable(image.voxels()))
      assertEquals(expected[i++], v.getRealDouble());
    assertEquals("um", image.grid().unit());
  }
}
