package org.anatomicalpriors.workflow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.evaluation.Evaluation;
import org.anatomicalpriors.evaluation.EvaluationReport;
import org.anatomicalpriors.evaluation.FileScores;
import org.anatomicalpriors.evaluation.Measure;
import org.anatomicalpriors.io.EvaluationCsv;
import org.anatomicalpriors.io.FilePairs;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.EngineSettings;

/** Measures segmentations against references. */
public final class EvaluateJob extends CoreJob {

  public static final Setting<Path> REFERENCE =
      Setting.file("reference", "Label map taken as the truth, or a folder of them.")
          .example("truth/")
          .required();

  public static final Setting<Path> SEGMENTATION =
      Setting.file("segmentation", "Label map to measure, or a folder of them.")
          .example("results/")
          .required();

  public static final Setting<Path> CSV =
      Setting.save(
              "csv",
              "Table to write, a .csv file: a row per file and label, then means and standard deviations.")
          .example("scores.csv");

  public static final Setting<Double> FAIL_BELOW =
      Setting.real(
              "fail-below",
              0,
              0,
              1,
              "",
              "Count the whole run as failed (exit code 1) if the mean Dice, from 0 (nothing shared) to 1 (the same; no unit), is below this.")
          .example("0.7");

  public EvaluateJob() {
    super(
        "evaluate",
        "Compares segmentations with references: Dice, 95 % Hausdorff and average surface distance, volume difference. Folders are matched by base name; NAME-labels belongs to NAME too.",
        "evaluate --reference truth.nii.gz --segmentation result.nii.gz",
        "evaluate --reference truth/ --segmentation results/ --csv scores.csv",
        "evaluate --reference truth/ --segmentation results/ --label-set freesurfer-compact --ignore 24 --fail-below 0.7");
  }

  @Override
  public List<Setting<?>> files() {
    return List.of(REFERENCE, SEGMENTATION, CSV, FileSettings.LABEL_SET);
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(FileSettings.IGNORE, FAIL_BELOW);
  }

  @Override
  public List<Setting<?>> machine() {
    return List.of(EngineSettings.VERBOSE);
  }

  @Override
  public JobResult run(final Settings values, final JobContext context) throws IOException {
    final Path csv = values.get(CSV);
    if (csv != null) OutputPaths.file(csv, ".csv");
    final LabelSet set = FileSettings.labelSet(values);
    final Evaluation evaluation =
        (set == null ? Evaluation.ofAllIds() : Evaluation.of(set))
            .ignoring(values.get(FileSettings.IGNORE));
    final FilePairs pairs = FilePairs.of(values.get(REFERENCE), values.get(SEGMENTATION));
    pairs
        .unmatched()
        .forEach(f -> context.progress().log(f + " has no partner of its name; left out."));
    final JobResult result = new JobResult();
    final EvaluationReport report =
        new EvaluationReport(scores(evaluation, pairs.pairs(), result, context.progress()));
    if (report.files().isEmpty()) return result;
    result.table(ScoreTable.of(report));
    if (csv != null) {
      EvaluationCsv.write(report, csv);
      result.file(csv);
    }
    judge(report.overFiles(Measure.DICE).mean(), values.get(FAIL_BELOW), result);
    return result;
  }

  private static void judge(final double dice, final double least, final JobResult result) {
    if (Double.isNaN(dice))
      result.failure("No label could be scored: all that occur are ignored, or none occurs.");
    else if (dice < least)
      result.failure(String.format(Locale.ROOT, "The mean Dice of %.4f is below %s.", dice, least));
  }

  private static List<FileScores> scores(
      final Evaluation evaluation,
      final Map<Path, Path> pairs,
      final JobResult result,
      final Progress progress) {
    final List<FileScores> scores = new ArrayList<>();
    int done = 0;
    for (final Map.Entry<Path, Path> pair : pairs.entrySet()) {
      progress.checkCancelled();
      progress.update("Comparing", done++, pairs.size(), pair.getValue().getFileName().toString());
      try {
        scores.add(
            evaluation.evaluate(
                Images.open(pair.getKey(), progress), Images.open(pair.getValue(), progress)));
      } catch (final InvalidInputException e) {
        if (pairs.size() == 1) throw e;
        result.failure(pair.getValue() + ": " + e.getMessage());
      }
    }
    return scores;
  }
}
