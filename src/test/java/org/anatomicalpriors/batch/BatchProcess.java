package org.anatomicalpriors.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.anatomicalpriors.io.ImageFiles;
import org.anatomicalpriors.output.Run;
import org.anatomicalpriors.processes.ChildProcess;
import org.anatomicalpriors.processes.JavaCommand;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.tensorflow.Arithmetic;
import org.anatomicalpriors.tensorflow.Engine;

/** A batch in a process of its own, which says what it does, line by line. */
final class BatchProcess {

  private BatchProcess() {}

  /**
   * Starts one.
   *
   * @param model the prior
   * @param halt waits for ever once it has said this, or an empty text
   */
  static ChildProcess start(final Path model, final ToyBatch toy, final String halt)
      throws IOException {
    return JavaCommand.of(BatchProcess.class)
        .start(model.toString(), toy.images.toString(), toy.results.toString(), halt);
  }

  public static void main(final String[] a) {
    final String halt = a[3];
    final Run run = new Run(Path.of(a[0]), ToyBatch.settings(), Set.of(), Arithmetic.FLOAT32);
    final Progress progress =
        (stage, done, total, message) -> {
          System.out.println(stage + ": " + done + " of " + total + " " + message + ".");
          if (!halt.isEmpty() && message.contains(halt)) {
            System.out.println("halted");
            while (true) sleep();
          }
        };
    final BatchReport report =
        new Batch(
                ImageFiles.list(List.of(Path.of(a[1]))), List.of(), null, Path.of(a[2]), run, false)
            .run(BatchProcess::engine, progress);
    System.out.println("report " + report.segmented() + " " + report.skipped());
    System.exit(report.failures().size());
  }

  private static Engine engine() {
    final Engine engine = Engine.start("cpu", 1, false);
    System.out.println("ready");
    try {
      System.in.read();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    return engine;
  }

  private static void sleep() {
    try {
      Thread.sleep(1000);
    } catch (final InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
