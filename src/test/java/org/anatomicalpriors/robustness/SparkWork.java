package org.anatomicalpriors.robustness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anatomicalpriors.processes.ChildProcess;

/** Images that a manifest lists, and what the ordinary batch makes of them. */
final class SparkWork {

  private static final int BAD = 3;

  private final Path model;
  private final Path manifest;
  private final List<String> settings;
  private final Map<String, String> expected;

  private SparkWork(
      final Path model,
      final List<String> settings,
      final Path manifest,
      final Path plain,
      final int exit)
      throws IOException, InterruptedException {
    this.model = model;
    this.settings = settings;
    this.manifest = manifest;
    segmentPlainly(plain, 1, exit);
    expected = Digests.ofFolder(plain);
  }

  /**
   * Copies of an image, and half of one, which is damaged; each is segmented in a moment.
   *
   * @param folder empty
   */
  static SparkWork withBadImage(final ToyWork toy, final Path folder, final int count)
      throws IOException, InterruptedException {
    final byte[] image = Files.readAllBytes(toy.image());
    final List<byte[]> contents = new ArrayList<>();
    for (int i = 0; i < count; i++)
      contents.add(i == BAD ? Arrays.copyOf(image, image.length / 2) : image);
    return new SparkWork(
        toy.prior(),
        List.of("--no-align", "--no-deform", "--uncertainty"),
        manifest(folder, contents),
        Files.createDirectory(folder.resolve("plain")),
        1);
  }

  /**
   * Copies of images, segmented with all that belongs to it.
   *
   * @param folder empty
   */
  static SparkWork whole(
      final Path model, final List<Path> images, final Path folder, final int count)
      throws IOException, InterruptedException {
    final List<byte[]> contents = new ArrayList<>();
    for (int i = 0; i < count; i++) contents.add(Files.readAllBytes(images.get(i % images.size())));
    return new SparkWork(
        model,
        List.of(),
        manifest(folder, contents),
        Files.createDirectory(folder.resolve("plain")),
        0);
  }

  private static Path manifest(final Path folder, final List<byte[]> contents) throws IOException {
    final Path images = Files.createDirectory(folder.resolve("images"));
    final List<String> rows = new ArrayList<>(List.of("Image,mask,channels"));
    for (int i = 0; i < contents.size(); i++) {
      final String name = String.format("image%03d.nii.gz", i);
      Files.write(images.resolve(name), contents.get(i));
      rows.add("images/" + name + ",,");
    }
    return Files.write(folder.resolve("manifest.csv"), rows);
  }

  /** What the command line says of the work. */
  List<String> arguments(final Path results) {
    return arguments(results, 1);
  }

  private List<String> arguments(final Path results, final int threads) {
    final List<String> all = new ArrayList<>(settings);
    all.addAll(List.of("--model", model.toString(), "--threads", "" + threads));
    all.addAll(List.of("--output", results.toString(), manifest.toString()));
    return all;
  }

  /** Lets the ordinary batch do it. */
  void segmentPlainly(final Path results, final int threads, final int exit)
      throws IOException, InterruptedException {
    final List<String> all = new ArrayList<>(List.of("segment"));
    all.addAll(arguments(results, threads));
    try (ChildProcess plain =
        Commands.shell(results.resolveSibling(results.getFileName() + ".log")).start(all)) {
      if (plain.exit() != exit) throw new AssertionError(plain.said());
    }
  }

  /** What the ordinary batch has made, without times. */
  Map<String, String> expected() {
    return expected;
  }

  /** Number of images that are done. */
  static long records(final Path results) throws IOException {
    try (Stream<Path> files = Files.list(results)) {
      return files.filter(f -> f.toString().endsWith(".json")).count();
    }
  }
}
