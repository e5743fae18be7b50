package org.anatomicalpriors.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files that could not be used while others were; told at the end. */
final class Failures {

  private final Map<Path, Exception> failures = new LinkedHashMap<>();

  void add(final Path file, final Exception why) {
    failures.put(file, why);
  }

  /** Lists the failures; true if there are any. */
  boolean report(final PrintWriter err) {
    if (failures.isEmpty()) return false;
    err.println(failures.size() + " failed:");
    failures.forEach(
        (file, why) -> err.println("  " + file + ": " + ErrorMessages.sentence(why, false)));
    err.flush();
    return true;
  }
}
