package org.anatomicalpriors.training;

/** A point of the training's curve. Immutable. */
public final class TrainingPoint {

  private final long step;
  private final LossParts training;
  private final LossParts validation;
  private final double dice;
  private final boolean best;

  TrainingPoint(
      final long step,
      final LossParts training,
      final LossParts validation,
      final double dice,
      final boolean best) {
    this.step = step;
    this.training = training;
    this.validation = validation;
    this.dice = dice;
    this.best = best;
  }

  /** Number of steps done. */
  public long step() {
    return step;
  }

  /** Mean loss of the steps since the point before. */
  public LossParts training() {
    return training;
  }

  /** Mean loss of the held-out data, not a number if none are. */
  public LossParts validation() {
    return validation;
  }

  /** Mean Dice of the held-out maps' reconstructions, or not a number. */
  public double dice() {
    return dice;
  }

  /** Whether the weights of this step are the best so far. */
  public boolean isBest() {
    return best;
  }
}
