package org.anatomicalpriors.robustness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anatomicalpriors.processes.ChildProcess;

/** Longer looks at the batch on Spark; {@code scripts/spark-check} starts them. */
public final class SparkCheck {

  private static final int IMAGES = 16;
  private static final long LONGEST_PAUSE_MILLIS = 4000;

  private final Path folder;
  private int runs;

  private SparkCheck(final Path folder) {
    this.folder = folder;
  }

  /**
   * @param a an empty folder to work in; {@code speed} and a number of rounds, or {@code kills}, a
   *     number of kills and a seed
   */
  public static void main(final String[] a) throws IOException, InterruptedException {
    final SparkCheck check = new SparkCheck(Path.of(a[0]));
    if (a[1].equals("speed")) check.speed(Integer.parseInt(a[2]));
    else check.kill(Integer.parseInt(a[2]), Long.parseLong(a[3]));
  }

  /** One worker and two by turns, and the ordinary batch with one thread of the engine and two. */
  private void speed(final int rounds) throws IOException, InterruptedException {
    final Path study = Files.createDirectory(folder.resolve("study"));
    final ToyWork toy = new ToyWork(study);
    final List<Path> images;
    try (Stream<Path> files = Files.list(toy.images())) {
      images = files.sorted().collect(Collectors.toList());
    }
    final SparkWork work =
        SparkWork.whole(toy.prior(), images, Files.createDirectory(folder.resolve("work")), IMAGES);
    final double[][] seconds = new double[4][rounds];
    final double[][] perImage = new double[4][rounds];
    for (int r = 0; r < rounds; r++) {
      for (int w = 1; w <= 2; w++) {
        final Path results = newRun();
        final long start = System.nanoTime();
        try (SparkCluster cluster =
                new SparkCluster(Files.createDirectory(folder.resolve("cluster-" + runs)), w);
            ChildProcess driver = cluster.start(List.of(), work.arguments(results))) {
          require(driver.exit() == 0, driver.said());
        }
        note(w - 1, r, seconds, perImage, start, results);
        require(Digests.ofFolder(results).equals(work.expected()), "other results in " + results);
      }
      for (int threads = 1; threads <= 2; threads++) {
        final Path results = newRun();
        final long start = System.nanoTime();
        work.segmentPlainly(results, threads, 0);
        note(threads + 1, r, seconds, perImage, start, results);
      }
      print("Spark, 1 worker", seconds[0], perImage[0], r);
      print("Spark, 2 workers", seconds[1], perImage[1], r);
      print("ordinary batch, --threads 1", seconds[2], perImage[2], r);
      print("ordinary batch, --threads 2", seconds[3], perImage[3], r);
    }
    System.out.printf(
        "Median over %d rounds of %d images: 2 workers are %.2f times as fast as 1 (whole run, with all starts), %.2f times from the first result to the last%n",
        rounds,
        IMAGES,
        median(seconds[0]) / median(seconds[1]),
        median(perImage[0]) / median(perImage[1]));
  }

  private static void note(
      final int kind,
      final int round,
      final double[][] seconds,
      final double[][] perImage,
      final long start,
      final Path results)
      throws IOException {
    seconds[kind][round] = (System.nanoTime() - start) / 1e9;
    try (Stream<Path> files = Files.list(results)) {
      final List<Long> times =
          files
              .filter(f -> f.toString().endsWith(".json"))
              .map(f -> f.toFile().lastModified())
              .sorted(Comparator.naturalOrder())
              .collect(Collectors.toList());
      perImage[kind][round] =
          (times.get(times.size() - 1) - times.get(0)) / 1e3 / (times.size() - 1);
    }
  }

  private static void print(
      final String what, final double[] seconds, final double[] perImage, final int round) {
    System.out.printf(
        "%-28s %6.1f s in all, %5.2f s an image%n", what, seconds[round], perImage[round]);
  }

  private static double median(final double[] values) {
    final double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
  }

  /** Kills executors at random moments until that was often enough. */
  private void kill(final int kills, final long seed) throws IOException, InterruptedException {
    final Random random = new Random(seed);
    final ToyWork toy = new ToyWork(Files.createDirectory(folder.resolve("study")));
    final SparkWork work =
        SparkWork.withBadImage(toy, Files.createDirectory(folder.resolve("work")), IMAGES);
    int done = 0, ends = 0;
    try (SparkCluster cluster =
        new SparkCluster(Files.createDirectory(folder.resolve("cluster")), 2)) {
      while (done < kills) {
        final Path results = newRun();
        // Each kill takes a task's try, and none is to run out of tries.
        try (ChildProcess driver =
            cluster.start(List.of("spark.task.maxFailures=1000"), work.arguments(results))) {
          while (driver.isAlive() && done < kills)
            if (killOne(cluster, random)) {
              done++;
              WholeFiles.check(results);
            }
          require(driver.exit() == 1, driver.said());
        }
        WholeFiles.requireNoParts(results);
        require(Digests.ofFolder(results).equals(work.expected()), "other results in " + results);
        ends++;
      }
    }
    System.out.println(
        done + " executors were killed in " + ends + " batches, which ended as undisturbed ones.");
  }

  private static boolean killOne(final SparkCluster cluster, final Random random)
      throws InterruptedException {
    Thread.sleep(random.nextInt((int) LONGEST_PAUSE_MILLIS));
    final List<ProcessHandle> executors = new ArrayList<>(cluster.executors());
    return !executors.isEmpty()
        && executors.get(random.nextInt(executors.size())).destroyForcibly();
  }

  private Path newRun() throws IOException {
    return Files.createDirectory(folder.resolve("run-" + runs++));
  }

  private static void require(final boolean good, final String why) {
    if (!good) throw new AssertionError(why);
  }
}
