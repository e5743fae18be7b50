package org.anatomicalpriors.accuracy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.anatomicalpriors.evaluation.LabelScore;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.segmentation.StructureVolume;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/** How well the quality figure of each structure predicts its Dice. */
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
                "structures",
                "mean figure",
                "mean Dice",
                "correlation",
                "rank correlation")
            .decimals(0, 0, 3, 3, 2, 2);
    for (final Group group : groups) {
      final List<Double> figures = new ArrayList<>(), dice = new ArrayList<>();
      bench.segment(
          variant,
          group,
          (c, found) -> {
            final Score score = Bench.score(c, group, found);
            for (final StructureVolume v : found.volumes())
              for (final LabelScore l : score.dice().labels())
                if (l.id() == v.label().id() && !Double.isNaN(v.confidence())) {
                  figures.add(v.confidence());
                  dice.add(l.dice());
                }
          });
      final double[] x = figures.stream().mapToDouble(d -> d).toArray();
      final double[] y = dice.stream().mapToDouble(d -> d).toArray();
      table.row(
          group.name(),
          x.length,
          figures.stream().mapToDouble(d -> d).average().orElse(Double.NaN),
          dice.stream().mapToDouble(d -> d).average().orElse(Double.NaN),
          new PearsonsCorrelation().correlation(x, y),
          new SpearmansCorrelation().correlation(x, y));
    }
    return table;
  }
}
