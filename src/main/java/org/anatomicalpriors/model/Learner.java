package org.anatomicalpriors.model;

import java.util.Map;

/** What learns step by step, and all that its coming steps depend on. */
public interface Learner extends AutoCloseable {

  /** Weights by name. */
  Map<String, float[]> weights();

  /** The optimiser's moments by name. */
  Map<String, float[]> optimiser();

  /** Takes up weights and, where given, moments of an earlier run. */
  void restore(Map<String, float[]> state);

  @Override
  void close();
}
