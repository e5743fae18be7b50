package org.anatomicalpriors.processes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A program in a process of its own, which ends when this is closed. What it says goes to files, so
 * that it never waits for a reader.
 */
public final class ChildProcess implements AutoCloseable {

  private static final long POLL_MILLIS = 5;
  private static final long STACKS_SECONDS = 2;

  private final Process process;
  private final Path out;
  private final Path err;
  private final boolean ownFiles;
  private final long seconds;

  private ChildProcess(
      final ProcessBuilder builder,
      final Path out,
      final Path err,
      final boolean ownFiles,
      final long seconds)
      throws IOException {
    this.out = out;
    this.err = err;
    this.ownFiles = ownFiles;
    this.seconds = seconds;
    process = builder.start();
  }

  /**
   * Starts a program whose outputs are kept apart until it is closed.
   *
   * @param seconds that it may take at most when it is waited for
   */
  public static ChildProcess start(final ProcessBuilder builder, final long seconds)
      throws IOException {
    final Path out = Files.createTempFile("anatomical-priors-test", ".out");
    final Path err = Files.createTempFile("anatomical-priors-test", ".err");
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    return new ChildProcess(builder, out, err, true, seconds);
  }

  /**
   * As {@link #start(ProcessBuilder, long)}, with both outputs in one file that stays.
   *
   * @param log the file
   */
  public static ChildProcess start(final ProcessBuilder builder, final Path log, final long seconds)
      throws IOException {
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return new ChildProcess(builder, log, null, false, seconds);
  }

  /**
   * Waits for its end.
   *
   * @return its exit code
   * @throws AssertionError if it takes longer than it may; then it is killed, and what it said ends
   *     with what each of its threads was at
   */
  public int exit() throws IOException, InterruptedException {
    if (process.waitFor(seconds, TimeUnit.SECONDS)) return process.exitValue();
    final AssertionError late = late("did not end in " + seconds + " s");
    kill();
    throw late;
  }

  /** As {@link #exit()}, with what it said. */
  public EndedProcess end() throws IOException, InterruptedException {
    final int exit = exit();
    return new EndedProcess(exit, read(out), err());
  }

  /** Waits until it says a line with this text to its standard output; returns that line. */
  public String await(final String text) throws IOException, InterruptedException {
    final long start = System.nanoTime();
    while (true) {
      final boolean last = !process.isAlive();
      final String all = read(out);
      final int at = all.indexOf(text), end = all.indexOf('\n', Math.max(0, at));
      if (at >= 0 && (end > 0 || last))
        return all.substring(all.lastIndexOf('\n', at) + 1, end < 0 ? all.length() : end);
      if (last) throw new AssertionError("ended before it said \"" + text + "\": " + said());
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(seconds))
        throw late("did not say \"" + text + "\"");
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Writes a line to its standard input. */
  public void tell(final String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** With the stacks of its threads, which Java writes to its output on this signal. */
  private AssertionError late(final String what) throws IOException, InterruptedException {
    try {
      new ProcessBuilder("sh", "-c", "kill -QUIT " + pid()).start().waitFor();
      process.waitFor(STACKS_SECONDS, TimeUnit.SECONDS);
    } catch (final IOException e) {
      // Windows knows no signals
    }
    return new AssertionError(what + ": " + said());
  }

  /** As {@code kill -9} does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Waits so long at most; true if it has ended. */
  public boolean endsWithin(final long millis) throws InterruptedException {
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  /** Processes that it has started, and those that these have. */
  public List<ProcessHandle> descendants() {
    return process.descendants().collect(Collectors.toList());
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** As the system numbers processes. */
  public long pid() {
    return process.pid();
  }

  /** What it has said until now. */
  public String said() throws IOException {
    return read(out) + err();
  }

  private String err() throws IOException {
    return err == null ? "" : read(err);
  }

  /** A character may not be whole yet. */
  private static String read(final Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** Kills it and what it has started. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    if (!ownFiles) return;
    out.toFile().delete();
    err.toFile().delete();
  }
}
