package org.anatomicalpriors.accuracy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.evaluation.LabelScore;
import org.anatomicalpriors.evaluation.Statistics;
import org.anatomicalpriors.job.ResultTable;

/** Dice of every structure (rows) in groups of images by ways to segment (columns). */
final class Structures implements Study {

  private final List<Group> groups;
  private final List<Variant> variants;

  Structures(final List<Group> groups, final List<Variant> variants) {
    this.groups = groups;
    this.variants = variants;
  }

  @Override
  public ResultTable run(final Bench bench) throws IOException {
    final List<String> columns = new ArrayList<>(List.of("Dice"));
    final Map<String, List<Object>> rows = new LinkedHashMap<>();
    for (final Group group : groups)
      for (final Variant variant : variants) {
        columns.add(group.name() + ", " + variant.name());
        dice(bench.score(variant, group))
            .forEach(
                (label, d) -> rows.computeIfAbsent(label, l -> new ArrayList<>(List.of(l))).add(d));
      }
    final ResultTable table = new ResultTable("structures", columns.toArray(new String[0]));
    final int[] decimals = new int[columns.size()];
    Arrays.fill(decimals, 1, decimals.length, 2);
    table.decimals(decimals);
    rows.values().forEach(r -> table.row(r.toArray()));
    return table;
  }

  private static Map<String, Double> dice(final List<Score> scores) {
    final Map<String, List<Double>> all = new LinkedHashMap<>();
    for (final Score s : scores)
      for (final LabelScore l : s.dice().labels())
        all.computeIfAbsent(l.name(), n -> new ArrayList<>()).add(l.dice());
    final Map<String, Double> means = new LinkedHashMap<>();
    all.forEach(
        (label, d) ->
            means.put(
                label,
                Statistics.of(
                        d.stream().mapToDouble(Double::doubleValue).filter(v -> !Double.isNaN(v)))
                    .mean()));
    return means;
  }
}
