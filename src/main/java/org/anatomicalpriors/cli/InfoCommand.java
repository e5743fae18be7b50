package org.anatomicalpriors.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.model.ModelDescription;
import org.anatomicalpriors.model.ModelDescription.CurvePoint;
import org.anatomicalpriors.picture.LossCurves;
import org.anatomicalpriors.picture.PngFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "info",
    description =
        "Tells what a model file holds: grid, labels, networks, and how it was trained. Does not start TensorFlow.",
    footer = {
      "",
      "Examples:",
      "  anatomical-priors info prior.zip",
      "  anatomical-priors info segmenter.zip --json",
      "  anatomical-priors info prior.zip --curve training.png"
    })
final class InfoCommand extends Job {

  /** Size of the picture, in pixels. */
  private static final int WIDTH = 900;

  private static final int HEIGHT = 540;

  @Parameters(paramLabel = "FILE.zip", description = "A prior or segmenter.")
  private Path file;

  @Option(names = "--json", description = "Print the whole description as JSON.")
  private boolean json;

  @Option(
      names = "--curve",
      paramLabel = "FILE.png",
      description = "Draw the losses of the training as a picture.")
  private Path curve;

  InfoCommand(final Cancellation cancellation) {
    super(cancellation);
  }

  @Override
  public Integer call() {
    final ModelDescription description = ModelBundle.describe(file);
    if (json) out().println(ModelBundle.toJson(description));
    else new ModelSummary(description).print(file, out());
    if (curve != null) draw(description.provenance().curve());
    out().flush();
    return ErrorMessages.OK;
  }

  private void draw(final List<CurvePoint> points) {
    OutputPaths.file(curve, ".png");
    final List<Long> steps = points.stream().map(CurvePoint::step).collect(Collectors.toList());
    PngFiles.write(
        new LossCurves()
            .add(
                "training",
                steps,
                points.stream().map(CurvePoint::training).collect(Collectors.toList()))
            .add(
                "validation",
                steps,
                points.stream().map(CurvePoint::validation).collect(Collectors.toList()))
            .render(file.getFileName().toString(), "loss [nats a voxel]", WIDTH, HEIGHT),
        curve);
  }
}
