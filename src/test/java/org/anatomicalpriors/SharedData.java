package org.anatomicalpriors;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

/** The folder of real data that lies outside the project; tests without it are skipped. */
public final class SharedData {

  private static final String NAME = "ANATOMICAL_PRIORS_DATA";

  private SharedData() {}

  public static Path folder() {
    String given = System.getProperty(NAME);
    if (given == null) given = System.getenv(NAME);
    final Path folder = given == null ? Paths.get("..", "shared", "data") : Paths.get(given);
    assumeTrue(Files.isDirectory(folder), "no shared data");
    return folder;
  }
}
