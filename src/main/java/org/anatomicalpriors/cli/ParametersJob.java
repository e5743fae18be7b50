package org.anatomicalpriors.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.fiji.FijiBackend;
import org.anatomicalpriors.files.AtomicFiles;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.EngineSettings;
import org.anatomicalpriors.workflow.CoreJob;
import org.anatomicalpriors.workflow.Jobs;
import org.anatomicalpriors.workflow.ParameterReference;

/** Writes the parameter reference of the documentation. */
final class ParametersJob extends CoreJob {

  static final String NAME = "parameters";

  /** Where Fiji's menu has the jobs. */
  static final Map<String, String> MENU =
      Map.of(
          "train-prior", "Train Prior...",
          "train-segmenter", "Train Segmenter...",
          "segment", "Segment Folder...",
          "evaluate", "Evaluate Segmentation...",
          "sample", "Draw Samples...",
          "reconstruct", "Reconstruct Label Maps...",
          "info", "Model Info...",
          "generate", "Generate Synthetic Data...",
          "devices", "Engine and Devices...");

  private static final Setting<Path> OUTPUT =
      Setting.save("output", "File to write the reference to, as Markdown.")
          .example("docs/parameters.md")
          .required();

  ParametersJob() {
    super(
        NAME,
        "Writes the reference of all parameters from their definitions.",
        "parameters --output docs/parameters.md");
  }

  @Override
  public List<Setting<?>> files() {
    return List.of(OUTPUT);
  }

  @Override
  public List<Setting<?>> machine() {
    return List.of(EngineSettings.VERBOSE);
  }

  @Override
  public JobResult run(final Settings values, final JobContext context) {
    final byte[] text = text().getBytes(StandardCharsets.UTF_8);
    AtomicFiles.write(values.get(OUTPUT), out -> out.write(text));
    return new JobResult().file(values.get(OUTPUT));
  }

  /** The whole reference. */
  static String text() {
    return new ParameterReference(Jobs.all(), MENU)
        .with(
            "Segment Image and Refine Segmentation",
            "What these commands of Fiji, and the methods `segment` and `refine` of scripts, take"
                + " beside the image.",
            new FijiBackend().imageSettings())
        .render();
  }
}
