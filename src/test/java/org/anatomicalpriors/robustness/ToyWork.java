package org.anatomicalpriors.robustness;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.anatomicalpriors.processes.ChildProcess;

/** A tiny invented study with a prior, for work of some seconds. */
final class ToyWork {

  private static ToyWork shared;

  private final Path folder;

  /**
   * @param folder empty; the study is made in it
   */
  ToyWork(final Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    make("generate --count 4 --images 3 --spacing 6 --output " + folder);
    final List<String> training = new ArrayList<>(List.of("train-prior"));
    training.addAll(priorOptions());
    training.addAll(List.of("--output", prior().toString()));
    make(training);
  }

  /** One for all tests of this process, which nobody may change. */
  static synchronized ToyWork shared() throws IOException, InterruptedException {
    if (shared != null) return shared;
    final Path folder = Files.createTempDirectory("anatomical-priors-toy");
    final ToyWork made = new ToyWork(folder);
    try (Stream<Path> files = Files.walk(folder)) {
      files.map(Path::toFile).forEach(File::deleteOnExit); // in reverse, so folders come last
    }
    return shared = made;
  }

  private void make(final String words) throws IOException, InterruptedException {
    make(Arrays.asList(words.split(" ")));
  }

  private void make(final List<String> arguments) throws IOException, InterruptedException {
    try (ChildProcess process = Commands.shell(folder.resolve("made.log")).start(arguments)) {
      if (process.exit() != 0) throw new AssertionError(process.said());
    }
  }

  List<String> priorOptions() {
    return List.of(
        "--labels", folder.resolve("labels").toString(),
        "--label-set", folder.resolve("label-set.csv").toString(),
        "--channels", "4,8",
        "--steps", "60",
        "--checkpoint-every", "4",
        "--threads", "1");
  }

  List<String> segmenterOptions() {
    return List.of(
        "--prior", prior().toString(),
        "--images", images().toString(),
        "--steps", "20",
        "--checkpoint-every", "2",
        "--threads", "1");
  }

  Path prior() {
    return folder.resolve("prior.zip");
  }

  Path images() {
    return folder.resolve("images/t1_like");
  }

  Path image() {
    return images().resolve("subject_004.nii.gz");
  }
}
