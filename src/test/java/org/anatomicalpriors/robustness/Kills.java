package org.anatomicalpriors.robustness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.anatomicalpriors.processes.ChildProcess;
import org.anatomicalpriors.processes.JavaCommand;

/**
 * Kills runs of a scenario at random moments and starts them again, until they end by themselves.
 * After each kill all files with a final name have to be whole, and in the end the results have to
 * be those of a run that nobody disturbed.
 */
final class Kills {

  /** Share of a run in which Java only starts; kills come later. */
  private static final double START = 0.3;

  /** Runs differ, and their last moments have to be hit too. */
  private static final double END = 1.1;

  private final Scenario scenario;
  private final Path folder;
  private final Random random;
  private final Consumer<String> out;
  private Map<String, String> undisturbed;

  /** What a run takes that nobody disturbs. */
  private long millis;

  private int runs;

  /**
   * @param folder empty, for the runs
   * @param out is told what happens
   */
  Kills(final Scenario scenario, final Path folder, final long seed, final Consumer<String> out) {
    this.scenario = scenario;
    this.folder = folder;
    this.random = new Random(seed);
    this.out = out;
  }

  /**
   * @param kills number of kills at least; the last run is let end
   * @return number of kills
   */
  int run(final int kills) throws IOException, InterruptedException {
    final Path quiet = newRun();
    final long start = System.nanoTime();
    end(start(quiet));
    millis = millisSince(start);
    undisturbed = scenario.results(quiet.resolve("made"));
    int done = 0, finished = 0;
    while (done < kills) {
      done += disturb(kills - done);
      finished++;
    }
    out.accept(
        String.format(
            "%s: %d kills of runs of %d ms; %d times the end was that of the undisturbed run",
            scenario.name(), done, millis, finished));
    return done;
  }

  private static long millisSince(final long start) {
    return Math.max(1, (System.nanoTime() - start) / 1_000_000);
  }

  /** One run, killed until it comes to its end or has been killed often enough. */
  private int disturb(final int most) throws IOException, InterruptedException {
    final Path run = newRun();
    int kills = 0;
    final long start = System.nanoTime();
    while (kills < most && startAndKill(run)) {
      kills++;
      WholeFiles.check(run.resolve("made"));
    }
    if (kills == most) end(start(run));
    else if (kills == 0) millis = Math.min(millis, millisSince(start)); // it was too late
    WholeFiles.check(run.resolve("made"));
    WholeFiles.requireNoParts(run.resolve("made"));
    final Map<String, String> results = scenario.results(run.resolve("made"));
    if (!results.equals(undisturbed))
      throw new AssertionError(
          scenario.name()
              + " made something else after "
              + kills
              + " kills in "
              + run
              + ":\n"
              + results
              + "\ninstead of\n"
              + undisturbed);
    return kills;
  }

  private boolean startAndKill(final Path run) throws IOException, InterruptedException {
    try (ChildProcess process = start(run)) {
      final double at = START + (END - START) * random.nextDouble();
      if (process.endsWithin((long) (at * millis))) {
        end(process);
        return false;
      }
      process.kill();
      return true;
    }
  }

  private void end(final ChildProcess process) throws IOException, InterruptedException {
    if (process.exit() != 0)
      throw new AssertionError(scenario.name() + " failed:\n" + process.said());
  }

  private ChildProcess start(final Path run) throws IOException {
    return Commands.of(JavaCommand.of(scenario.main()), run.resolve("log"))
        .start(scenario.arguments(run.resolve("made")));
  }

  private Path newRun() throws IOException {
    final Path run = folder.resolve("run-" + runs++);
    Files.createDirectories(run.resolve("made"));
    return run;
  }
}
