package org.anatomicalpriors.cli;

import java.nio.file.Path;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.model.ModelDescription;
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
      "  anatomical-priors info segmenter.zip --json"
    })
final class InfoCommand extends Job {

  @Parameters(paramLabel = "FILE.zip", description = "A prior or segmenter.")
  private Path file;

  @Option(names = "--json", description = "Print the whole description as JSON.")
  private boolean json;

  InfoCommand(final Cancellation cancellation) {
    super(cancellation);
  }

  @Override
  public Integer call() {
    final ModelDescription description = ModelBundle.describe(file);
    if (json) out().println(ModelBundle.toJson(description));
    else new ModelSummary(description).print(file, out());
    out().flush();
    return ErrorMessages.OK;
  }
}
