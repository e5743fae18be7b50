package org.anatomicalpriors.workflow;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.io.ReadyModels;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.model.ModelDescription;
import org.anatomicalpriors.model.ModelDescription.CurvePoint;
import org.anatomicalpriors.picture.LossCurves;
import org.anatomicalpriors.picture.PngFiles;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.EngineSettings;

/** Tells what a model file holds. */
public final class InfoJob extends CoreJob {

  public static final Setting<Boolean> JSON =
      Setting.flag("json", false, "Tell the whole description as JSON.");

  public static final Setting<Path> CURVE =
      Setting.save("curve", "Draw the losses of the training as a picture, a .png file.")
          .example("training.png");

  /** Size of the picture, in pixels. */
  private static final int WIDTH = 900;

  private static final int HEIGHT = 540;

  public InfoJob() {
    super(
        "info",
        "Tells what a model file holds: grid, labels, networks, and how it was trained. Does not start TensorFlow.",
        "info prior.zip",
        "info segmenter.zip --json",
        "info prior.zip --curve training.png");
  }

  @Override
  public List<Setting<?>> files() {
    return List.of(FileSettings.MODEL, CURVE);
  }

  @Override
  public String argument() {
    return FileSettings.MODEL.name();
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(JSON);
  }

  @Override
  public List<Setting<?>> machine() {
    return List.of(EngineSettings.VERBOSE);
  }

  @Override
  public JobResult run(final Settings values, final JobContext context) {
    final Path model = ReadyModels.find(values.get(FileSettings.MODEL));
    final Path curve = values.get(CURVE);
    if (curve != null) OutputPaths.file(curve, ".png");
    final ModelDescription description = ModelBundle.describe(model);
    final JobResult result = new JobResult();
    if (values.get(JSON)) result.message(ModelBundle.toJson(description));
    else new ModelSummary(description).addTo(result, model);
    if (curve != null) {
      draw(description.provenance().curve(), model.getFileName().toString(), curve);
      result.file(curve);
    }
    return result;
  }

  private static void draw(final List<CurvePoint> points, final String title, final Path picture) {
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
            .render(title, "loss [nats a voxel]", WIDTH, HEIGHT),
        picture);
  }
}
