package org.anatomicalpriors.training;

/**
 * Whether the gradients of a training keep what the networks computed, or compute it again level by
 * level, which takes less memory and more time. What is learned is the same.
 */
public enum Recomputation {
  /** If the estimate says that memory would not do without it, or once memory has run out. */
  AUTO,
  /** From the start. */
  ON,
  /** Never. */
  OFF
}
