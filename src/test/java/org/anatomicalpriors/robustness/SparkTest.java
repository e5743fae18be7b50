package org.anatomicalpriors.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.anatomicalpriors.processes.ChildProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The batch on Spark, in one process and on a cluster of several, has to end in what the ordinary
 * batch makes, byte by byte, whatever is done to its executors.
 */
class SparkTest {

  private static final int IMAGES = 10;
  private static final long MOST_MILLIS = 120_000;

  @TempDir static Path folder;

  private static SparkWork work;
  private static SparkCluster cluster;

  @BeforeAll
  static void segmentWithoutSpark() throws IOException, InterruptedException {
    final ToyWork toy = ToyWork.shared();
    work = SparkWork.withBadImage(toy, Files.createDirectory(folder.resolve("work")), IMAGES);
    cluster = new SparkCluster(Files.createDirectory(folder.resolve("cluster")), 2);
  }

  @AfterAll
  static void end() {
    if (cluster != null) cluster.close();
  }

  private static void awaitRecords(final Path results, final int count, final ChildProcess driver)
      throws IOException, InterruptedException {
    for (final long start = System.currentTimeMillis();
        SparkWork.records(results) < count;
        Thread.sleep(10))
      if (!driver.isAlive() || System.currentTimeMillis() - start > MOST_MILLIS)
        throw new AssertionError(driver.said() + cluster.said());
  }

  /** One image of the manifest is damaged, so that a whole run ends with 1. */
  private static void assertEndsAsWithoutSpark(final ChildProcess driver, final Path results)
      throws IOException, InterruptedException {
    assertEquals(1, driver.exit(), driver.said() + cluster.said());
    assertTrue(driver.said().contains("image003.nii.gz"), driver.said());
    WholeFiles.requireNoParts(results);
    assertEquals(work.expected(), Digests.ofFolder(results));
    try (Stream<Path> hidden = Files.list(results)) {
      assertEquals(0, hidden.filter(f -> f.getFileName().toString().startsWith(".")).count());
    }
  }

  @Test
  void inOneProcessTheResultsAreThoseOfTheOrdinaryBatch() throws Exception {
    final Path results = Files.createDirectory(folder.resolve("local"));
    try (ChildProcess driver =
        SparkCluster.local(folder.resolve("local.log"), "local[2]", work.arguments(results))) {
      assertEndsAsWithoutSpark(driver, results);
      assertTrue(driver.said().contains("9 images were segmented, 1 failed."), driver.said());
    }
  }

  @Test
  void anExecutorThatIsKilledCostsNoResult() throws Exception {
    final Path results = Files.createDirectory(folder.resolve("killed"));
    try (ChildProcess driver = cluster.start(List.of(), work.arguments(results))) {
      awaitRecords(results, 2, driver);
      final List<ProcessHandle> executors = cluster.executors();
      assertFalse(executors.isEmpty());
      final ProcessHandle victim = executors.get(0);
      victim.destroyForcibly();
      victim.onExit().get();
      assertTrue(SparkWork.records(results) < IMAGES - 1, "killed too late");
      assertEndsAsWithoutSpark(driver, results);
      // One that it had written and not told of yet counts as done already.
      assertTrue(
          driver
              .said()
              .matches("(?s).*(9 images were segmented|8 images .*1 was done already), 1 failed.*"),
          driver.said());
    }
  }

  @Test
  void anImageThatIsSegmentedTwiceAtOnceIsThereOnce() throws Exception {
    final Path results = Files.createDirectory(folder.resolve("twice"));
    final List<String> arguments = new ArrayList<>(work.arguments(results));
    arguments.add("--verbose");
    try (ChildProcess driver =
        cluster.start(
            List.of(
                "spark.speculation=true",
                "spark.speculation.interval=50ms",
                "spark.speculation.quantile=0.2",
                "spark.speculation.minTaskRuntime=0ms"),
            arguments)) {
      awaitRecords(results, 4, driver);
      final ProcessHandle slow = cluster.executors().get(0);
      signal("STOP", slow);
      try {
        awaitRecords(results, IMAGES - 2, driver);
        for (final long start = System.currentTimeMillis();
            !driver.said().contains("as speculatable");
            Thread.sleep(10))
          if (System.currentTimeMillis() - start > MOST_MILLIS)
            throw new AssertionError(driver.said());
      } finally {
        signal("CONT", slow);
      }
      assertEndsAsWithoutSpark(driver, results);
    }
  }

  private static void signal(final String name, final ProcessHandle process)
      throws IOException, InterruptedException {
    assertEquals(0, new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor());
  }
}
