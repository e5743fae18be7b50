package org.anatomicalpriors.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.Version;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.Architecture;
import org.anatomicalpriors.model.ModelDescription;
import org.anatomicalpriors.model.ModelDescription.Provenance;
import org.anatomicalpriors.model.PriorTrainer;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.Engine;
import org.anatomicalpriors.tensorflow.Gaussians;

/**
 * Learns a prior from label maps alone.
 *
 * <pre>{@code
 * AnatomicalPrior prior =
 *     PriorTraining.with(Settings.of(PriorSettings.ALL).with(PriorSettings.SPACING, 2.0))
 *         .train(labelMaps, null, engine, Path.of("prior.checkpoint"), false, progress);
 * }</pre>
 */
public final class PriorTraining {

  private static final String STAGE = "Training the prior";

  private final Settings settings;

  private PriorTraining(final Settings settings) {
    this.settings = settings;
  }

  /** A training with these {@link PriorSettings}. */
  public static PriorTraining with(final Settings settings) {
    return new PriorTraining(settings);
  }

  /**
   * Trains to the end, or until cancelled. The weights with the lowest validation loss win.
   *
   * @param maps the label maps
   * @param labels the label set, or null to take it from the maps
   * @param checkpoint where the state is kept on the way; deleted by the caller once the result is
   *     saved
   * @param resume whether to go on from the checkpoint
   * @throws InvalidInputException if a map or a setting cannot be used
   * @throws CancelledException if stopped on request; the message says where the state is
   */
  public AnatomicalPrior train(
      final ImageSource maps,
      final LabelSet labels,
      final Engine engine,
      final Path checkpoint,
      final boolean resume,
      final Progress progress) {
    final PriorData data = new PriorData(maps, labels, settings, progress);
    final Architecture architecture =
        new Architecture(
            data.grid.size(),
            data.labels.size(),
            settings.get(PriorSettings.CHANNELS).stream().mapToInt(i -> i).toArray(),
            settings.get(PriorSettings.LATENT),
            settings.getInt(PriorSettings.LATENT_SIZE));
    progress.log("The networks: " + architecture + ".");
    final List<byte[]> still = new ArrayList<>();
    for (final TrainingMap m : data.training) still.add(data.onGrid(m, engine.threads(), progress));
    final float[] atlas =
        Atlas.logProbabilities(
            still,
            data.grid,
            data.labels.size(),
            data.symmetric ? data.labels.mirrorIndices() : null,
            settings.get(PriorSettings.ATLAS_SMOOTHING));
    still.clear();
    try (PriorTrainer trainer =
        new PriorTrainer(
            architecture,
            engine,
            atlas,
            settings.get(PriorSettings.SEED),
            settings.get(PriorSettings.CLIP))) {
      final TrainingLoop loop = loop(data, checkpoint, progress);
      try (Run run = new Run(data, architecture, trainer, engine, progress)) {
        loop.run(run, resume);
      }
      final Map<String, float[]> weights = new TreeMap<>(loop.best());
      weights.put(AnatomicalPrior.ATLAS, atlas);
      final Provenance provenance =
          new Provenance(
              Version.current(),
              Engine.version(),
              settings.toTexts(),
              data.hashes,
              loop.curve(),
              null);
      return AnatomicalPrior.of(
          new ModelDescription(
              data.grid, data.labels, architecture, data.landmarks, false, provenance),
          weights,
          engine);
    }
  }

  private TrainingLoop loop(final PriorData data, final Path checkpoint, final Progress progress) {
    final Map<String, String> fingerprint = new TreeMap<>(settings.toTexts());
    fingerprint.put("the label maps", data.hashes.toString());
    fingerprint.put("the label set", data.labels.describe());
    final long steps = settings.get(PriorSettings.STEPS);
    return new TrainingLoop(
        STAGE,
        steps,
        settings.get(PriorSettings.CHECKPOINT_EVERY),
        new Schedule(
            steps,
            settings.get(PriorSettings.LEARNING_RATE),
            settings.get(PriorSettings.WARM_UP),
            settings.get(PriorSettings.KL_WEIGHT)),
        fingerprint,
        checkpoint,
        progress);
  }

  /** One training under way. */
  private final class Run implements TrainingLoop.Trainee {
    private final PriorData data;
    private final Architecture architecture;
    private final PriorTrainer trainer;
    private final Augmentation augmentation;
    private final int threads;
    private final List<byte[]> validation = new ArrayList<>();
    private final long seed = settings.get(PriorSettings.SEED);
    private Prefetch<byte[]> maps;
    private PriorTrainer.Loss latest;

    Run(
        final PriorData data,
        final Architecture architecture,
        final PriorTrainer trainer,
        final Engine engine,
        final Progress progress) {
      this.data = data;
      this.architecture = architecture;
      this.trainer = trainer;
      threads = engine.threads();
      augmentation = new Augmentation(data.grid, data.labels.mirrorIndices(), augmentation());
      for (final TrainingMap m : data.validation) validation.add(data.onGrid(m, threads, progress));
    }

    @Override
    public void startAt(final long step) {
      maps = new Prefetch<>(this::augmented, step, settings.get(PriorSettings.STEPS), threads);
    }

    private byte[] augmented(final long step) {
      final SplittableRandom random = Seeds.at(seed, "map", step);
      final TrainingMap map = data.training.get(random.nextInt(data.training.size()));
      return augmentation.augment(map, random.nextLong());
    }

    @Override
    public double step(final long step, final double learningRate, final double weight) {
      final float[] epsilon = new float[architecture.latentCount()];
      Gaussians.fill(epsilon, Seeds.at(seed, "noise", step), 1);
      latest = trainer.step(maps.take(), epsilon, step, learningRate, weight);
      return latest.total();
    }

    @Override
    public String describe() {
      return String.format(
          Locale.ROOT,
          "reconstruction %.4f, divergence %.4f",
          latest.reconstruction(),
          latest.divergence());
    }

    @Override
    public double[] validate() {
      if (validation.isEmpty()) return new double[] {Double.NaN, Double.NaN};
      double loss = 0, dice = 0;
      for (final byte[] map : validation) {
        final PriorTrainer.Evaluation e = trainer.evaluate(map);
        loss += e.loss().total() / validation.size();
        dice +=
            OverlapScore.meanDice(e.reconstruction(), map, data.labels.size()) / validation.size();
      }
      return new double[] {loss, dice};
    }

    @Override
    public Map<String, float[]> weights() {
      return trainer.weights();
    }

    @Override
    public Map<String, float[]> optimiser() {
      return trainer.optimiser();
    }

    @Override
    public Map<String, double[]> extra() {
      return Map.of();
    }

    @Override
    public void restore(final Map<String, float[]> state, final Map<String, double[]> extra) {
      trainer.restore(state);
    }

    @Override
    public void close() {
      if (maps != null) maps.close();
    }

    private AugmentationSettings augmentation() {
      final double a = settings.get(PriorSettings.AFFINE);
      final double d = settings.get(PriorSettings.DEFORMATION);
      final AugmentationSettings usual = AugmentationSettings.defaults();
      return usual
          .withAffine(
              a * usual.rotation(), a * usual.scale(), a * usual.shear(), a * usual.translation())
          .withDeformation(
              d * usual.deformation(),
              usual.deformationSpacing(),
              d * usual.coarseDeformation(),
              usual.coarseSpacing())
          .withFlip(data.symmetric);
    }
  }
}
