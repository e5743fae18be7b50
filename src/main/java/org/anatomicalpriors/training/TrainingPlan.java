package org.anatomicalpriors.training;

import java.nio.file.Path;

/** What a training is going to do. Immutable. */
public final class TrainingPlan {

  private final String title;
  private final String dataTerm;
  private final long firstStep;
  private final long steps;
  private final long validationEvery;
  private final String device;
  private final Path checkpoint;

  TrainingPlan(
      final String title,
      final String dataTerm,
      final long firstStep,
      final long steps,
      final long validationEvery,
      final String device,
      final Path checkpoint) {
    this.title = title;
    this.dataTerm = dataTerm;
    this.firstStep = firstStep;
    this.steps = steps;
    this.validationEvery = validationEvery;
    this.device = device;
    this.checkpoint = checkpoint;
  }

  /** Such as {@code Training the prior}. */
  public String title() {
    return title;
  }

  /** Name of the first term of the loss: {@code reconstruction} or {@code data term}. */
  public String dataTerm() {
    return dataTerm;
  }

  /** Steps done before, 0 unless resumed. */
  public long firstStep() {
    return firstStep;
  }

  /** Number of the last step. */
  public long steps() {
    return steps;
  }

  /** Steps between validations. */
  public long validationEvery() {
    return validationEvery;
  }

  /** Such as {@code cpu, 8 threads}. */
  public String device() {
    return device;
  }

  /** Where the state is kept. */
  public Path checkpoint() {
    return checkpoint;
  }
}
