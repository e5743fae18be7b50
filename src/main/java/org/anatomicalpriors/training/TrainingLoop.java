package org.anatomicalpriors.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.model.ModelDescription.CurvePoint;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;

/**
 * The course of a training: steps, validation, the best weights, checkpoints, stopping and going
 * on. What a step does is the {@link Trainee}'s business.
 */
final class TrainingLoop {

  /** What is trained. */
  interface Trainee extends AutoCloseable {

    /** Does one step; returns its loss, in nats per voxel. */
    double step(long step, double learningRate, double divergenceWeight);

    /** One line about the latest step. */
    String describe();

    /** Loss and mean Dice of the held-out data ({@code NaN} where there is none). */
    double[] validate();

    Map<String, float[]> weights();

    Map<String, float[]> optimiser();

    /** Further numbers that the coming steps depend on. */
    Map<String, double[]> extra();

    /** Takes up what the three methods above gave earlier. */
    void restore(Map<String, float[]> state, Map<String, double[]> extra);

    /** Begins preparing data for the steps from here on. */
    void startAt(long step);

    @Override
    void close();
  }

  /** In a checkpoint: sum and number of the losses since the last point of the curve. */
  private static final String LOSSES = "losses";

  private final String stage;
  private final long steps;
  private final long every;
  private final Schedule schedule;
  private final Map<String, String> fingerprint;
  private final Path checkpoint;
  private final Progress progress;
  private final List<CurvePoint> curve = new ArrayList<>();
  private Map<String, float[]> best = Map.of();
  private double bestLoss = Double.POSITIVE_INFINITY;
  private double sum; // of the losses since the last point of the curve
  private long count;

  /**
   * @param stage what progress calls it
   * @param every how many steps are between validations and checkpoints
   * @param fingerprint what must agree for a training to be resumed
   */
  TrainingLoop(
      final String stage,
      final long steps,
      final long every,
      final Schedule schedule,
      final Map<String, String> fingerprint,
      final Path checkpoint,
      final Progress progress) {
    this.stage = stage;
    this.steps = steps;
    this.every = every;
    this.schedule = schedule;
    this.fingerprint = new TreeMap<>(fingerprint);
    this.checkpoint = checkpoint;
    this.progress = progress;
  }

  /**
   * Runs to the end.
   *
   * @param resume whether to go on from the checkpoint
   * @throws CancelledException if stopped on request, after saving a checkpoint
   */
  void run(final Trainee trainee, final boolean resume) {
    long start = 0;
    if (resume) {
      final Checkpoint c = Checkpoint.read(checkpoint, fingerprint);
      trainee.restore(c.latest(), c.extra());
      sum = c.extra().get(LOSSES)[0];
      count = (long) c.extra().get(LOSSES)[1];
      start = c.step();
      bestLoss = c.bestLoss();
      best = c.best();
      curve.addAll(c.curve());
      progress.log("Resumed at step " + start + " of " + steps + ".");
    }
    trainee.startAt(start);
    for (long step = start; step < steps; step++) {
      if (progress.isCancelled()) throw stop(trainee, step);
      final double loss =
          trainee.step(step, schedule.learningRate(step), schedule.divergenceWeight(step));
      if (!Double.isFinite(loss)) throw diverged(step);
      sum += loss;
      count++;
      final boolean last = step + 1 == steps;
      if (last || (step + 1) % every == 0) {
        validate(trainee, step + 1, sum / count);
        sum = count = 0;
        save(trainee, step + 1);
      }
      progress.update(stage, step + 1, steps, trainee.describe());
    }
  }

  /** Weights with the lowest validation loss, or the last ones if nothing was held out. */
  Map<String, float[]> best() {
    return best;
  }

  List<CurvePoint> curve() {
    return curve;
  }

  private void validate(final Trainee trainee, final long step, final double trainingLoss) {
    final double[] v = trainee.validate();
    curve.add(new CurvePoint(step, trainingLoss, v[0], v[1]));
    if (Double.isNaN(v[0]) || v[0] < bestLoss) {
      bestLoss = v[0];
      best = trainee.weights();
    }
    progress.log(
        String.format(Locale.ROOT, "Step %d: training loss %.4f", step, trainingLoss)
            + (Double.isNaN(v[0])
                ? ""
                : String.format(Locale.ROOT, ", validation loss %.4f nats a voxel", v[0]))
            + (Double.isNaN(v[1])
                ? "."
                : String.format(Locale.ROOT, ", Dice of the held-out maps %.3f.", v[1])));
  }

  private void save(final Trainee trainee, final long step) {
    final Map<String, float[]> latest = new TreeMap<>(trainee.weights());
    latest.putAll(trainee.optimiser());
    final Map<String, double[]> extra = new TreeMap<>(trainee.extra());
    extra.put(LOSSES, new double[] {sum, count});
    new Checkpoint(fingerprint, step, bestLoss, curve, extra, latest, best).write(checkpoint);
  }

  private CancelledException stop(final Trainee trainee, final long step) {
    save(trainee, step);
    return new CancelledException(
        "Stopped on request after "
            + step
            + " of "
            + steps
            + " steps; the state is kept in "
            + checkpoint
            + " and --resume goes on from there.");
  }

  private static InvalidInputException diverged(final long step) {
    return new InvalidInputException(
        "The loss became infinite at step "
            + step
            + "; the learning rate is too high for these data: give a lower one.");
  }
}
