package org.anatomicalpriors.progress;

/** Times for people to read. */
public final class Durations {

  private Durations() {}

  /** Seconds in the words that a person would use, such as {@code 42 s} or {@code 2 h 5 min}. */
  public static String text(final double seconds) {
    if (seconds < 100) return Math.round(seconds) + " s";
    final long minutes = Math.round(seconds / 60);
    return minutes < 100 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
  }
}
