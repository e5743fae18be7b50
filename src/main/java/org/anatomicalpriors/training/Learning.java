package org.anatomicalpriors.training;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.anatomicalpriors.model.Learner;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.tensorflow.OutOfMemory;

/**
 * What learns in a training, made anew with recomputation when TensorFlow's memory runs out in a
 * step. A step that failed so has changed nothing and is done again.
 */
final class Learning<T extends Learner> implements AutoCloseable {

  private final Function<Boolean, T> make;
  private final boolean mayRecompute;
  private final Progress progress;
  private boolean recomputes;
  private T learner;

  /**
   * @param make makes the learner, with recomputation or without
   * @param recomputes whether to recompute from the start
   * @param mayRecompute whether to do so once memory has run out
   * @param progress told when that happens
   */
  Learning(
      final Function<Boolean, T> make,
      final boolean recomputes,
      final boolean mayRecompute,
      final Progress progress) {
    this.make = make;
    this.recomputes = recomputes;
    this.mayRecompute = mayRecompute;
    this.progress = progress;
    learner = make.apply(recomputes);
  }

  /** The learner of now; another one after a step for which there was too little memory. */
  T learner() {
    return learner;
  }

  /**
   * Does a step.
   *
   * @param number of the step, from 0
   */
  <R> R step(final long number, final Function<T, R> step) {
    try {
      return step.apply(learner);
    } catch (final RuntimeException e) {
      if (recomputes || !mayRecompute || !OutOfMemory.isEngine(e)) throw e;
    }
    progress.log(
        "TensorFlow's memory ran out in step "
            + (number + 1)
            + "; the training goes on from there with recomputation, which takes less memory, about a third more time, and gives the same result.");
    recompute();
    return step.apply(learner);
  }

  private void recompute() {
    final Map<String, float[]> state = new TreeMap<>(learner.weights());
    state.putAll(learner.optimiser());
    learner.close();
    recomputes = true;
    learner = make.apply(true);
    learner.restore(state);
  }

  @Override
  public void close() {
    learner.close();
  }
}
