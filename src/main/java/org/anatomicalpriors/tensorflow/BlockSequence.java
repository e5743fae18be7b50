package org.anatomicalpriors.tensorflow;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.family.TType;

/**
 * Blocks of a {@link Tape} that wait for one another, so that only one of them is in memory at
 * once: when they are computed, and when they are computed again for their gradients. They share
 * the parameters that the first of them makes.
 */
public final class BlockSequence {

  private final List<Op> results = new ArrayList<>();
  private final List<Op> others = new ArrayList<>();

  /** Makes the next block wait also for something else that the current one finds; returns it. */
  public <T extends TType> Operand<T> await(final Operand<T> found) {
    others.add(found);
    return found;
  }

  /** What the next block has to wait for; empty before the first. */
  List<Op> awaited() {
    return List.copyOf(results);
  }

  /** The results of a block, which with all that was found in it take the place of others. */
  void computed(final Operand<?> result) {
    results.clear();
    results.add(result);
    results.addAll(others);
    others.clear();
  }

  /** The gradients of a block; they ask for nothing else that is found in it. */
  void computedAgain(final List<? extends Op> gradients) {
    results.clear();
    results.addAll(gradients);
    others.clear();
  }
}
