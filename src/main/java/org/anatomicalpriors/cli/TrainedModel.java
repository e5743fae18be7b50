package org.anatomicalpriors.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.progress.Progress;
import picocli.CommandLine.Option;

/** Where a training writes its model, and its state on the way. */
final class TrainedModel {

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE.zip",
      description =
          "The model to write. While training, its state is kept beside it in FILE.zip.checkpoint.")
  private Path output;

  @Option(
      names = "--resume",
      description = "Go on from the checkpoint of an interrupted training of the same output.")
  private boolean resume;

  @Option(
      names = "--keep-checkpoint",
      description =
          "Keep the checkpoint, which holds the latest weights beside the best, when the training has ended.")
  private boolean keepCheckpoint;

  Path checkpoint() {
    return output.resolveSibling(output.getFileName() + ".checkpoint");
  }

  boolean resumes() {
    return resume;
  }

  /**
   * Finds out before the training whether it can start and its result be written.
   *
   * @throws InvalidInputException if not
   */
  void check(final Progress progress) {
    OutputPaths.file(output, ".zip");
    final boolean exists = Files.isRegularFile(checkpoint());
    if (resume && !exists)
      throw new InvalidInputException(
          "There is no checkpoint "
              + checkpoint()
              + " to resume from; leave out --resume to start anew.");
    if (!resume && exists)
      progress.log(
          "The checkpoint "
              + checkpoint()
              + " of an interrupted training will be replaced; stop now and give --resume to go on from it.");
  }

  /** Saves and closes the model, then deletes the checkpoint unless it is to be kept. */
  void save(final AnatomicalPrior trained, final Progress progress) throws IOException {
    try (AnatomicalPrior model = trained) {
      ModelBundle.save(model, output);
    }
    if (!keepCheckpoint) Files.deleteIfExists(checkpoint());
    progress.log("The model is in " + output + ".");
  }
}
