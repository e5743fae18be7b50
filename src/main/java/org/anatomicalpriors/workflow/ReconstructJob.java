package org.anatomicalpriors.workflow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.imglib2.type.numeric.IntegerType;
import org.anatomicalpriors.evaluation.Evaluation;
import org.anatomicalpriors.evaluation.EvaluationReport;
import org.anatomicalpriors.evaluation.FileScores;
import org.anatomicalpriors.evaluation.Measure;
import org.anatomicalpriors.io.ImageFiles;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.AnatomySampler;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.SpatialImage;

/** Measures how well a prior gives label maps back. */
public final class ReconstructJob extends CoreJob {

  public static final Setting<List<Path>> LABELS =
      Setting.files(
              "labels",
              "Label maps to encode and decode, best those that the prior has not seen: files, or folders of them.")
          .example("unseen/")
          .required();

  public ReconstructJob() {
    super(
        "reconstruct",
        "Encodes and decodes label maps, and measures what comes back beside the voxel-wise atlas: what the prior has learned shows on maps that it was not trained on. All maps are compared on the prior's grid, aligned by their label centroids; the output folder gets NAME-aligned.nii.gz and NAME-reconstruction.nii.gz.",
        "reconstruct --prior brain.zip --output reconstructions/ unseen/");
  }

  @Override
  public List<Setting<?>> files() {
    return List.of(FileSettings.LOOKED_INTO, LABELS, FileSettings.RESULTS);
  }

  @Override
  public String argument() {
    return LABELS.name();
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(FileSettings.IGNORE);
  }

  @Override
  public JobResult run(final Settings values, final JobContext context) throws IOException {
    final Path prior = FileSettings.model(values, FileSettings.LOOKED_INTO);
    final List<Path> files = ImageFiles.list(values.get(LABELS));
    final Path folder = OutputPaths.folder(values.get(FileSettings.RESULTS));
    final Progress progress = context.progress();
    final ResultTable table =
        new ResultTable("Mean Dice", "label map", "encoded and decoded", "atlas");
    try (AnatomicalPrior model = ModelBundle.open(prior, engine(values, context))) {
      final AnatomySampler sampler = new AnatomySampler(model);
      final Evaluation evaluation =
          Evaluation.of(model.description().labels()).ignoring(values.get(FileSettings.IGNORE));
      final SpatialImage<? extends IntegerType<?>> atlas = sampler.atlas();
      final List<FileScores> decoded = new ArrayList<>(), still = new ArrayList<>();
      for (final Path file : files) {
        progress.checkCancelled();
        progress.update("Reconstructing", decoded.size(), files.size(), file.toString());
        final SpatialImage<? extends IntegerType<?>> map =
            sampler.aligned(Images.open(file, progress), progress);
        final String name = Images.baseName(file);
        decoded.add(evaluation.evaluate(map, reconstruct(sampler, map, name, folder, progress)));
        still.add(evaluation.evaluate(map, atlas));
        table.row(name, dice(last(decoded)), dice(last(still)));
      }
      table.row("mean", dice(decoded), dice(still));
    }
    progress.log("The label maps are in " + folder + ".");
    return new JobResult().table(table).file(folder);
  }

  private static SpatialImage<? extends IntegerType<?>> reconstruct(
      final AnatomySampler sampler,
      final SpatialImage<? extends IntegerType<?>> map,
      final String name,
      final Path folder,
      final Progress progress) {
    final SpatialImage<? extends IntegerType<?>> back =
        sampler.decode(sampler.encodeAligned(map, progress), name);
    Images.save(map, folder.resolve(name + "-aligned.nii.gz"));
    Images.save(back, folder.resolve(name + "-reconstruction.nii.gz"));
    return back;
  }

  private static List<FileScores> last(final List<FileScores> scores) {
    return scores.subList(scores.size() - 1, scores.size());
  }

  private static double dice(final List<FileScores> scores) {
    return new EvaluationReport(scores).overFiles(Measure.DICE).mean();
  }
}
