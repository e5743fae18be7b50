package org.anatomicalpriors.fiji;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.evaluation.Evaluation;
import org.anatomicalpriors.evaluation.FileScores;
import org.anatomicalpriors.evaluation.LabelScore;
import org.anatomicalpriors.evaluation.Measure;
import org.anatomicalpriors.io.LabelSetCsv;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.SpatialImage;

/** Scores of one label image against another. */
final class Scores {

  private static final Setting<String> LABEL_SET =
      Setting.text("label-set", "", "A CSV file or the name of a built-in label set.");
  private static final Setting<String> IGNORE =
      Setting.text("ignore", "", "Ids that are not scored, joined by commas.");

  private final Settings settings;
  private final Progress progress;

  Scores(final Map<String, ?> options, final Progress progress) {
    final List<Setting<?>> known = new ArrayList<>(ImageParameters.ofImage());
    known.add(LABEL_SET);
    known.add(IGNORE);
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
    final String set = settings.get(LABEL_SET);
    final Evaluation all =
        set.isEmpty() ? Evaluation.ofAllIds() : Evaluation.of(LabelSetCsv.open(set));
    final List<Integer> ids = new ArrayList<>();
    Arrays.stream(settings.get(IGNORE).split("[,;]"))
        .filter(s -> !s.isBlank())
        .forEach(
            s ->
                ids.add(
                    Setting.integer("ignore", 0, 0, Integer.MAX_VALUE, "", "")
                        .parse(s)
                        .intValue()));
    return all.ignoring(ids);
  }

  private SpatialImage<? extends RealType<?>> open(final Object image) {
    final InputImage input = new Inputs(settings, false, progress).open(image);
    return input.volumes().get(0);
  }
}
