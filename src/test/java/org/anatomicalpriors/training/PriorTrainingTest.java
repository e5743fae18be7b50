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
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.Architecture;
import org.anatomicalpriors.model.FittedImage;
import org.anatomicalpriors.model.LabelPosteriors;
import org.anatomicalpriors.model.LatentCode;
import org.anatomicalpriors.model.ModelDescription;
import org.anatomicalpriors.model.ModelDescription.CurvePoint;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.Engine;
import org.anatomicalpriors.tensorflow.TestEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriorTrainingTest {

  private static final int MAPS = 6;

  @TempDir Path folder;
  private Path checkpoint;

  @BeforeEach
  void name() {
    checkpoint = folder.resolve("toy.checkpoint");
  }

  private static Settings settings(final long steps) {
    return Settings.of(PriorSettings.ALL)
        .with(PriorSettings.SPACING, 1.0)
        .with(PriorSettings.STEPS, steps)
        .with(PriorSettings.CHANNELS, List.of(8, 8))
        .with(PriorSettings.LATENT_SIZE, 2L)
        .with(PriorSettings.LEARNING_RATE, 0.01)
        .with(PriorSettings.KL_WEIGHT, 1.0)
        .with(PriorSettings.WARM_UP, 0.1)
        .with(PriorSettings.ALIGN, false)
        .with(PriorSettings.CHECKPOINT_EVERY, 10L);
  }

  private AnatomicalPrior train(
      final Settings settings, final int depth, final boolean resume, final Progress progress) {
    return train(settings, depth, TestEngine.get(), resume, progress);
  }

  private AnatomicalPrior train(
      final Settings settings,
      final int depth,
      final Engine engine,
      final boolean resume,
      final Progress progress) {
    return PriorTraining.with(settings)
        .train(new ToyMaps(MAPS, depth), null, engine, checkpoint, resume, progress);
  }

  /** Asks to stop once a step is done; keeps what was logged. */
  private static final class StopAt implements Progress {
    private final long step;
    private final List<String> logged = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean reached;

    StopAt(final long step) {
      this.step = step;
    }

    @Override
    public void update(
        final String stage, final long done, final long total, final String message) {
      if (stage.equals("Training the prior") && done >= step) reached = true;
    }

    @Override
    public void log(final String message) {
      logged.add(message);
    }

    @Override
    public boolean isCancelled() {
      return reached;
    }
  }

  @ParameterizedTest
  @CsvSource({"1e-8, true", "0.01, false"})
  void saysWhenLittleMoreThanTheAtlasWasLearned(final double rate, final boolean warned) {
    final StopAt listener = new StopAt(Long.MAX_VALUE);
    final Settings s =
        settings(150)
            .with(PriorSettings.LEARNING_RATE, rate)
            .with(PriorSettings.IMAGE_SHARE, 0.0)
            .with(PriorSettings.CHECKPOINT_EVERY, 50L);
    train(s, 1, false, listener).close();
    assertEquals(
        warned,
        listener.logged.stream().anyMatch(m -> m.contains("little more was learned")),
        listener.logged.toString());
  }

  @ParameterizedTest
  @CsvSource({"12, GRID, 2, 150", "12, DENSE, 8, 100", "1, GRID, 2, 300", "1, DENSE, 8, 200"})
  void lossFallsBelowTheAtlas(
      final int depth, final Architecture.Latent latent, final long size, final long steps) {
    final Settings s =
        settings(steps)
            .with(PriorSettings.LATENT, latent)
            .with(PriorSettings.LATENT_SIZE, size)
            .with(PriorSettings.AFFINE, 0.0)
            .with(PriorSettings.DEFORMATION, 0.0)
            .with(PriorSettings.VALIDATION, 0.0)
            .with(PriorSettings.IMAGE_SHARE, 0.0)
            .with(PriorSettings.CHECKPOINT_EVERY, steps / 5);
    try (AnatomicalPrior prior = train(s, depth, false, Progress.NONE)) {
      assertEquals(depth == 1, prior.description().grid().is2D());
      assertEquals(4, prior.description().labels().size());
      final List<CurvePoint> points = prior.description().provenance().curve();
      assertEquals(5, points.size());
      final double first = points.get(0).training(), last = points.get(4).training();
      assertTrue(last < 0.8 * first, first + " to " + last);
      // What the decoder says of the maps beats the atlas by the same measure.
      final PriorData data = ToyData.prepared(new ToyMaps(MAPS, depth), null, s, Progress.NONE);
      double learned = 0, atlas = 0;
      for (final StoredMap m : data.training) {
        final byte[] map = data.onGrid(m, 1, Progress.NONE);
        learned += logLoss(prior.decode(prior.encode(map).mean()), map);
        atlas += logLoss(prior.atlas(), map);
      }
      assertTrue(learned < 0.85 * atlas, learned + " against the atlas's " + atlas);
      assertFalse(prior.description().seesImages());
    }
  }

  @Test
  void itsEncoderReadsImages() {
    final Settings s =
        settings(400)
            .with(PriorSettings.AFFINE, 0.0)
            .with(PriorSettings.DEFORMATION, 0.0)
            .with(PriorSettings.VALIDATION, 0.0);
    try (AnatomicalPrior prior = train(s, 1, false, Progress.NONE)) {
      assertTrue(prior.description().seesImages());
      final PriorData data = ToyData.prepared(new ToyMaps(MAPS, 1), null, s, Progress.NONE);
      final ImageSimulation simulation =
          new ImageSimulation(
              data.grid, data.labels.groupIndices(), prior.weights().get(AnatomicalPrior.ATLAS));
      double learned = 0, blind = 0;
      for (int i = 0; i < 20; i++) {
        final byte[] map = data.onGrid(data.training.get(i % MAPS), 1, Progress.NONE);
        final FittedImage x = simulation.simulate(map, new SplittableRandom(1000 + i));
        final LatentCode code =
            prior.encodeImage(LabelPosteriors.of(prior.atlas(), x.image(), x.intensities()));
        learned += logLoss(prior.decode(code.mean()), map);
        blind += logLoss(prior.atlas(), map);
      }
      assertTrue(learned < 0.9 * blind, learned + " against the atlas's " + blind);
    }
  }

  private static double logLoss(final float[] f, final byte[] map) {
    double sum = 0;
    for (int v = 0; v < map.length; v++)
      if (map[v] != (byte) 255) sum -= Math.log(f[4 * v + map[v]]);
    return sum / map.length;
  }

  @Test
  void sameSeedGivesTheSameNetworkToTheBit() throws IOException {
    final float[] first = decoded(settings(15), 8, false);
    assertArrayEquals(first, decoded(settings(15), 8, false), 0f);
    assertFalse(
        java.util.Arrays.equals(
            first, decoded(settings(15).with(PriorSettings.SEED, 2L), 8, false)));
  }

  /** What a trained prior decodes, and every byte of its weights. */
  private float[] decoded(final Settings settings, final int depth, final boolean resume)
      throws IOException {
    try (AnatomicalPrior prior = train(settings, depth, resume, Progress.NONE)) {
      weights = Files.readAllBytes(prior.savedModel().resolve(WEIGHTS));
      curve = prior.description().provenance().curve();
      final float[] z = new float[prior.description().architecture().latentCount()];
      java.util.Arrays.fill(z, 0.5f);
      return prior.decode(z);
    }
  }

  /** From a resumed training to the last byte of the weights, as when all is in memory. */
  @ParameterizedTest
  @CsvSource({"0, 8, 10", "5000, 8, 13", "700, 1, 7"})
  void mapsOnTheDiskGiveTheSameNetworkToTheBit(final long share, final int depth, final long stop)
      throws IOException {
    final Settings s = settings(25).with(PriorSettings.VALIDATION, 0.5);
    decoded(s, depth, false);
    final byte[] inMemory = weights;
    final List<CurvePoint> itsCurve = curve;
    Files.delete(checkpoint);
    final StopAt progress = new StopAt(stop);
    assertThrows(CancelledException.class, () -> stream(s, share, depth, false, progress).close());
    assertTrue(
        progress.logged.stream()
            .anyMatch(m -> m.matches("\\d of 6 label maps are read from a temporary file .*")),
        progress.logged.toString());
    assertArrayEquals(new String[] {"toy.checkpoint"}, folder.toFile().list());
    try (AnatomicalPrior prior = stream(s, share, depth, true, Progress.NONE)) {
      assertArrayEquals(inMemory, Files.readAllBytes(prior.savedModel().resolve(WEIGHTS)));
      assertEquals(
          texts(itsCurve), texts(prior.description().provenance().curve()), "losses and Dice");
    }
    assertArrayEquals(new String[] {"toy.checkpoint"}, folder.toFile().list());
  }

  private static List<String> texts(final List<CurvePoint> curve) {
    return curve.stream()
        .map(p -> p.step() + " " + p.training() + " " + p.validation() + " " + p.dice())
        .collect(Collectors.toList());
  }

  private AnatomicalPrior stream(
      final Settings settings,
      final long share,
      final int depth,
      final boolean resume,
      final Progress progress) {
    return new PriorTraining(settings, share)
        .train(new ToyMaps(MAPS, depth), null, TestEngine.get(), checkpoint, resume, progress);
  }

  private static final String WEIGHTS = "variables/variables.data-00000-of-00001";
  private byte[] weights;
  private List<CurvePoint> curve;

  @ParameterizedTest
  @CsvSource({"7, 8", "10, 8", "13, 1"})
  void resumedTrainingEndsAsTheUninterruptedOne(final long stop, final int depth)
      throws IOException {
    final Settings s = settings(25);
    decoded(s, depth, false);
    final byte[] whole = weights;
    final List<CurvePoint> wholeCurve = curve;
    Files.deleteIfExists(checkpoint);
    final StopAt progress = new StopAt(stop);
    final String message =
        assertThrows(CancelledException.class, () -> train(s, depth, false, progress).close())
            .getMessage();
    assertEquals(
        "Stopped on request after "
            + stop
            + " of 25 steps; the state is kept in "
            + checkpoint
            + "; to go on from there, train again with resume (--resume in a shell).",
        message);
    decoded(s, depth, true);
    assertArrayEquals(whole, weights);
    assertEquals(wholeCurve.size(), curve.size());
    for (int i = 0; i < curve.size(); i++) {
      assertEquals(wholeCurve.get(i).step(), curve.get(i).step());
      assertEquals(wholeCurve.get(i).training(), curve.get(i).training());
      assertEquals(wholeCurve.get(i).validation(), curve.get(i).validation());
      assertEquals(wholeCurve.get(i).dice(), curve.get(i).dice());
    }
  }

  @Test
  void resumingWithOtherSettingsOrDataIsRefused() {
    final Settings s = settings(25);
    assertThrows(CancelledException.class, () -> train(s, 1, false, new StopAt(3)).close());
    assertEquals(
        "The checkpoint "
            + checkpoint
            + " was made with learning-rate 0.01 and now it is 0.02; resume with the same settings and data, or start again without resume.",
        assertThrows(
                InvalidInputException.class,
                () ->
                    train(s.with(PriorSettings.LEARNING_RATE, 0.02), 1, true, Progress.NONE)
                        .close())
            .getMessage());
    final String message =
        assertThrows(InvalidInputException.class, () -> train(s, 8, true, Progress.NONE).close())
            .getMessage();
    assertTrue(message.contains(" was made with the label maps "), message);
  }

  @Test
  void bfloat16RepeatsItselfAndIsToldAndNotMixed() {
    final Settings s = settings(15);
    final List<CurvePoint> exact;
    try (AnatomicalPrior prior = train(s, 8, false, Progress.NONE)) {
      exact = prior.description().provenance().curve();
      assertEquals("float32", prior.description().provenance().precision());
    }
    final float[] z, again;
    try (AnatomicalPrior prior = train(s, 8, TestEngine.bfloat16(), false, Progress.NONE)) {
      final ModelDescription d = prior.description();
      assertEquals("bfloat16", d.provenance().precision());
      final List<CurvePoint> rounded = d.provenance().curve();
      final int last = rounded.size() - 1;
      assertEquals(exact.get(last).training(), rounded.get(last).training(), 0.02);
      z = prior.decode(new float[d.architecture().latentCount()]);
    }
    try (AnatomicalPrior prior = train(s, 8, TestEngine.bfloat16(), false, Progress.NONE)) {
      again = prior.decode(new float[prior.description().architecture().latentCount()]);
    }
    assertArrayEquals(z, again);
    final String message =
        assertThrows(InvalidInputException.class, () -> train(s, 8, true, Progress.NONE).close())
            .getMessage();
    assertTrue(
        message.contains(" was made with the precision bfloat16 and now it is float32;"), message);
  }

  @Test
  void resumingFromNothingIsRefused() {
    assertEquals(
        "There is no checkpoint "
            + checkpoint
            + " to resume from; start without resume, or give the output of the interrupted run.",
        assertThrows(
                InvalidInputException.class,
                () -> train(settings(5), 1, true, Progress.NONE).close())
            .getMessage());
  }

  @Test
  void withoutValidationTheLastWeightsWin() {
    try (AnatomicalPrior prior =
        train(settings(12).with(PriorSettings.VALIDATION, 0.0), 1, false, Progress.NONE)) {
      final List<CurvePoint> points = prior.description().provenance().curve();
      assertEquals(2, points.size());
      assertEquals(12, points.get(1).step());
      assertTrue(Double.isNaN(points.get(1).validation()));
      assertTrue(Double.isFinite(points.get(1).training()));
    }
  }

  @Test
  void alignedTrainingTellsTheStepsAndTheGrid() {
    final StopAt progress = new StopAt(Long.MAX_VALUE);
    try (AnatomicalPrior prior =
        train(settings(12).with(PriorSettings.ALIGN, true), 8, false, progress)) {
      assertEquals(MAPS, prior.description().provenance().data().size());
      assertTrue(
          progress.logged.contains("The prior's grid: " + prior.description().grid() + "."),
          progress.logged.toString());
      assertTrue(
          progress.logged.stream().anyMatch(l -> l.startsWith("Step 12: training loss ")),
          progress.logged.toString());
    }
  }
}
