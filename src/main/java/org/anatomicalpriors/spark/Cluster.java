package org.anatomicalpriors.spark;

import org.anatomicalpriors.Excerpt;
import org.anatomicalpriors.InvalidInputException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** How Spark is started. */
final class Cluster {

  private static final String MASTER = "spark.master";
  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";

  private Cluster() {}

  /**
   * Starts Spark, with what {@code spark-submit} or Java's properties say of it.
   *
   * @param master as people give it; empty if they do not
   * @throws InvalidInputException if there is no such master
   */
  static JavaSparkContext start(final String master) {
    final SparkConf conf = new SparkConf().setAppName("Anatomical Priors");
    if (!master.isEmpty()) conf.setMaster(master);
    conf.setIfMissing(MASTER, "local[*]");
    conf.setIfMissing("spark.ui.enabled", "false");
    if (conf.get(MASTER).startsWith("local")) {
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
      conf.setIfMissing("spark.driver.host", "127.0.0.1");
    }
    limitCores(conf);
    try {
      return new JavaSparkContext(conf);
    } catch (final Exception e) { // Spark's own are not declared
      throw new InvalidInputException(
          "Spark could not be started with the master "
              + conf.get(MASTER)
              + " ("
              + Excerpt.of(String.valueOf(e.getMessage()), 200)
              + "); give local[N], or the address of a master that runs, such as spark://host:7077.",
          e);
    }
  }

  /** An executor shall use the cores that it was given, not all that its computer has. */
  private static void limitCores(final SparkConf conf) {
    if (conf.contains("spark.executor.cores"))
      conf.set(
          EXECUTOR_OPTIONS,
          (conf.get(EXECUTOR_OPTIONS, "")
                  + " -XX:ActiveProcessorCount="
                  + conf.get("spark.executor.cores"))
              .trim());
  }
}
