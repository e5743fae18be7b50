package org.anatomicalpriors.fiji;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.evaluation.Evaluation;
import org.anatomicalpriors.evaluation.FileScores;
import org.anatomicalpriors.evaluation.LabelScore;
import org.anatomicalpriors.evaluation.Measure;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.workflow.FileSettings;

/** Scores of one label image against another. */
final class Scores {

  private final Settings settings;
  private final Progress progress;

  Scores(final Map<String, ?> options, final Progress progress) {
    final List<Setting<?>> known = new ArrayList<>(ImageParameters.ofImage());
    known.add(FileSettings.LABEL_SET);
    known.add(FileSettings.IGNORE);
    settings = Options.of(known, options);
    this.progress = progress;
  }

  /** A row for each label, a column for each measure. */
  ResultTable evaluate(final Object segmentation, final Object reference) {
    final SpatialImage<? extends RealType<?>> result = open(segmentation);
    final FileScores scores = evaluation().evaluate(open(reference), result);
    final List<String> columns = new ArrayList<>(List.of("id", "name"));
    for (final Measure m : Measure.values()) columns.add(m.column());
    final ResultTable table =
        new ResultTable(result.name() + "-scores", columns.toArray(new String[0]));
    for (final LabelScore score : scores.labels()) {
      final List<Object> row = new ArrayList<>(List.of(score.id(), score.name()));
      for (final Measure m : Measure.values()) row.add(score.get(m));
      table.row(row.toArray());
    }
    return table;
  }

  private Evaluation evaluation() {
    final LabelSet set = FileSettings.labelSet(settings);
    return (set == null ? Evaluation.ofAllIds() : Evaluation.of(set))
        .ignoring(settings.get(FileSettings.IGNORE));
  }

  private SpatialImage<? extends RealType<?>> open(final Object image) {
    final InputImage input = new Inputs(settings, false, progress).open(image);
    return input.volume(0);
  }
}
