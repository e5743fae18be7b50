package org.anatomicalpriors.accuracy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.anatomicalpriors.evaluation.Statistics;
import org.anatomicalpriors.job.ResultTable;

/** Mean Dice of groups of images (columns) by ways to segment (rows). */
final class Comparison implements Study {

  private final List<Group> groups;
  private final List<Variant> variants;

  Comparison(final List<Group> groups, final List<Variant> variants) {
    this.groups = groups;
    this.variants = variants;
  }

  @Override
  public ResultTable run(final Bench bench) throws IOException {
    final List<String> columns = new ArrayList<>(List.of("mean Dice"));
    groups.forEach(g -> columns.add(g.name()));
    columns.add("seconds an image");
    columns.add("GB at most");
    final ResultTable table = new ResultTable("methods", columns.toArray(new String[0]));
    final int[] decimals = new int[columns.size()];
    Arrays.fill(decimals, 1, groups.size() + 1, 3);
    Arrays.fill(decimals, groups.size() + 1, groups.size() + 3, 1);
    table.decimals(decimals);
    for (final Variant variant : variants) {
      final List<Object> cells = new ArrayList<>(List.of(variant.name()));
      final List<Double> seconds = new ArrayList<>();
      double peak = Double.NEGATIVE_INFINITY;
      for (final Group group : groups) {
        final List<Score> scores = bench.score(variant, group);
        cells.add(Statistics.of(scores.stream().mapToDouble(s -> s.dice().meanDice())).mean());
        for (final Score s : scores) {
          seconds.add(s.seconds());
          peak = Math.max(peak, s.peakBytes());
        }
      }
      cells.add(median(seconds));
      cells.add(peak / 1e9);
      table.row(cells.toArray());
    }
    return table;
  }

  private static double median(final List<Double> values) {
    final List<Double> sorted = values.stream().sorted().collect(Collectors.toList());
    return sorted.get(sorted.size() / 2);
  }
}
