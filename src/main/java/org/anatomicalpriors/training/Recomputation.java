package org.anatomicalpriors.training;

import org.anatomicalpriors.model.Keeping;

/**
 * Whether the gradients of a training keep what the networks computed, or compute it again level by
 * level, which takes less memory and more time. What is learned is the same, in slabs but for
 * rounding.
 */
public enum Recomputation {
  /**
   * If the estimate says that memory would not do without it, or once memory has run out; in slabs
   * of the finest level if that does not do either.
   */
  AUTO,
  /** From the start, and in slabs once memory has run out even so. */
  ON,
  /** Never. */
  OFF;

  /** What is kept where memory does. */
  Keeping most() {
    return this == ON ? Keeping.LEVELS : Keeping.ALL;
  }

  /** What is kept where nothing more would do. */
  Keeping least() {
    return this == OFF ? Keeping.ALL : Keeping.SLABS;
  }
}
