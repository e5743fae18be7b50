package org.anatomicalpriors.accuracy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.evaluation.Evaluation;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.labels.LabelMaps;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.measuring.PeakMemory;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.Segmentation;
import org.anatomicalpriors.segmentation.Segmenter;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.tensorflow.Engine;

/** Where models are kept and images segmented. */
final class Bench {

  private final Path models;
  private final Engine engine;
  private final JobContext context;

  /**
   * @param models folder of the trained models
   */
  Bench(final Path models, final Engine engine, final JobContext context) {
    this.models = models;
    this.engine = engine;
    this.context = context;
  }

  Progress progress() {
    return context.progress();
  }

  /** Opens a model, trained first if it was not before; the caller closes it. */
  AnatomicalPrior open(final Model model) throws IOException {
    return ModelBundle.open(model.file(models, context), engine);
  }

  /** Receives what was found in an image. */
  interface Found {
    void accept(Case image, Segmentation found) throws IOException;
  }

  /** Segments a group's images and hands on what was found. */
  void segment(final Variant variant, final Group group, final Found found) throws IOException {
    try (AnatomicalPrior model = open(variant.model())) {
      final Segmenter segmenter = Segmenter.of(model, variant.settings());
      for (final Case c : group.cases()) {
        progress().log(variant.name() + ": " + c.name());
        PeakMemory.reset();
        found.accept(c, segmenter.segment(variant.subject(c), progress()));
      }
    }
  }

  /** Segments a group's images and compares with the truth. */
  List<Score> score(final Variant variant, final Group group) throws IOException {
    final List<Score> scores = new ArrayList<>();
    segment(variant, group, (c, found) -> scores.add(score(c, group, found)));
    return scores;
  }

  static Score score(final Case c, final Group group, final Segmentation found) throws IOException {
    final double peak = PeakMemory.bytes();
    final LabelSet labels = found.labelSet();
    final SpatialImage<? extends RealType<?>> map =
        LabelMaps.toIds(found.labels(), found.grid(), labels, c.name());
    final double seconds =
        ((Map<?, ?>) found.report().get("seconds"))
            .values().stream().mapToDouble(s -> ((Number) s).doubleValue()).sum();
    return new Score(
        Evaluation.of(labels).ignoring(group.ignored()).evaluate(c.truth(), map), seconds, peak);
  }
}
