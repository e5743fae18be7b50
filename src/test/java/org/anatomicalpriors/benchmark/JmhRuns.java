package org.anatomicalpriors.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs of JMH's benchmarks. All that are to be compared take turns, each time in a process of its
 * own, so that a busy moment of the machine meets all of them.
 */
final class JmhRuns {

  private static final int ROUNDS = 3;
  private static final int WARM_UPS = 3;
  private static final int TIMES = 5;

  private final Map<String, List<Double>> milliseconds = new LinkedHashMap<>();
  private final List<ChainedOptionsBuilder> runs = new ArrayList<>();

  /**
   * Adds a benchmark.
   *
   * @param method of the class that is measured
   * @param parameters names and values in turn
   */
  JmhRuns with(final Class<?> benchmarks, final String method, final String... parameters) {
    final ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("\\Q" + benchmarks.getName() + "." + method + "\\E$")
            .forks(1)
            .warmupIterations(WARM_UPS)
            .measurementIterations(TIMES)
            .verbosity(VerboseMode.SILENT);
    for (int i = 0; i < parameters.length; i += 2) options.param(parameters[i], parameters[i + 1]);
    runs.add(options);
    return this;
  }

  /** Measures all; may be called once. */
  JmhRuns run() throws RunnerException {
    for (int round = 0; round < ROUNDS; round++)
      for (final ChainedOptionsBuilder run : runs)
        for (final RunResult result : new Runner(run.build()).run()) {
          final List<Double> all =
              milliseconds.computeIfAbsent(key(result), k -> new ArrayList<>());
          result
              .getBenchmarkResults()
              .forEach(
                  b ->
                      b.getIterationResults()
                          .forEach(i -> all.add(i.getPrimaryResult().getScore())));
        }
    return this;
  }

  private static String key(final RunResult result) {
    final String name = result.getParams().getBenchmark();
    final List<String> parts = new ArrayList<>(List.of(name.substring(name.lastIndexOf('.') + 1)));
    for (final String p : result.getParams().getParamsKeys())
      parts.add(p + "=" + result.getParams().getParam(p));
    parts.subList(1, parts.size()).sort(null);
    return String.join(" ", parts);
  }

  /** Median of all times of a benchmark, in milliseconds. */
  double median(final String method, final String... parameters) {
    final List<String> parts = new ArrayList<>(List.of(method));
    for (int i = 0; i < parameters.length; i += 2)
      parts.add(parameters[i] + "=" + parameters[i + 1]);
    parts.subList(1, parts.size()).sort(null);
    final List<Double> all = milliseconds.get(String.join(" ", parts));
    if (all == null)
      throw new IllegalArgumentException(parts + " is not among " + milliseconds.keySet());
    final double[] sorted = all.stream().mapToDouble(d -> d).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
