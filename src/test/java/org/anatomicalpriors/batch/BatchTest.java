package org.anatomicalpriors.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.imglib2.img.array.ArrayImgs;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.fiji.FijiStudy;
import org.anatomicalpriors.files.Claims;
import org.anatomicalpriors.io.ImageFiles;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.output.Extra;
import org.anatomicalpriors.output.Run;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.Segmenter;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;
import org.anatomicalpriors.tensorflow.Arithmetic;
import org.anatomicalpriors.tensorflow.TestEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchTest {

  @TempDir Path folder;

  private static List<String> toys(final int from, final int to) {
    return IntStream.range(from, to).mapToObj(i -> "toy" + i).collect(Collectors.toList());
  }

  @Test
  void resultsAreThoseOfTheCoreAndTheTableHasThemAll() throws IOException {
    final ToyBatch toy = new ToyBatch(folder, 4);
    final List<String> told = Collections.synchronizedList(new ArrayList<>());
    final BatchReport report =
        toy.batch()
            .run(TestEngine::get, (stage, done, total, m) -> told.add(done + "/" + total + m));
    assertEquals("4 images were segmented.", report.toString());
    try (AnatomicalPrior prior = ModelBundle.open(FijiStudy.prior(), TestEngine.get())) {
      for (int i = 0; i < 4; i++) {
        final byte[] labels =
            Segmenter.of(prior, ToyBatch.settings())
                .segment(
                    Images.open(toy.images.resolve("toy" + i + ".nii.gz"), Progress.NONE),
                    Progress.NONE)
                .labels();
        final float[] written =
            VoxelRows.toFloats(
                Images.open(toy.results.resolve("toy" + i + "-labels.nii.gz"), Progress.NONE)
                    .voxels());
        for (int v = 0; v < written.length; v++) assertEquals(labels[v], written[v]);
      }
    }
    toy.assertTables("toy0", "toy1", "toy2", "toy3");
    toy.assertNothingBut(toys(0, 4), "volumes.csv");
    assertTrue(told.stream().anyMatch(t -> t.matches("2/4toy\\d, \\d+ s left")), told.toString());
    assertTrue(told.get(told.size() - 1).startsWith("4/4"));
    assertEquals(List.of(), ToyBatch.threads());
  }

  @Test
  void whatIsDoneIsSkippedWithoutAnEngine() throws IOException {
    final ToyBatch toy = new ToyBatch(folder, 3);
    toy.segment();
    final Map<String, byte[]> before = toy.contents();
    Files.delete(toy.results.resolve("volumes.csv"));
    final BatchReport again =
        toy.batch()
            .run(
                () -> {
                  throw new AssertionError("an engine was started");
                },
                Progress.NONE);
    assertEquals("0 images were segmented, 3 were done already.", again.toString());
    toy.assertTables("toy0", "toy1", "toy2");
    before.forEach((name, content) -> assertArrayEquals(content, read(toy, name), name));
  }

  private static byte[] read(final ToyBatch toy, final String name) {
    try {
      return Files.readAllBytes(toy.results.resolve(name));
    } catch (final IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aMissingResultIsMadeAgain() throws IOException {
    final ToyBatch toy = new ToyBatch(folder, 3);
    toy.segment();
    for (final String ending : ToyBatch.ENDINGS) {
      Files.delete(toy.results.resolve("toy1" + ending));
      assertEquals(1, toy.segment().segmented(), ending);
    }
    Files.delete(toy.results.resolve("toy1.json"));
    assertEquals(1, toy.segment().segmented());
    toy.assertTables("toy0", "toy1", "toy2");
  }

  @Test
  void aChangedImageIsSegmentedAgainAndOneThatWasOnlyCopiedIsNot() throws IOException {
    final ToyBatch toy = new ToyBatch(folder, 2);
    toy.segment();
    ToyBatch.write(7, toy.images.resolve("toy1.nii.gz"));
    assertEquals(1, toy.segment().segmented());
    final Path copy = Files.copy(toy.images.resolve("toy0.nii.gz"), folder.resolve("copy"));
    Files.move(
        copy, toy.images.resolve("toy0.nii.gz"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertEquals(2, toy.segment().skipped());
  }

  @Test
  void aMaskIsPartOfWhatIsSegmented() throws IOException {
    final ToyBatch toy = new ToyBatch(folder, 2);
    toy.segment();
    final Path masks = Files.createDirectories(folder.resolve("masks"));
    ToyBatch.writeMask(3, masks.resolve("toy0-mask.nii.gz"));
    ToyBatch.writeMask(3, masks.resolve("toy1.nii.gz"));
    assertEquals(2, toy.segmentWithin(masks).segmented());
    assertEquals(2, toy.segmentWithin(masks).skipped());
    final float[] labels =
        VoxelRows.toFloats(
            Images.open(toy.results.resolve("toy1-labels.nii.gz"), Progress.NONE).voxels());
    final int slice = labels.length / FijiStudy.DEPTH;
    for (int v = 0; v < 3 * slice; v++) assertEquals(0, labels[v]);
    assertTrue(
        Files.readString(toy.results.resolve("toy0.json"))
            .contains("\"name\": \"toy0-mask.nii.gz\""));
    ToyBatch.writeMask(2, masks.resolve("toy1.nii.gz"));
    assertEquals(1, toy.segmentWithin(masks).segmented());
    assertEquals(2, toy.segment().segmented());
  }

  @Test
  void otherChannelsArePartOfWhatIsSegmented() throws IOException {
    final ToyBatch toy = new ToyBatch(folder, 2);
    toy.segment();
    final byte[] alone = read(toy, "toy1-labels.nii.gz");
    final Path channels = Files.createDirectories(folder.resolve("t2"));
    for (int i = 0; i < 2; i++) ToyBatch.write(i, channels.resolve("toy" + i + ".nii.gz"));
    assertEquals(2, toy.segmentWith(channels).segmented());
    assertEquals(2, toy.segmentWith(channels).skipped());
    final Path record = toy.results.resolve("toy1.json");
    assertTrue(Files.readString(record).contains("\"channels\": ["), Files.readString(record));
    ToyBatch.write(3, channels.resolve("toy1.nii.gz"));
    assertEquals(1, toy.segmentWith(channels).segmented());
    assertFalse(java.util.Arrays.equals(alone, read(toy, "toy1-labels.nii.gz")));
    assertEquals(2, toy.segment().segmented(), "without them");
    assertArrayEquals(alone, read(toy, "toy1-labels.nii.gz"));
  }

  @Test
  void aFileIsNoChannelOfItselfAndGivenOnce() throws IOException {
    final ToyBatch toy = new ToyBatch(folder, 1);
    final Path own = ImageFiles.list(List.of(toy.images)).get(0);
    final Path other = folder.resolve("other.nii.gz");
    ToyBatch.write(1, other);
    for (final List<Path> channels : List.of(List.of(own), List.of(other, other)))
      assertTrue(refusal(own, channels).contains("give each file once"));
    assertTrue(refusal(own, Collections.nCopies(8, other)).contains("an image may have 8 in all"));
  }

  private String refusal(final Path image, final List<Path> channels) {
    return assertThrows(
            InvalidInputException.class,
            () ->
                new Batch(
                    List.of(image),
                    channels,
                    null,
                    folder,
                    ToyBatch.run(ToyBatch.settings()),
                    false))
        .getMessage();
  }

  @Test
  void otherSettingsVersionsOutputsAndModelsCount() throws IOException {
    final ToyBatch toy = new ToyBatch(folder, 2);
    toy.segment();
    // Without gradient steps the objective changes nothing.
    final Run same =
        ToyBatch.run(ToyBatch.settings().withTexts(Map.of("objective", "bound", "seed", "5")));
    assertEquals(2, toy.segment(same, false).skipped());
    final Run other = ToyBatch.run(ToyBatch.settings().withTexts(Map.of("atlas-share", "0.5")));
    assertEquals(2, toy.segment(other, false).segmented());
    assertEquals(2, toy.segment().segmented());
    final Run more =
        new Run(
            FijiStudy.prior(), ToyBatch.settings(), EnumSet.allOf(Extra.class), Arithmetic.FLOAT32);
    assertEquals(2, toy.segment(more, false).segmented());
    assertTrue(toy.names().contains("toy0-posteriors.nii.gz"));
    assertTrue(toy.names().contains("toy0-uncertainty.nii.gz"));
    assertEquals(2, toy.segment().skipped(), "more is there than asked for");
    final Run rounded =
        new Run(FijiStudy.prior(), ToyBatch.settings(), Set.of(), Arithmetic.BFLOAT16);
    assertEquals(2, toy.segment(rounded, false).segmented(), "another precision");
    assertEquals(2, toy.segment().segmented());
    final Path record = toy.results.resolve("toy1.json");
    assertTrue(Files.readString(record).contains("\"precision\": \"float32\""));
    Files.writeString(record, Files.readString(record).replaceFirst(" *\"precision.*\n", ""));
    assertEquals(2, toy.segment().skipped(), "records of before had no other precision");
    Files.writeString(
        record, Files.readString(record).replaceFirst("\"version\": \"", "\"version\": \"0.0."));
    assertEquals(1, toy.segment().segmented());
    assertFalse(toy.names().contains("toy1-posteriors.nii.gz"), "is of an older run");
    final Path model = folder.resolve("other.zip");
    try (AnatomicalPrior prior =
        org.anatomicalpriors.training.ToyImages.prior(FijiStudy.DEPTH, 2, folder)) {
      ModelBundle.save(prior, model);
    }
    assertEquals(
        2,
        toy.segment(new Run(model, ToyBatch.settings(), Set.of(), Arithmetic.FLOAT32), false)
            .segmented());
  }

  @Test
  void resultsOfOtherRunsAreNotInTheTable() throws IOException {
    final ToyBatch toy = new ToyBatch(folder, 3);
    toy.segment();
    Files.delete(toy.images.resolve("toy1.nii.gz"));
    final List<String> log = new ArrayList<>();
    toy.batch(ToyBatch.run(ToyBatch.settings().withTexts(Map.of("atlas-share", "0.5"))), false)
        .run(TestEngine::get, new Watch(log, p -> {}));
    toy.assertTables("toy0", "toy2");
    assertTrue(log.toString().contains("Left out of volumes.csv: 1 images"), log.toString());
  }

  @Test
  void redoSegmentsAllAnew() throws IOException {
    final ToyBatch toy = new ToyBatch(folder, 2);
    toy.segment();
    final Map<String, byte[]> before = toy.contents();
    assertEquals(2, toy.segment(ToyBatch.run(ToyBatch.settings()), true).segmented());
    before.forEach((name, content) -> assertArrayEquals(content, read(toy, name), name));
  }

  @Test
  void badFilesAreToldAndTheOthersSegmented() throws IOException {
    final ToyBatch toy = new ToyBatch(folder, 3);
    final byte[] whole = Files.readAllBytes(toy.images.resolve("toy0.nii.gz"));
    Files.write(toy.images.resolve("cut.nii.gz"), Arrays.copyOf(whole, whole.length / 2));
    Files.writeString(toy.images.resolve("text.nii"), "no image");
    final float[] nan = new float[18 * 18 * 12];
    Arrays.fill(nan, Float.NaN);
    save(nan, "nan.nii", 18, 18, 12);
    save(new float[18 * 18], "slice.nii", 18, 18, 1);
    save(new float[3 * 3 * 3], "flat.nii", 3, 3, 3);
    final BatchReport report = toy.segment();
    assertEquals(3, report.segmented());
    final List<String> bad =
        report.failures().keySet().stream()
            .map(f -> f.getFileName().toString())
            .collect(Collectors.toList());
    assertEquals(List.of("cut.nii.gz", "flat.nii", "nan.nii", "slice.nii", "text.nii"), bad);
    final List<String> rows = Files.readAllLines(toy.results.resolve("failed.csv"));
    assertEquals("file,sentence", rows.get(0));
    assertEquals(6, rows.size());
    report
        .failures()
        .forEach(
            (f, why) -> {
              assertTrue(why instanceof InvalidInputException, f + ": " + why);
              assertTrue(
                  rows.stream()
                      .anyMatch(
                          r ->
                              r.contains(f + ",") && r.contains(why.getMessage().split("\"|,")[0])),
                  f + " in " + rows);
            });
    toy.assertTables("toy0", "toy1", "toy2");
    toy.assertNothingBut(toys(0, 3), "failed.csv", "volumes.csv");
    for (final String name : bad) Files.delete(toy.images.resolve(name));
    ToyBatch.write(5, toy.images.resolve("cut.nii.gz"));
    assertEquals(1, toy.segment().segmented());
    assertFalse(toy.names().contains("failed.csv"));
  }

  private void save(final float[] voxels, final String name, final int... size) {
    Images.save(
        new SpatialImage<>(
            ArrayImgs.floats(voxels, size[0], size[1], size[2]),
            Grid.centred(size, new double[] {1, 1, 1}, new double[3], "mm"),
            name),
        folder.resolve("images").resolve(name));
  }

  @Test
  void whatCannotBeWrittenEndsTheBatch() throws IOException {
    final ToyBatch toy = new ToyBatch(folder, 6);
    for (int i = 0; i < 6; i++) // a folder that is not empty cannot be replaced
    Files.createDirectories(toy.results.resolve("toy" + i + "-montage.png").resolve("x"));
    final RuntimeException e = assertThrows(RuntimeException.class, toy::segment);
    assertFalse(e instanceof CancelledException, e.toString());
    assertEquals(List.of(), ToyBatch.threads());
    assertTrue(toy.names().stream().noneMatch(n -> n.endsWith(".part")));
  }

  @Test
  void cancellingKeepsWhatIsDoneAndLeavesNothingElse() throws IOException {
    final ToyBatch toy = new ToyBatch(folder, 8);
    final Watch watch = new Watch(new ArrayList<>(), w -> w.cancelled = w.done >= 2);
    assertThrows(CancelledException.class, () -> toy.batch().run(TestEngine::get, watch));
    assertEquals(List.of(), ToyBatch.threads());
    final List<String> kept =
        toy.names().stream()
            .filter(n -> n.endsWith(".json"))
            .map(n -> n.replace(".json", ""))
            .collect(Collectors.toList());
    assertTrue(kept.size() >= 2 && kept.size() < 8, kept.toString());
    assertTrue(toy.names().stream().noneMatch(n -> n.endsWith(".part")), toy.names().toString());
    toy.assertTables(kept.toArray(new String[0]));
    final BatchReport rest = toy.segment();
    assertEquals(kept.size(), rest.skipped());
    assertEquals(8 - kept.size(), rest.segmented());
    toy.assertNothingBut(toys(0, 8), "volumes.csv");
  }

  /** Listens, and may cancel. */
  private static final class Watch implements Progress {
    private final List<String> log;
    private final java.util.function.Consumer<Watch> listener;
    volatile boolean cancelled;
    volatile long done;

    Watch(final List<String> log, final java.util.function.Consumer<Watch> listener) {
      this.log = log;
      this.listener = listener;
    }

    @Override
    public void update(final String stage, final long now, final long total, final String message) {
      if (!stage.equals("Segmenting")) return;
      done = now;
      listener.accept(this);
    }

    @Override
    public void log(final String message) {
      log.add(message);
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }
  }

  @Test
  void temporaryFilesOfTheDeadAreDeletedAndThoseOfTheLivingNot() throws IOException {
    final ToyBatch toy = new ToyBatch(folder, 1);
    final String dead = ".toy5-labels.nii.gz." + UUID.randomUUID() + ".part";
    final String living = ".toy6-labels.nii.gz." + UUID.randomUUID() + ".part";
    final String table = ".volumes.csv." + UUID.randomUUID() + ".part";
    final String strange = ".else.txt." + UUID.randomUUID() + ".part";
    for (final String name : List.of(dead, living, table, strange))
      Files.createFile(toy.results.resolve(name));
    try (Claims claims = Claims.in(toy.results);
        Claims.Claim claim = claims.tryClaim("toy6").orElseThrow()) {
      toy.segment();
    }
    toy.assertNothingBut(toys(0, 1), "volumes.csv", living, strange);
  }

  @Test
  void imagesOfTheSameNameKeepApart() throws IOException {
    final ToyBatch toy = new ToyBatch(folder, 0);
    final List<Path> files = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      final Path site = Files.createDirectory(folder.resolve("site" + i));
      files.add(site.resolve("T1.nii"));
      ToyBatch.write(i, files.get(i));
    }
    final Run run = ToyBatch.run(ToyBatch.settings());
    final BatchReport both =
        new Batch(files, List.of(), null, toy.results, run, false)
            .run(TestEngine::get, Progress.NONE);
    assertEquals(2, both.segmented());
    toy.assertTables("site0_T1", "site1_T1");
    final byte[] first = read(toy, "site0_T1-labels.nii.gz");
    // A file whose results would be called as those of another one has to wait for another folder.
    final Path third = folder.resolve("site0_T1.nii");
    ToyBatch.write(3, third);
    for (final boolean redo : new boolean[] {false, true}) {
      final BatchReport clash =
          new Batch(List.of(third), List.of(), null, toy.results, run, redo)
              .run(TestEngine::get, Progress.NONE);
      final String sentence = clash.failures().get(third).getMessage();
      assertTrue(sentence.contains("another image than"), sentence);
      assertArrayEquals(first, read(toy, "site0_T1-labels.nii.gz"));
    }
  }

  @Test
  void twoFilesThatOnlyTheEndingTellsApartAreRefusedBeforeTheWork() throws IOException {
    final ToyBatch toy = new ToyBatch(folder, 1);
    ToyBatch.write(1, toy.images.resolve("toy0.nii"));
    final String message = assertThrows(InvalidInputException.class, toy::batch).getMessage();
    assertTrue(message.contains("toy0.nii.gz and ") || message.contains("toy0.nii and "), message);
    assertTrue(message.contains("would write results of the same name"), message);
    assertEquals(List.of(), toy.names());
  }

  @Test
  void resultsAmongTheImagesAreNoImages() throws IOException {
    final ToyBatch toy = new ToyBatch(folder, 2);
    final ToyBatch within = toy.into(toy.images);
    assertEquals(2, within.segment().segmented());
    assertEquals("0 images were segmented, 2 were done already.", within.segment().toString());
    final Path masks = Files.createDirectories(folder.resolve("masks"));
    for (int i = 0; i < 2; i++) ToyBatch.writeMask(3, masks.resolve("toy" + i + "-mask.nii.gz"));
    assertEquals(2, within.segmentWithin(masks).segmented(), "results need no mask");
  }
}
