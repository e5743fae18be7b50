package org.anatomicalpriors.model;

/** What is maximised when an image has no labels. */
public enum Objective {
  /** The likelihood itself, the sum over all label maps being exact. */
  EXACT,
  /** The paper's lower bound (equation 14). */
  BOUND
}
