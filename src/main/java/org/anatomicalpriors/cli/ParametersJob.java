package org.anatomicalpriors.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
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
    final byte[] text =
        new ParameterReference(Jobs.all()).render().getBytes(StandardCharsets.UTF_8);
    AtomicFiles.write(values.get(OUTPUT), out -> out.write(text));
    return new JobResult().file(values.get(OUTPUT));
  }
}
