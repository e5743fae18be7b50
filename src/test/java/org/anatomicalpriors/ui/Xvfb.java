package org.anatomicalpriors.ui;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** A screen of our own in memory, on a display number that the server finds free. */
public final class Xvfb implements AutoCloseable {

  private final Process server;
  private final String display;

  private Xvfb(final Process server, final String display) {
    this.server = server;
    this.display = display;
  }

  public static boolean isInstalled() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "Xvfb")));
  }

  /** Starts a screen of this many pixels; it is ready when this returns. */
  public static Xvfb start(final int width, final int height) {
    try {
      // It writes the display number once it takes clients.
      final Process server =
          new ProcessBuilder(
                  "Xvfb",
                  "-displayfd",
                  "1",
                  "-nolisten",
                  "tcp",
                  "-screen",
                  "0",
                  width + "x" + height + "x24")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      final String number =
          new BufferedReader(
                  new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      if (number == null) {
        server.destroy();
        throw new IOException("Xvfb did not start");
      }
      return new Xvfb(server, ":" + number.trim());
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Value for the environment variable DISPLAY. */
  public String display() {
    return display;
  }

  @Override
  public void close() {
    server.destroy();
    try {
      if (!server.waitFor(5, TimeUnit.SECONDS)) server.destroyForcibly();
    } catch (final InterruptedException e) {
      server.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
