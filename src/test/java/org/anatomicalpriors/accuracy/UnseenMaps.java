package org.anatomicalpriors.accuracy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.imglib2.type.numeric.IntegerType;
import org.anatomicalpriors.evaluation.Evaluation;
import org.anatomicalpriors.evaluation.Statistics;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.AnatomySampler;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.SpatialImage;

/** Mean Dice of label maps that a prior has never seen, encoded and decoded, beside its atlas. */
final class UnseenMaps implements Study {

  private final List<Model> models;
  private final List<Path> maps;
  private final Set<Integer> ignored;

  UnseenMaps(final List<Model> models, final List<Path> maps, final Set<Integer> ignored) {
    this.models = models;
    this.maps = maps;
    this.ignored = ignored;
  }

  @Override
  public ResultTable run(final Bench bench) throws IOException {
    final ResultTable table =
        new ResultTable("unseen maps", "mean Dice", "encoded and decoded", "its atlas")
            .decimals(0, 3, 3);
    for (final Model model : models) {
      final List<Double> decoded = new ArrayList<>(), atlas = new ArrayList<>();
      try (AnatomicalPrior prior = bench.open(model)) {
        final AnatomySampler sampler = new AnatomySampler(prior);
        final Evaluation evaluation = Evaluation.of(prior.description().labels()).ignoring(ignored);
        for (final Path file : maps) {
          final SpatialImage<? extends IntegerType<?>> map =
              sampler.aligned(Images.open(file, bench.progress()), bench.progress());
          decoded.add(
              evaluation
                  .evaluate(
                      map,
                      sampler.decode(
                          sampler.encodeAligned(map, Progress.NONE), Images.baseName(file)))
                  .meanDice());
          atlas.add(evaluation.evaluate(map, sampler.atlas()).meanDice());
        }
      }
      table.row(model.name(), mean(decoded), mean(atlas));
    }
    return table;
  }

  private static double mean(final List<Double> values) {
    return Statistics.of(values.stream().mapToDouble(Double::doubleValue)).mean();
  }
}
