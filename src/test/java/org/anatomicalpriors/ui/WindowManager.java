package org.anatomicalpriors.ui;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Gives the windows of this process's screen their frames, for pictures. */
public final class WindowManager {

  private static final String NAME = "openbox";
  private static final long SETTLED_MILLISECONDS = 1500;

  private WindowManager() {}

  public static boolean isInstalled() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, NAME)));
  }

  /** Starts it; it ends with the screen. */
  public static void start() throws IOException, InterruptedException {
    new ProcessBuilder(NAME)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
    Thread.sleep(SETTLED_MILLISECONDS);
  }
}
