package org.anatomicalpriors.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import org.anatomicalpriors.fiji.FijiStudy;
import org.anatomicalpriors.io.ImageFiles;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.output.Run;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.tensorflow.Arithmetic;
import org.anatomicalpriors.tensorflow.TestEngine;
import org.anatomicalpriors.training.ToyImages;

/** A folder of toy images and one for their results. */
final class ToyBatch {

  static final List<String> ENDINGS = List.of("-labels.nii.gz", "-volumes.csv", "-montage.png");

  final Path images;
  final Path results;

  ToyBatch(final Path folder, final int count) throws IOException {
    this(folder.resolve("images"), folder.resolve("results"), count);
  }

  private ToyBatch(final Path images, final Path results, final int count) throws IOException {
    this.images = images;
    this.results = results;
    Files.createDirectories(images);
    Files.createDirectories(results);
    for (int i = 0; i < count; i++) write(i, images.resolve("toy" + i + ".nii.gz"));
  }

  /** The same images, with another folder for the results. */
  ToyBatch into(final Path other) throws IOException {
    return new ToyBatch(images, other, 0);
  }

  static void write(final int index, final Path file) {
    Images.save(new ToyImages(100, FijiStudy.DEPTH).load(index), file);
  }

  /** What takes time and is tested elsewhere is off. */
  static Settings settings() {
    return Settings.of(SegmentationSettings.ALL)
        .with(SegmentationSettings.ALIGN, false)
        .with(SegmentationSettings.DEFORM, false);
  }

  static Run run(final Settings settings) {
    return new Run(FijiStudy.prior(), settings, Set.of(), Arithmetic.FLOAT32);
  }

  Batch batch() {
    return batch(run(settings()), false);
  }

  Batch batch(final Run run, final boolean redo) {
    return new Batch(ImageFiles.list(List.of(images)), List.of(), null, results, run, redo);
  }

  BatchReport segmentWithin(final Path masks) {
    final List<Path> files = ImageFiles.list(List.of(images));
    return new Batch(files, List.of(), masks, results, run(settings()), false)
        .run(TestEngine::get, Progress.NONE);
  }

  BatchReport segmentWith(final Path channels) {
    final List<Path> files = ImageFiles.list(List.of(images));
    return new Batch(files, List.of(channels), null, results, run(settings()), false)
        .run(TestEngine::get, Progress.NONE);
  }

  /** A mask of the toy images that leaves their first slices out. */
  static void writeMask(final int firstSlice, final Path file) {
    final SpatialImage<FloatType> image = new ToyImages(100, FijiStudy.DEPTH).load(0);
    final int[] size = image.grid().size();
    final float[] inside = new float[image.grid().voxelCount()];
    Arrays.fill(inside, firstSlice * size[0] * size[1], inside.length, 1);
    Images.save(
        new SpatialImage<>(
            ArrayImgs.floats(inside, size[0], size[1], size[2]), image.grid(), "mask"),
        file);
  }

  BatchReport segment() {
    return batch().run(TestEngine::get, Progress.NONE);
  }

  BatchReport segment(final Run run, final boolean redo) {
    return batch(run, redo).run(TestEngine::get, Progress.NONE);
  }

  /** Content of what does not tell times, by file name. */
  Map<String, byte[]> contents() throws IOException {
    final Map<String, byte[]> contents = new TreeMap<>();
    for (final String name : names())
      if (!name.endsWith(".json") && !name.startsWith("."))
        contents.put(name, Files.readAllBytes(results.resolve(name)));
    return contents;
  }

  /** Sorted. */
  List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(results)) {
      return files.map(f -> f.getFileName().toString()).sorted().collect(Collectors.toList());
    }
  }

  /** The whole table, and that it is made of those of the images named. */
  void assertTables(final String... names) throws IOException {
    final List<String> rows =
        new ArrayList<>(List.of("image,id,name,volume,unit,confidence,expected_dice"));
    for (final String name : names) {
      final List<String> own = Files.readAllLines(results.resolve(name + "-volumes.csv"));
      assertEquals(4, own.size());
      rows.addAll(own.subList(1, own.size()));
    }
    assertEquals(rows, Files.readAllLines(results.resolve("volumes.csv")));
  }

  /** Nothing is there but whole results of the images named, and the tables named. */
  void assertNothingBut(final List<String> images, final String... tables) throws IOException {
    final List<String> expected = new ArrayList<>(List.of(tables));
    expected.add("label-set.csv");
    for (final String image : images) {
      expected.add(image + ".json");
      for (final String e : ENDINGS) expected.add(image + e);
    }
    expected.sort(null);
    assertEquals(expected, names());
  }

  /** Threads of batches that still run. */
  static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(n -> n.startsWith("batch "))
        .collect(Collectors.toList());
  }
}
