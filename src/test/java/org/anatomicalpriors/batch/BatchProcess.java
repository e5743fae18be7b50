package org.anatomicalpriors.batch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.anatomicalpriors.io.ImageFiles;
import org.anatomicalpriors.output.Run;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.tensorflow.Arithmetic;
import org.anatomicalpriors.tensorflow.Engine;

/** A batch in a process of its own, which says what it does, line by line. */
final class BatchProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader out;

  /**
   * @param model the prior
   * @param halt waits for ever once it has said this, or an empty text
   */
  BatchProcess(final Path model, final ToyBatch toy, final String halt) throws IOException {
    process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                BatchProcess.class.getName(),
                model.toString(),
                toy.images.toString(),
                toy.results.toString(),
                halt)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Reads until the process says a line with this text in it; returns that line. */
  String await(final String text) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine())
      if (line.contains(text)) return line;
    throw new AssertionError("ended before it said \"" + text + "\"");
  }

  /** Lets a process that is ready begin. */
  void go() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** As kill -9 does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  int exit() throws InterruptedException {
    if (!process.waitFor(120, TimeUnit.SECONDS)) throw new AssertionError("no end");
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
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
