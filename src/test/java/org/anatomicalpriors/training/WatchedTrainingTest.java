package org.anatomicalpriors.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.ModelDescription.CurvePoint;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;
import org.anatomicalpriors.tensorflow.TestEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a watcher sees of a training, and what it can do to it. */
class WatchedTrainingTest {

  private static final int MAPS = 6, DEPTH = 8;

  @TempDir Path folder;
  private Path checkpoint;
  private final Watcher watcher = new Watcher();

  @BeforeEach
  void name() {
    checkpoint = folder.resolve("toy.checkpoint");
  }

  /** Keeps all that it is told; asks for things at given steps. */
  private static final class Watcher implements TrainingListener, TrainingControl, Progress {
    private final List<String> events = new ArrayList<>();
    private final List<String> logged = Collections.synchronizedList(new ArrayList<>());
    private final List<TrainingStep> steps = new ArrayList<>();
    private final List<TrainingPoint> points = new ArrayList<>();
    private final List<TrainingPreview> previews = new ArrayList<>();
    private final List<Path> exports = new ArrayList<>();
    private final TreeSet<Long> exportAt = new TreeSet<>();
    private long finishAt = Long.MAX_VALUE;
    private boolean previewing = true;
    private boolean cancelledInValidation;
    private TrainingPlan plan;
    private long step;
    private volatile boolean cancelled;

    @Override
    public void started(final TrainingPlan p) {
      plan = p;
      events.add("started");
    }

    @Override
    public void stepped(final TrainingStep s) {
      steps.add(s);
      step = s.done();
      // The next question whether to go on is asked by the validation itself.
      if (cancelledInValidation && step == plan.validationEvery()) cancelled = true;
    }

    @Override
    public void validated(final TrainingPoint p) {
      points.add(p);
      events.add("validated " + p.step());
    }

    @Override
    public boolean wantsPreview() {
      return previewing;
    }

    @Override
    public void previewed(final TrainingPreview p) {
      previews.add(p);
      events.add("previewed " + p.step());
    }

    @Override
    public void exported(final Path file) {
      exports.add(file);
      events.add("exported at " + step);
    }

    @Override
    public boolean isFinishRequested() {
      return step >= finishAt;
    }

    @Override
    public boolean takeExportRequest() {
      return exportAt.remove(step);
    }

    @Override
    public void update(final String stage, final long done, final long total, final String text) {}

    @Override
    public void log(final String message) {
      logged.add(message);
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }
  }

  private Supervision supervision() {
    return Supervision.of(watcher)
        .listener(watcher)
        .control(watcher)
        .export(
            (model, step) -> {
              final Path file = folder.resolve("toy-step-" + step + ".zip");
              ModelBundle.save(model, file);
              return file;
            });
  }

  private static Settings settings(final long steps) {
    return Settings.of(PriorSettings.ALL)
        .with(PriorSettings.SPACING, 1.0)
        .with(PriorSettings.STEPS, steps)
        .with(PriorSettings.CHANNELS, List.of(8, 8))
        .with(PriorSettings.LATENT_SIZE, 2L)
        .with(PriorSettings.LEARNING_RATE, 0.01)
        .with(PriorSettings.ALIGN, false)
        .with(PriorSettings.CHECKPOINT_EVERY, 10L);
  }

  private AnatomicalPrior train(final long steps, final boolean resume, final Supervision by) {
    return PriorTraining.with(settings(steps))
        .train(new ToyMaps(MAPS, DEPTH), null, TestEngine.get(), checkpoint, resume, by);
  }

  private static byte[] bytes(final AnatomicalPrior model) {
    try (AnatomicalPrior m = model) {
      return Files.readAllBytes(m.savedModel().resolve("variables/variables.data-00000-of-00001"));
    } catch (final IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Long> steps(final List<CurvePoint> curve) {
    return curve.stream().map(CurvePoint::step).collect(Collectors.toList());
  }

  @Test
  void watchingAndExportingChangeNotOneByte() {
    final byte[] alone = bytes(train(25, false, Supervision.of(Progress.NONE)));
    watcher.exportAt.addAll(List.of(4L, 15L));
    assertArrayEquals(alone, bytes(train(25, false, supervision())));
    assertEquals(4, watcher.previews.size());
    assertEquals(2, watcher.exports.size());
  }

  @Test
  void theWatcherSeesAllInOrder() {
    train(25, false, supervision()).close();
    assertEquals(
        List.of(
            "started",
            "previewed 0",
            "validated 10",
            "previewed 10",
            "validated 20",
            "previewed 20",
            "validated 25",
            "previewed 25"),
        watcher.events);
    assertEquals("Training the prior", watcher.plan.title());
    assertEquals(25, watcher.plan.steps());
    assertEquals("cpu, " + TestEngine.get().threads() + " threads", watcher.plan.device());
    assertEquals(25, watcher.steps.size());
    double data = 0, divergence = 0;
    for (int i = 0; i < 10; i++) {
      final TrainingStep s = watcher.steps.get(i);
      assertEquals(i + 1, s.done());
      assertEquals(s.loss().data() + s.loss().divergence(), s.loss().total());
      data += s.loss().data() / 10;
      divergence += s.loss().divergence() / 10;
      assertTrue(s.memory().heap() > 0 && s.memory().resident() > s.memory().heap() / 2);
      assertEquals(i == 0, Double.isNaN(s.pace().stepsPerSecond()));
    }
    assertEquals(0, watcher.steps.get(24).pace().secondsLeft());
    final TrainingPoint p = watcher.points.get(0);
    assertEquals(data, p.training().data(), 1e-9);
    assertEquals(divergence, p.training().divergence(), 1e-9);
    assertTrue(p.validation().total() > 0 && p.dice() > 0 && p.isBest());
    final String line =
        watcher.logged.stream().filter(l -> l.startsWith("Step 20: ")).findFirst().orElseThrow();
    assertTrue(
        line.matches(
            "Step 20: training loss [0-9.]+ \\(reconstruction [0-9.]+, divergence [0-9.]+\\), "
                + "validation loss .*, Dice of the held-out maps [0-9.]+; "
                + "[0-9.]+ steps/s, [0-9]+ s left; [0-9.]+ GB in all, [0-9.]+ GB Java heap\\."),
        line);
  }

  @Test
  void previewsOfAPriorAreTheMapItsReconstructionAndASample() {
    train(10, false, supervision()).close();
    final TrainingPreview preview = watcher.previews.get(1);
    assertEquals(10, preview.step());
    assertEquals(3, preview.views().size());
    final PriorData data =
        ToyData.prepared(new ToyMaps(MAPS, DEPTH), null, settings(10), Progress.NONE);
    final byte[] held = data.onGrid(data.validation.get(0), 1, Progress.NONE);
    final float[] map = values(preview, 0);
    for (int v = 0; v < map.length; v++)
      assertEquals(held[v] == (byte) 255 ? 0 : held[v], map[v]); // unknown is shown as background
    final float[] before = values(watcher.previews.get(0), 1), after = values(preview, 1);
    assertTrue(same(map, after) > 0.7 * map.length, "the reconstruction resembles the map");
    assertTrue(same(before, after) < map.length, "and changes while it learns");
    for (final TrainingPreview.View v : preview.views()) {
      assertEquals(TrainingPreview.Kind.LABELS, v.kind());
      assertEquals(data.grid.toString(), v.image().grid().toString());
    }
  }

  private static float[] values(final TrainingPreview preview, final int view) {
    final SpatialImage<? extends RealType<?>> image = preview.views().get(view).image();
    return VoxelRows.toFloats(image.voxels());
  }

  private static int same(final float[] a, final float[] b) {
    int same = 0;
    for (int v = 0; v < a.length; v++) if (a[v] == b[v]) same++;
    return same;
  }

  @Test
  void unwantedPreviewsAreNotMade() {
    watcher.previewing = false;
    train(10, false, supervision()).close();
    assertTrue(watcher.previews.isEmpty());
  }

  @Test
  void finishingKeepsTheBestOfWhatWasTrained() {
    watcher.finishAt = 14;
    try (AnatomicalPrior finished = train(1000, false, supervision())) {
      assertEquals(List.of(10L, 14L), steps(finished.description().provenance().curve()));
      assertEquals("1000", finished.description().provenance().settings().get("steps"));
      // With two points of the curve and one way to be best, the weights are those of that point.
      final CurvePoint first = finished.description().provenance().curve().get(0);
      final CurvePoint last = finished.description().provenance().curve().get(1);
      final long best = last.validation() < first.validation() ? 14 : 10;
      final Checkpoint c = Checkpoint.read(checkpoint, Map.of());
      assertEquals(14, c.step());
      final Map<String, float[]> weights = finished.weights();
      assertFalse(c.best().isEmpty());
      // A model has eleven significant bits.
      c.best()
          .forEach(
              (name, w) -> {
                for (int i = 0; i < w.length; i++)
                  assertEquals(w[i], weights.get(name)[i], Math.abs(w[i]) / 2048, name);
              });
      assertEquals(best == 14, c.best().keySet().stream().allMatch(n -> equal(c, n)));
    }
    assertTrue(
        watcher.logged.contains("Finished on request after 14 of 1000 steps."),
        watcher.logged.toString());
  }

  private static boolean equal(final Checkpoint c, final String name) {
    return java.util.Arrays.equals(c.best().get(name), c.latest().get(name));
  }

  @Test
  void finishingBeforeTheFirstStepStillGivesAModel() {
    watcher.finishAt = 0;
    try (AnatomicalPrior finished = train(1000, false, supervision())) {
      assertEquals(List.of(1L), steps(finished.description().provenance().curve()));
    }
  }

  @Test
  void exportedModelsAreWholeAndHoldTheBestSoFar() {
    watcher.exportAt.addAll(List.of(3L, 12L));
    final byte[] atTen;
    train(14, false, supervision()).close();
    assertEquals(
        List.of(folder.resolve("toy-step-3.zip"), folder.resolve("toy-step-10.zip")),
        watcher.exports);
    assertTrue(watcher.events.contains("exported at 12"), watcher.events.toString());
    try (AnatomicalPrior exported =
        ModelBundle.open(folder.resolve("toy-step-10.zip"), TestEngine.get())) {
      assertEquals(List.of(10L), steps(exported.description().provenance().curve()));
      final float[] z = new float[exported.description().architecture().latentCount()];
      assertEquals(
          exported.description().grid().voxelCount() * exported.description().labels().size(),
          exported.decode(z).length);
      atTen = weights(exported);
    }
    // A training that is finished after ten steps has the same best weights.
    final Watcher other = new Watcher();
    other.finishAt = 10;
    try (AnatomicalPrior ten =
        train(14, false, Supervision.of(other).listener(other).control(other))) {
      assertArrayEquals(atTen, weights(ten));
    }
  }

  private static byte[] weights(final AnatomicalPrior model) {
    final java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    model
        .weights()
        .forEach((n, w) -> all.writeBytes((n + java.util.Arrays.hashCode(w)).getBytes()));
    return all.toByteArray();
  }

  @Test
  void anExportThatFailsDoesNotEndTheTraining() {
    watcher.exportAt.add(3L);
    train(
            12,
            false,
            supervision()
                .export(
                    (model, step) -> {
                      throw new IOException("the disk is full");
                    }))
        .close();
    assertTrue(
        watcher.logged.contains(
            "The model of step 3 could not be written (the disk is full); the training goes on."),
        watcher.logged.toString());
    assertTrue(watcher.exports.isEmpty());
  }

  @Test
  void aTrainingCancelledInItsValidationResumesToTheSameWeights() {
    final byte[] whole = bytes(train(25, false, Supervision.of(Progress.NONE)));
    watcher.cancelledInValidation = true;
    final String message =
        assertThrows(CancelledException.class, () -> train(25, false, supervision())).getMessage();
    assertEquals(
        "Stopped on request after 10 of 25 steps; the state is kept in "
            + checkpoint
            + "; to go on from there, train again with resume (--resume in a shell).",
        message);
    assertTrue(watcher.points.isEmpty(), "the validation was broken off");
    final Watcher second = new Watcher();
    assertArrayEquals(whole, bytes(train(25, true, Supervision.of(second).listener(second))));
    assertEquals(10, second.plan.firstStep());
    assertEquals(
        List.of(10L, 20L, 25L),
        second.points.stream().map(TrainingPoint::step).collect(Collectors.toList()));
  }

  @Test
  void aResumedTrainingTellsTheEarlierPointsFirst() {
    watcher.finishAt = 20;
    train(25, false, supervision()).close();
    final Watcher second = new Watcher();
    train(25, true, Supervision.of(second).listener(second)).close();
    assertEquals(20, second.plan.firstStep());
    assertEquals(3, second.points.size());
    for (int i = 0; i < 2; i++) {
      assertEquals(
          watcher.points.get(i).training().total(), second.points.get(i).training().total(), 1e-9);
      assertTrue(Double.isNaN(second.points.get(i).training().data()));
    }
  }

  @Test
  void segmentersAreWatchedToo() {
    final ToyImages images = new ToyImages(5, DEPTH);
    try (AnatomicalPrior prior = ToyImages.prior(DEPTH, 40, folder)) {
      final SegmenterTraining training =
          SegmenterTraining.with(
              Settings.of(SegmenterSettings.ALL)
                  .with(SegmenterSettings.STEPS, 12L)
                  .with(SegmenterSettings.CHECKPOINT_EVERY, 5L)
                  .with(SegmentationSettings.ALIGN, false));
      final byte[] alone =
          bytes(training.train(prior, images, null, checkpoint, false, Progress.NONE));
      watcher.exportAt.add(7L);
      assertArrayEquals(
          alone, bytes(training.train(prior, images, null, checkpoint, false, supervision())));
      assertEquals("data term", watcher.plan.dataTerm());
      assertEquals(1, watcher.exports.size());
      try (AnatomicalPrior exported = ModelBundle.open(watcher.exports.get(0), TestEngine.get())) {
        assertTrue(exported.description().isSegmenter());
      }
      final TrainingPreview last = watcher.previews.get(watcher.previews.size() - 1);
      assertEquals(12, last.step());
      final float[] image = values(last, 0), labels = values(last, 1), u = values(last, 2);
      double sum = 0;
      final double[] perLabel = new double[4], count = new double[4];
      for (int v = 0; v < image.length; v++) {
        perLabel[(int) labels[v]] += image[v];
        count[(int) labels[v]]++;
        assertTrue(u[v] >= 0 && u[v] <= 1);
        sum += u[v];
      }
      assertTrue(sum > 0);
      // Background, ellipsoid and box, of which the box is brightest.
      assertTrue(perLabel[0] / count[0] < perLabel[1] / count[1] - 20);
      assertTrue(perLabel[1] / count[1] < perLabel[2] / count[2] - 20);
      assertEquals(ToyImages.mean(2), perLabel[2] / count[2], 30);
    }
  }
}
