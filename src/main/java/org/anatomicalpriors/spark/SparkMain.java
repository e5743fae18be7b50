package org.anatomicalpriors.spark;

import java.util.Arrays;
import org.anatomicalpriors.cli.Program;

/** The entry point of {@code scripts/anatomical-priors-spark}, and for {@code spark-submit}. */
public final class SparkMain {

  private SparkMain() {}

  public static void main(final String... args) {
    // What matters comes back as an exception; the rest would mix with the progress.
    if (!Arrays.asList(args).contains("--verbose"))
      System.setProperty("org.slf4j.simpleLogger.log.org.apache.spark", "off");
    Program.run("anatomical-priors-spark", new SparkSegmentJob(), args);
  }
}
