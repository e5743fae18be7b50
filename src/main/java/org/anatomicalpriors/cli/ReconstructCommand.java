package org.anatomicalpriors.cli;

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
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.AnatomySampler;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.SpatialImage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "reconstruct",
    description =
        "Encodes and decodes label maps, and measures what comes back beside the voxel-wise atlas: what the prior has learned shows on maps that it was not trained on. All maps are compared on the prior's grid, aligned by their label centroids.",
    footer = {
      "",
      "Example:",
      "  anatomical-priors reconstruct --prior brain.zip --output reconstructions/ unseen/"
    })
final class ReconstructCommand extends EngineJob {

  @Option(
      names = "--prior",
      required = true,
      paramLabel = "FILE.zip",
      description = "Prior (or segmenter) to look into.")
  private Path prior;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description =
          "Folder for NAME-aligned.nii.gz and NAME-reconstruction.nii.gz; made if it is not there.")
  private Path output;

  @Option(
      names = "--ignore",
      split = ",",
      paramLabel = "ID",
      description = "Ids that are not scored, joined by commas.")
  private List<Integer> ignored = List.of();

  @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "Label maps, or folders.")
  private List<Path> maps;

  ReconstructCommand(final Cancellation cancellation) {
    super(cancellation);
  }

  @Override
  public Integer call() throws IOException {
    ModelBundle.describe(prior);
    final List<Path> files = ImageFiles.list(maps);
    final Path folder = OutputPaths.folder(output);
    final TextTable table = new TextTable("mean Dice", "encoded and decoded", "atlas");
    try (ShellProgress progress = startProgress();
        AnatomicalPrior model = ModelBundle.open(prior, startEngine())) {
      final AnatomySampler sampler = new AnatomySampler(model);
      final Evaluation evaluation = Evaluation.of(model.description().labels()).ignoring(ignored);
      final SpatialImage<? extends IntegerType<?>> atlas = sampler.atlas();
      final List<FileScores> decoded = new ArrayList<>(), still = new ArrayList<>();
      for (final Path file : files) {
        progress.update("Reconstructing", decoded.size(), files.size(), file.toString());
        final SpatialImage<? extends IntegerType<?>> map =
            sampler.aligned(Images.open(file, progress), progress);
        final String name = Images.baseName(file);
        decoded.add(evaluation.evaluate(map, reconstruct(sampler, map, name, folder, progress)));
        still.add(evaluation.evaluate(map, atlas));
        table.row(
            name,
            dice(List.of(decoded.get(decoded.size() - 1))),
            dice(List.of(still.get(still.size() - 1))));
      }
      table.row("mean", dice(decoded), dice(still));
    }
    table.print(out());
    return ErrorMessages.OK;
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

  private static String dice(final List<FileScores> scores) {
    return TextTable.figure(new EvaluationReport(scores).overFiles(Measure.DICE).mean(), 4);
  }
}
