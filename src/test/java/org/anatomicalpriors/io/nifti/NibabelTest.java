package org.anatomicalpriors.io.nifti;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.SharedData;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads what nibabel writes, lets nibabel read what is written here, and nifti_tool check it:
 * readers that share no code with this one. Skipped where these programs are not installed.
 */
class NibabelTest {

  /** Debian's, so that a Python elsewhere on the path without nibabel does not hide it. */
  private static final String PYTHON =
      Files.exists(Paths.get("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";

  @TempDir Path folder;

  /** One file as nibabel sees it; filled by Gson. */
  private static final class Described {
    String name;
    long[] shape;
    double[][] affine;
    double[] zooms;
    String dtype;
    int sformCode;
    int qformCode;
    double[][] qform;
    double[] values;
    double checksum;
  }

  private static String run(final List<String> command) throws IOException, InterruptedException {
    final Path output = Files.createTempFile("output", ".txt");
    try {
      final Process process =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor() != 0) throw new IOException(command.get(0) + " failed");
      return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    } finally {
      Files.delete(output);
    }
  }

  private static boolean works(final String... command) {
    try {
      run(Arrays.asList(command));
      return true;
    } catch (final IOException e) {
      return false;
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Described[] nibabel(final List<String> arguments) throws Exception {
    assumeTrue(works(PYTHON, "-c", "import nibabel"), "nibabel is not installed");
    final Path script = folder.resolve("nibabel_check.py");
    try (InputStream in = getClass().getResourceAsStream("nibabel_check.py")) {
      Files.write(script, in.readAllBytes());
    }
    final List<String> command = new ArrayList<>(List.of(PYTHON, script.toString()));
    command.addAll(arguments);
    return new Gson().fromJson(run(command), Described[].class);
  }

  @Test
  void readsWhatNibabelWrites() throws Exception {
    final Described[] all = nibabel(List.of("create", folder.toString()));
    assertEquals(5 * 2 * 10 + 8 + 4, all.length);
    for (final Described d : all) {
      final NiftiImage image = NiftiReader.read(folder.resolve(d.name), Progress.NONE);
      assertGeometry(d, image);
      assertArrayEquals(d.shape, image.header().dimensions(), d.name);
      final boolean scaled = d.name.startsWith("scaled_");
      assertEquals(List.of(), image.notices(), d.name);
      if (!scaled)
        assertEquals(
            d.dtype,
            NiftiDataType.of(image.voxels().getType()).toString().toLowerCase(Locale.ROOT),
            d.name);
      final double[] values = SampleImages.values(image.voxels());
      if (scaled) assertArrayEquals(d.values, values, 1e-4, d.name);
      else assertArrayEquals(d.values, values, d.name);
    }
  }

  /** Every type, byte order, version and ending; name and image in the same order. */
  private List<Path> writeAll(final List<RandomAccessibleInterval<? extends RealType<?>>> images) {
    final List<Path> files = new ArrayList<>();
    final long[] size = {5, 4, 3};
    for (final NiftiDataType type : NiftiDataType.values())
      for (final ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN))
        for (final int version : new int[] {1, 2})
          for (final String ending : List.of(".nii", ".nii.gz", ".hdr")) {
            final Path file =
                folder.resolve(
                    String.join(
                            "_", type.name(), order.toString(), "" + version, ending.substring(1))
                        + ending);
            final RandomAccessibleInterval<? extends RealType<?>> image =
                SampleImages.random(type, size);
            new NiftiWriter()
                .version(version)
                .byteOrder(order)
                .write(
                    image,
                    SampleImages.grid(
                        files.size() % 2 == 0
                            ? SampleImages.OBLIQUE
                            : SampleImages.OBLIQUE_MIRRORED,
                        size),
                    NiftiHeader.empty()
                        .withExtensions(
                            List.of(
                                new NiftiExtension(6, "note".getBytes(StandardCharsets.US_ASCII)))),
                    file);
            images.add(image);
            files.add(file);
          }
    return files;
  }

  @Test
  void nibabelReadsWhatIsWritten() throws Exception {
    final List<RandomAccessibleInterval<? extends RealType<?>>> images = new ArrayList<>();
    final List<String> arguments = new ArrayList<>(List.of("describe"));
    writeAll(images).forEach(f -> arguments.add(f.toString()));
    final Described[] all = nibabel(arguments);
    assertEquals(images.size(), all.length);
    for (int i = 0; i < all.length; i++) {
      final Described d = all[i];
      assertArrayEquals(new long[] {5, 4, 3}, d.shape, d.name);
      assertTrue(d.name.toLowerCase(Locale.ROOT).startsWith(d.dtype + "_"), d.name + d.dtype);
      assertArrayEquals(SampleImages.values(images.get(i)), d.values, d.name);
      assertArrayEquals(new double[] {.5, .75, 2}, d.zooms, 1e-6, d.name);
      final Affine expected = i % 2 == 0 ? SampleImages.OBLIQUE : SampleImages.OBLIQUE_MIRRORED;
      assertTrue(Affine.ofRows(d.affine).isNear(expected, 1e-5), d.name);
      assertTrue(Affine.ofRows(d.qform).isNear(expected, 1e-5), d.name);
      assertEquals(2, d.sformCode);
      assertEquals(2, d.qformCode);
    }
  }

  @Test
  void niftiToolFindsNoFault() throws Exception {
    assumeTrue(works("nifti_tool", "-ver"), "nifti_tool is not installed");
    final List<String> command = new ArrayList<>(List.of("nifti_tool", "-check_hdr", "-infiles"));
    final List<Path> files =
        writeAll(new ArrayList<>()).stream()
            .filter(f -> f.getFileName().toString().contains("_1_"))
            .collect(Collectors.toList());
    files.forEach(f -> command.add(f.toString()));
    final String report = run(command);
    for (final Path file : files)
      assertTrue(report.contains("header IS GOOD for file " + file), file + report);
  }

  @Test
  void sharedDataReadsAsInNibabel() throws Exception {
    final Path data = SharedData.folder();
    final List<Path> files = new ArrayList<>();
    for (final String part :
        List.of("brain/maps_raw", "brain/real/t1_freesurfer", "mouse_brain/raw", "fly_brain"))
      try (Stream<Path> found = Files.list(data.resolve(part))) {
        found.filter(f -> f.toString().endsWith(".nii.gz")).sorted().limit(2).forEach(files::add);
      }
    assertTrue(files.size() >= 6, files.toString());
    final List<String> arguments = new ArrayList<>(List.of("describe", "--no-values"));
    files.forEach(f -> arguments.add(f.toString()));
    final Described[] all = nibabel(arguments);
    for (int i = 0; i < all.length; i++) {
      final NiftiImage image = NiftiReader.read(files.get(i), Progress.NONE);
      final NiftiHeader header = image.header();
      final double[] values = SampleImages.values(image.voxels());
      double checksum = 0;
      for (int k = 0; k < values.length; k++) checksum += values[k] * (k % 1009);
      assertEquals(all[i].checksum, checksum, all[i].name);
      assertArrayEquals(all[i].shape, header.dimensions());
      assertTrue(
          NiftiGeometry.of(header, all[i].name)
              .toWorld()
              .isNear(Affine.ofRows(all[i].affine), 1e-5),
          all[i].name);
      assertEquals(
          all[i].dtype,
          NiftiDataType.ofCode((int) header.number(NiftiField.DATATYPE), all[i].name)
              .toString()
              .toLowerCase(Locale.ROOT));
    }
  }

  private static void assertGeometry(final Described d, final NiftiImage image) {
    final Affine expected = Affine.ofRows(d.affine);
    assertTrue(
        image.grid().toWorld().isNear(expected, 1e-5),
        d.name + ": " + image.grid().toWorld() + " instead of " + expected);
    if (d.sformCode > 0)
      assertEquals(
          NiftiGeometry.Source.SFORM, NiftiGeometry.of(image.header(), d.name).source(), d.name);
  }
}
