package org.anatomicalpriors.robustness;

import java.nio.file.Path;
import org.anatomicalpriors.cli.Main;
import org.anatomicalpriors.processes.JavaCommand;

/** Commands that are mistreated. */
final class Commands {

  private static final long MOST_SECONDS = 600;

  private Commands() {}

  /** The shell's, with {@link #of}. */
  static JavaCommand shell(final Path log) {
    return of(JavaCommand.of(Main.class), log);
  }

  /**
   * @param log for all that it says; its temporary files are beside it, as whoever is killed leaves
   *     them behind
   */
  static JavaCommand of(final JavaCommand command, final Path log) {
    return command
        .options("-Djava.io.tmpdir=" + log.toAbsolutePath().getParent())
        .log(log)
        .limit(MOST_SECONDS);
  }
}
