package org.anatomicalpriors.spark;

import org.anatomicalpriors.cli.Program;

/** The entry point of {@code scripts/anatomical-priors-spark}, and for {@code spark-submit}. */
public final class SparkMain {

  private SparkMain() {}

  public static void main(final String... args) {
    Program.run("anatomical-priors-spark", new SparkSegmentJob(), args);
  }
}
