package org.anatomicalpriors.benchmark;

import java.util.concurrent.TimeUnit;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Parallel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the machine can do at best: its memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class MachineBenchmark {

  /** Numbers of an array: far more than fit into the processor's caches. */
  private static final int NUMBERS = 1 << 25;

  private static final int PIECES = 64;

  /** Bytes that are read and written. */
  static final double BYTES = 3.0 * Float.BYTES * NUMBERS;

  private final float[] a = new float[NUMBERS];
  private final float[] b = new float[NUMBERS];
  private final float[] c = new float[NUMBERS];

  /** a = b + s c on all threads: the triad of McCalpin's STREAM. */
  @Benchmark
  public float[] triad() {
    final int n = NUMBERS / PIECES;
    Parallel.forEach(
        PIECES,
        Runtime.getRuntime().availableProcessors(),
        Progress.NONE,
        piece -> {
          for (int i = piece * n; i < (piece + 1) * n; i++) a[i] = b[i] + 3 * c[i];
        });
    return a;
  }
}
