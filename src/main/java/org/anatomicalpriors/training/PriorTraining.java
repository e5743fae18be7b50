package org.anatomicalpriors.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.Version;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.Architecture;
import org.anatomicalpriors.model.ModelDescription;
import org.anatomicalpriors.model.ModelDescription.CurvePoint;
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

  /** In a checkpoint: sum and number of the losses since the last point of the curve. */
  private static final String LOSSES = "losses";

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
      final Run run = new Run(data, architecture, trainer, engine, checkpoint, progress);
      if (resume) run.resume();
      run.train();
      final Map<String, float[]> weights = new TreeMap<>(run.best);
      weights.put(AnatomicalPrior.ATLAS, atlas);
      final Provenance provenance =
          new Provenance(
              Version.current(),
              Engine.version(),
              settings.toTexts(),
              data.hashes,
              run.curve,
              null);
      return AnatomicalPrior.of(
          new ModelDescription(
              data.grid, data.labels, architecture, data.landmarks, false, provenance),
          weights,
          engine);
    }
  }

  /** One training under way. */
  private final class Run {
    private final PriorData data;
    private final Architecture architecture;
    private final PriorTrainer trainer;
    private final Engine engine;
    private final Path checkpoint;
    private final Progress progress;
    private final Map<String, String> fingerprint = new TreeMap<>();
    private final List<CurvePoint> curve = new ArrayList<>();
    private final List<byte[]> validation = new ArrayList<>();
    private final long steps = settings.get(PriorSettings.STEPS);
    private final long seed = settings.get(PriorSettings.SEED);
    private Map<String, float[]> best = Map.of();
    private double bestLoss = Double.POSITIVE_INFINITY;
    private double sum; // of the losses since the last point of the curve
    private long count;
    private long start;

    Run(
        final PriorData data,
        final Architecture architecture,
        final PriorTrainer trainer,
        final Engine engine,
        final Path checkpoint,
        final Progress progress) {
      this.data = data;
      this.architecture = architecture;
      this.trainer = trainer;
      this.engine = engine;
      this.checkpoint = checkpoint;
      this.progress = progress;
      fingerprint.putAll(settings.toTexts());
      fingerprint.put("the label maps", data.hashes.toString());
      fingerprint.put("the label set", data.labels.toString());
      for (final TrainingMap m : data.validation)
        validation.add(data.onGrid(m, engine.threads(), progress));
    }

    void resume() {
      final Checkpoint c = Checkpoint.read(checkpoint, fingerprint);
      trainer.restore(c.latest());
      start = c.step();
      bestLoss = c.bestLoss();
      best = c.best();
      curve.addAll(c.curve());
      sum = c.extra().get(LOSSES)[0];
      count = (long) c.extra().get(LOSSES)[1];
      progress.log("Resumed at step " + start + " of " + steps + ".");
    }

    void train() {
      final Schedule schedule =
          new Schedule(
              steps,
              settings.get(PriorSettings.LEARNING_RATE),
              settings.get(PriorSettings.WARM_UP),
              settings.get(PriorSettings.KL_WEIGHT));
      final Augmentation augmentation =
          new Augmentation(data.grid, data.labels.mirrorIndices(), augmentation());
      final long every = settings.get(PriorSettings.CHECKPOINT_EVERY);
      try (Prefetch<byte[]> maps =
          new Prefetch<>(s -> augmented(augmentation, s), start, steps, engine.threads())) {
        for (long step = start; step < steps; step++) {
          if (progress.isCancelled()) throw stop(step);
          final float[] epsilon = new float[architecture.latentCount()];
          Gaussians.fill(epsilon, Seeds.at(seed, "noise", step), 1);
          final PriorTrainer.Loss loss =
              trainer.step(
                  maps.take(),
                  epsilon,
                  step,
                  schedule.learningRate(step),
                  schedule.divergenceWeight(step));
          if (!Double.isFinite(loss.total())) throw diverged(step);
          sum += loss.total();
          count++;
          final boolean last = step + 1 == steps;
          if (last || (step + 1) % every == 0) {
            validate(step + 1, sum / count);
            sum = count = 0;
            if (!last) save(step + 1);
          }
          progress.update(STAGE, step + 1, steps, describe(loss));
        }
      }
    }

    private byte[] augmented(final Augmentation augmentation, final long step) {
      final java.util.SplittableRandom random = Seeds.at(seed, "map", step);
      final TrainingMap map = data.training.get(random.nextInt(data.training.size()));
      return augmentation.augment(map, random.nextLong());
    }

    private void validate(final long step, final double trainingLoss) {
      double loss = 0, dice = 0;
      for (final byte[] map : validation) {
        final PriorTrainer.Evaluation e = trainer.evaluate(map);
        loss += e.loss().total() / validation.size();
        dice +=
            OverlapScore.meanDice(e.reconstruction(), map, data.labels.size()) / validation.size();
      }
      final boolean measured = !validation.isEmpty();
      curve.add(
          new CurvePoint(
              step, trainingLoss, measured ? loss : Double.NaN, measured ? dice : Double.NaN));
      if (!measured || loss < bestLoss) {
        bestLoss = loss;
        best = trainer.weights();
      }
      if (measured)
        progress.log(
            String.format(
                Locale.ROOT,
                "Step %d: training loss %.4f, validation loss %.4f nats a voxel, Dice of the held-out reconstructions %.3f.",
                step,
                trainingLoss,
                loss,
                dice));
    }

    private void save(final long step) {
      final Map<String, float[]> latest = trainer.weights();
      latest.putAll(trainer.optimiser());
      final Map<String, double[]> extra = Map.of(LOSSES, new double[] {sum, count});
      new Checkpoint(fingerprint, step, bestLoss, curve, extra, latest, best).write(checkpoint);
    }

    private CancelledException stop(final long step) {
      save(step);
      return new CancelledException(
          "Stopped on request after "
              + step
              + " of "
              + steps
              + " steps; the state is kept in "
              + checkpoint
              + " and --resume goes on from there.");
    }

    private InvalidInputException diverged(final long step) {
      return new InvalidInputException(
          "The loss became infinite at step "
              + step
              + "; the learning rate of "
              + settings.get(PriorSettings.LEARNING_RATE)
              + " is too high for these maps: give a lower one.");
    }

    private String describe(final PriorTrainer.Loss loss) {
      return String.format(
          Locale.ROOT,
          "reconstruction %.4f, divergence %.4f",
          loss.reconstruction(),
          loss.divergence());
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
