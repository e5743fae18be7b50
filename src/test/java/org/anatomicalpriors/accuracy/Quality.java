package org.anatomicalpriors.accuracy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.anatomicalpriors.evaluation.LabelScore;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.segmentation.Segmentation;
import org.anatomicalpriors.segmentation.StructureVolume;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/** How well figures of each structure that know no truth predict its Dice. */
final class Quality implements Study {

  private final List<Group> groups;
  private final Variant variant;

  Quality(final List<Group> groups, final Variant variant) {
    this.groups = groups;
    this.variant = variant;
  }

  @Override
  public ResultTable run(final Bench bench) throws IOException {
    final ResultTable table =
        new ResultTable(
                "quality",
                "images",
                "figure",
                "structures",
                "mean figure",
                "mean Dice",
                "correlation",
                "rank correlation")
            .decimals(0, 0, 0, 3, 3, 2, 2);
    for (final Group group : groups) {
      final Map<String, List<double[]>> pairs = new LinkedHashMap<>();
      bench.segment(
          variant,
          group,
          (c, found) -> {
            final List<LabelScore> scores = Bench.score(c, group, found).dice().labels();
            add(pairs, "confidence", figures(found, StructureVolume::confidence), scores);
            add(pairs, "expected Dice", figures(found, StructureVolume::expectedDice), scores);
          });
      pairs.forEach((figure, values) -> row(table, group.name(), figure, values));
    }
    return table;
  }

  private static void row(
      final ResultTable table,
      final String images,
      final String figure,
      final List<double[]> pairs) {
    final double[] x = pairs.stream().mapToDouble(p -> p[0]).toArray();
    final double[] y = pairs.stream().mapToDouble(p -> p[1]).toArray();
    table.row(
        images,
        figure,
        x.length,
        Arrays.stream(x).average().orElse(Double.NaN),
        Arrays.stream(y).average().orElse(Double.NaN),
        new PearsonsCorrelation().correlation(x, y),
        new SpearmansCorrelation().correlation(x, y));
  }

  private static void add(
      final Map<String, List<double[]>> pairs,
      final String name,
      final Map<Integer, Double> figures,
      final List<LabelScore> scores) {
    for (final LabelScore s : scores)
      if (figures.containsKey(s.id()))
        pairs
            .computeIfAbsent(name, n -> new ArrayList<>())
            .add(new double[] {figures.get(s.id()), s.dice()});
  }

  /** By label id, of the structures that were found. */
  private static Map<Integer, Double> figures(
      final Segmentation found, final ToDoubleFunction<StructureVolume> figure) {
    final Map<Integer, Double> figures = new LinkedHashMap<>();
    for (final StructureVolume v : found.volumes())
      if (!Double.isNaN(figure.applyAsDouble(v)))
        figures.put(v.label().id(), figure.applyAsDouble(v));
    return figures;
  }
}
