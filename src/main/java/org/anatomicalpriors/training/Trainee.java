package org.anatomicalpriors.training;

import java.util.List;
import java.util.Map;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.ModelDescription.CurvePoint;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;

/** What a {@link TrainingLoop} trains. */
interface Trainee extends AutoCloseable {

  /** Such as {@code Training the prior}. */
  String title();

  /** Name of the loss's term beside the divergence. */
  String dataTerm();

  /** On what it runs. */
  String device();

  /**
   * Does one step; returns its loss, in nats per voxel.
   *
   * @throws CancelledException if stopped while it waited for data; nothing was changed then
   */
  LossParts step(long step, double learningRate, double divergenceWeight, Progress progress);

  /**
   * Looks at the held-out data.
   *
   * @throws CancelledException if stopped; nothing was changed then
   */
  Validation validate(Progress progress);

  /**
   * How the weights now do on one example; changes nothing and draws none of the steps' numbers.
   */
  TrainingPreview preview(long step, Progress progress);

  /** The whole model with some weights of this training. */
  AnatomicalPrior model(Map<String, float[]> weights, List<CurvePoint> curve);

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

  /** What the held-out data say. */
  final class Validation {
    static final Validation NONE = new Validation(LossParts.NONE, Double.NaN);

    final LossParts loss;
    final double dice;

    /**
     * @param dice mean of the held-out maps' reconstructions, not a number where there are none
     */
    Validation(final LossParts loss, final double dice) {
      this.loss = loss;
      this.dice = dice;
    }
  }
}
