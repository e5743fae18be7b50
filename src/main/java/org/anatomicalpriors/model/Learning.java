package org.anatomicalpriors.model;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.tensorflow.OutOfMemory;

/**
 * What learns step by step, made anew to keep less when TensorFlow's memory runs out in a step: at
 * first with recomputation, then with the finest level in slabs. A step that failed so has changed
 * nothing and is done again.
 */
public final class Learning<T extends Learner> implements AutoCloseable {

  private final Function<Keeping, T> make;
  private final Keeping least;
  private final String what;
  private final Progress progress;
  private Keeping keeping;
  private T learner;

  /** What was learned, while there is no learner; null before the first. */
  private Map<String, float[]> state;

  /**
   * @param make makes the learner
   * @param keeping what it keeps from the start
   * @param least what it may be left with once memory has run out
   * @param what the steps are together, such as a training
   * @param progress told when that happens
   */
  public Learning(
      final Function<Keeping, T> make,
      final Keeping keeping,
      final Keeping least,
      final String what,
      final Progress progress) {
    this.make = make;
    this.keeping = keeping;
    this.least = least;
    this.what = what;
    this.progress = progress;
  }

  /** The learner of now; another one after a step for which there was too little memory. */
  public T learner() {
    while (learner == null)
      try {
        learner = made();
      } catch (final RuntimeException e) {
        keepLess("while the networks were built", e);
      }
    return learner;
  }

  private T made() {
    final T made = make.apply(keeping);
    try {
      if (state != null) made.restore(state);
    } catch (final RuntimeException | Error e) {
      made.close();
      throw e;
    }
    state = null;
    return made;
  }

  /** Whether the finest level is computed in slabs by now. */
  public boolean isInSlabs() {
    return keeping == Keeping.SLABS;
  }

  /**
   * Makes room for other networks where there is little: the learner is made anew when it is needed
   * again.
   */
  public void rest() {
    if (isInSlabs()) stop();
  }

  private void stop() {
    if (learner == null) return;
    state = new TreeMap<>(learner.weights());
    state.putAll(learner.optimiser());
    learner.close();
    learner = null;
  }

  /**
   * Does a step.
   *
   * @param number of the step, from 0
   */
  public <R> R step(final long number, final Function<T, R> step) {
    while (true)
      try {
        return step.apply(learner());
      } catch (final RuntimeException e) {
        keepLess("in step " + (number + 1), e);
      }
  }

  /** Goes over to keeping less, if that is what helps and may be. */
  private void keepLess(final String when, final RuntimeException failure) {
    if (keeping.compareTo(least) >= 0 || !OutOfMemory.isEngine(failure)) throw failure;
    stop();
    keeping = keeping.next();
    progress.log(
        "TensorFlow's memory ran out "
            + when
            + "; the "
            + what
            + " goes on from there "
            + keeping.how()
            + ".");
  }

  @Override
  public void close() {
    if (learner != null) learner.close();
  }
}
