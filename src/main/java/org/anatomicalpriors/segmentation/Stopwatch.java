package org.anatomicalpriors.segmentation;

import java.util.LinkedHashMap;
import java.util.Map;

/** Wall time of the stages of one segmentation, in seconds. */
final class Stopwatch {

  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private long last = System.nanoTime();

  /** Books the time since the lap before under this stage. */
  void lap(final String stage) {
    final long now = System.nanoTime();
    seconds.merge(stage, (now - last) / 1e9, Double::sum);
    last = now;
  }

  Map<String, Double> seconds() {
    return seconds;
  }
}
