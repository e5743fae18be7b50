package org.anatomicalpriors.training;

/** One step that was done. Immutable. */
public final class TrainingStep {

  private final long done;
  private final LossParts loss;
  private final Pace pace;
  private final Memory memory;

  TrainingStep(final long done, final LossParts loss, final Pace pace, final Memory memory) {
    this.done = done;
    this.loss = loss;
    this.pace = pace;
    this.memory = memory;
  }

  /** Number of steps done, this one included. */
  public long done() {
    return done;
  }

  /** Loss of this step's example before the step. */
  public LossParts loss() {
    return loss;
  }

  /** How fast the training goes. */
  public Pace pace() {
    return pace;
  }

  /** What the process holds. */
  public Memory memory() {
    return memory;
  }
}
