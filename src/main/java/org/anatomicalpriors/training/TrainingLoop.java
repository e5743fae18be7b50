package org.anatomicalpriors.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.ModelDescription.CurvePoint;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;

/**
 * The course of a training: steps, validation, the best weights, checkpoints, stopping and going
 * on, and what the person who watches it asks for. What a step does is the {@link Trainee}'s
 * business. Watching changes nothing of the result.
 */
final class TrainingLoop {

  /** In a checkpoint: the losses since the last point of the curve. */
  private static final String LOSSES = "losses";

  private final long steps;
  private final long every;
  private final Schedule schedule;
  private final Map<String, String> fingerprint;
  private final Path checkpoint;
  private final Supervision supervision;
  private final Progress progress;
  private final TrainingListener listener;
  private final List<CurvePoint> curve = new ArrayList<>();
  private final LossMean losses = new LossMean();
  private Map<String, float[]> best = Map.of();
  private double bestLoss = Double.POSITIVE_INFINITY;

  /**
   * @param every how many steps are between validations and checkpoints
   * @param fingerprint what must agree for a training to be resumed
   */
  TrainingLoop(
      final long steps,
      final long every,
      final Schedule schedule,
      final Map<String, String> fingerprint,
      final Path checkpoint,
      final Supervision supervision) {
    this.steps = steps;
    this.every = every;
    this.schedule = schedule;
    this.fingerprint = new TreeMap<>(fingerprint);
    this.checkpoint = checkpoint;
    this.supervision = supervision;
    progress = supervision.progress();
    listener = supervision.listener();
  }

  /**
   * Runs to the end, or until it is asked to finish.
   *
   * @param resume whether to go on from the checkpoint
   * @return the model with the lowest validation loss, or with the last weights if nothing was held
   *     out
   * @throws CancelledException if stopped on request, after saving a checkpoint
   */
  AnatomicalPrior run(final Trainee trainee, final boolean resume) {
    final long start = resume ? restore(trainee) : 0;
    listener.started(
        new TrainingPlan(
            trainee.title(),
            trainee.dataTerm(),
            start,
            steps,
            every,
            trainee.device(),
            checkpoint));
    for (final CurvePoint p : curve)
      listener.validated(
          new TrainingPoint(
              p.step(),
              LossParts.total(p.training()),
              LossParts.total(p.validation()),
              p.dice(),
              p.validation() == bestLoss));
    trainee.startAt(start);
    final PaceMeter meter = new PaceMeter(System::nanoTime, start, steps);
    Pace pace = new Pace(Double.NaN, Double.NaN);
    if (!losses.isEmpty() && isPoint(start)) validate(trainee, start, pace); // stopped before it
    else preview(trainee, start);
    long step = start;
    while (step < steps && !(step > 0 && supervision.control().isFinishRequested())) {
      if (progress.isCancelled()) throw stop(trainee, step);
      if (step > 0 && supervision.control().takeExportRequest()) export(trainee, step);
      meter.begin();
      final LossParts loss = step(trainee, step);
      losses.add(loss);
      pace = meter.end(++step);
      listener.stepped(new TrainingStep(step, loss, pace, Memory.now()));
      if (isPoint(step)) validate(trainee, step, pace);
      progress.update(trainee.title(), step, steps, describe(trainee, loss, pace));
    }
    if (step < steps) {
      if (!losses.isEmpty()) validate(trainee, step, pace);
      progress.log("Finished on request after " + step + " of " + steps + " steps.");
    }
    return model(trainee, step);
  }

  private AnatomicalPrior model(final Trainee trainee, final long step) {
    try {
      return trainee.model(best, curve);
    } catch (final CancelledException e) {
      throw stop(trainee, step);
    }
  }

  private long restore(final Trainee trainee) {
    final Checkpoint c = Checkpoint.read(checkpoint, fingerprint);
    trainee.restore(c.latest(), c.extra());
    losses.restore(c.extra().get(LOSSES));
    bestLoss = c.bestLoss();
    best = c.best();
    curve.addAll(c.curve());
    progress.log("Resumed at step " + c.step() + " of " + steps + ".");
    return c.step();
  }

  private boolean isPoint(final long step) {
    return step == steps || step % every == 0;
  }

  private LossParts step(final Trainee trainee, final long step) {
    final LossParts loss;
    try {
      loss =
          trainee.step(
              step, schedule.learningRate(step), schedule.divergenceWeight(step), progress);
    } catch (final CancelledException e) {
      throw stop(trainee, step);
    }
    if (!Double.isFinite(loss.total())) throw diverged(step);
    return loss;
  }

  private static String describe(final Trainee trainee, final LossParts loss, final Pace pace) {
    return terms(trainee, loss) + (pace.toString().isEmpty() ? "" : ", " + pace);
  }

  private static String terms(final Trainee trainee, final LossParts loss) {
    return String.format(
        Locale.ROOT,
        "%s %.4f, divergence %.4f",
        trainee.dataTerm(),
        loss.data(),
        loss.divergence());
  }

  /** Adds a point to the curve, keeps the weights if they are the best, and saves all. */
  private void validate(final Trainee trainee, final long step, final Pace pace) {
    final Trainee.Validation v;
    try {
      v = trainee.validate(progress);
    } catch (final CancelledException e) {
      throw stop(trainee, step);
    }
    final double loss = v.loss.total();
    curve.add(new CurvePoint(step, losses.total(), loss, v.dice));
    final boolean isBest = Double.isNaN(loss) || loss < bestLoss;
    if (isBest) {
      bestLoss = loss;
      best = trainee.weights();
    }
    final LossParts mean = losses.parts();
    losses.clear();
    save(trainee, step);
    final TrainingPoint point = new TrainingPoint(step, mean, v.loss, v.dice, isBest);
    progress.log(describe(trainee, point, curve.get(curve.size() - 1).training(), pace));
    listener.validated(point);
    preview(trainee, step);
  }

  private static String describe(
      final Trainee trainee, final TrainingPoint p, final double training, final Pace pace) {
    final StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "Step %d: training loss %.4f", p.step(), training))
        .append(" (" + terms(trainee, p.training()) + ")");
    if (!Double.isNaN(p.validation().total()))
      line.append(String.format(Locale.ROOT, ", validation loss %.4f", p.validation().total()))
          .append(" (" + terms(trainee, p.validation()) + ")");
    line.append(" nats a voxel");
    if (!Double.isNaN(p.dice()))
      line.append(String.format(Locale.ROOT, ", Dice of the held-out maps %.3f", p.dice()));
    if (!pace.toString().isEmpty()) line.append("; ").append(pace);
    return line.append("; ").append(Memory.now()).append('.').toString();
  }

  private void preview(final Trainee trainee, final long step) {
    if (!listener.wantsPreview() || progress.isCancelled()) return;
    try {
      listener.previewed(trainee.preview(step, progress));
    } catch (final CancelledException e) {
      throw stop(trainee, step);
    }
  }

  /** Writes the best model so far, or the model as it is before the first validation. */
  private void export(final Trainee trainee, final long now) {
    if (supervision.export().isEmpty()) return;
    final long step = best.isEmpty() ? now : bestStep();
    progress.log("Writing the model of step " + step + ".");
    try (AnatomicalPrior model =
        trainee.model(best.isEmpty() ? trainee.weights() : best, List.copyOf(curve))) {
      final Path file = supervision.export().get().write(model, step);
      progress.log("The model of step " + step + " is in " + file + "; the training goes on.");
      listener.exported(file);
    } catch (final CancelledException e) {
      throw stop(trainee, now);
    } catch (final IOException | UncheckedIOException e) {
      progress.log(
          "The model of step "
              + step
              + " could not be written ("
              + e.getMessage()
              + "); the training goes on.");
    }
  }

  private long bestStep() {
    for (final CurvePoint p : curve) if (p.validation() == bestLoss) return p.step();
    return curve.get(curve.size() - 1).step(); // nothing is held out: the latest
  }

  private void save(final Trainee trainee, final long step) {
    final Map<String, float[]> latest = new TreeMap<>(trainee.weights());
    latest.putAll(trainee.optimiser());
    final Map<String, double[]> extra = new TreeMap<>(trainee.extra());
    extra.put(LOSSES, losses.state());
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
            + "; to go on from there, train again with resume (--resume in a shell).");
  }

  private static InvalidInputException diverged(final long step) {
    return new InvalidInputException(
        "The loss became infinite at step "
            + step
            + "; the learning rate is too high for these data: give a lower one.");
  }
}
