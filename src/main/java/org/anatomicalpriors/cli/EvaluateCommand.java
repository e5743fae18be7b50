package org.anatomicalpriors.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.evaluation.Evaluation;
import org.anatomicalpriors.evaluation.EvaluationReport;
import org.anatomicalpriors.evaluation.FileScores;
import org.anatomicalpriors.evaluation.Measure;
import org.anatomicalpriors.io.EvaluationCsv;
import org.anatomicalpriors.io.FilePairs;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.io.LabelSetCsv;
import org.anatomicalpriors.progress.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "evaluate",
    description =
        "Compares segmentations with references: Dice, 95 %% Hausdorff and average surface distance, volume difference. Folders are matched by base name; NAME-labels belongs to NAME too.",
    footer = {
      "",
      "Examples:",
      "  anatomical-priors evaluate --reference truth.nii.gz --segmentation result.nii.gz",
      "  anatomical-priors evaluate --reference truth/ --segmentation results/ --csv scores.csv",
      "  anatomical-priors evaluate --reference truth/ --segmentation results/ \\",
      "      --label-set freesurfer-compact --ignore 24 --fail-below 0.7"
    })
final class EvaluateCommand extends Job {

  @Option(
      names = "--reference",
      required = true,
      paramLabel = "FILE|DIR",
      description = "Label map taken as the truth, or a folder of them.")
  private Path reference;

  @Option(
      names = "--segmentation",
      required = true,
      paramLabel = "FILE|DIR",
      description = "Label map to measure, or a folder of them.")
  private Path segmentation;

  @Option(names = "--csv", paramLabel = "FILE", description = "Table to write.")
  private Path csv;

  @Option(
      names = "--label-set",
      paramLabel = "CSV|NAME",
      description =
          "Labels to score; finer ids are merged first. Without it, every id that occurs is scored.")
  private String labelSet;

  @Option(
      names = "--ignore",
      split = ",",
      paramLabel = "ID",
      description = "Ids that are not scored, joined by commas.")
  private List<Integer> ignored = List.of();

  @Option(
      names = "--fail-below",
      paramLabel = "DICE",
      description = "Exit code 1 if the mean Dice is below this.")
  private double failBelow;

  EvaluateCommand(final Cancellation cancellation) {
    super(cancellation);
  }

  @Override
  public Integer call() throws IOException {
    if (csv != null) OutputPaths.file(csv, ".csv");
    final Evaluation evaluation =
        (labelSet == null ? Evaluation.ofAllIds() : Evaluation.of(LabelSetCsv.open(labelSet)))
            .ignoring(ignored);
    final FilePairs pairs = FilePairs.of(reference, segmentation);
    pairs.unmatched().forEach(f -> err().println(f + " has no partner of its name; left out."));
    final Failures failures = new Failures();
    final EvaluationReport report;
    try (ShellProgress progress = startProgress()) {
      report = new EvaluationReport(scores(evaluation, pairs.pairs(), failures, progress));
    }
    if (!report.files().isEmpty()) ScoreTable.print(report, out());
    if (csv != null && !report.files().isEmpty()) EvaluationCsv.write(report, csv);
    final double dice = report.overFiles(Measure.DICE).mean();
    if (!report.files().isEmpty() && Double.isNaN(dice))
      err().println("No label could be scored: all that occur are ignored, or none occurs.");
    else if (dice < failBelow)
      err().printf("The mean Dice of %.4f is below %s.%n", dice, failBelow);
    if (report.files().isEmpty() || failures.report(err()) || !(dice >= failBelow))
      return ErrorMessages.FAILED;
    return ErrorMessages.OK;
  }

  private static List<FileScores> scores(
      final Evaluation evaluation,
      final Map<Path, Path> pairs,
      final Failures failures,
      final Progress progress) {
    final List<FileScores> scores = new ArrayList<>();
    for (final Map.Entry<Path, Path> pair : pairs.entrySet()) {
      progress.checkCancelled();
      progress.update(
          "Comparing", scores.size(), pairs.size(), pair.getValue().getFileName().toString());
      try {
        scores.add(
            evaluation.evaluate(
                Images.open(pair.getKey(), progress), Images.open(pair.getValue(), progress)));
      } catch (final InvalidInputException e) {
        if (pairs.size() == 1) throw e;
        failures.add(pair.getValue(), e);
      }
    }
    return scores;
  }
}
