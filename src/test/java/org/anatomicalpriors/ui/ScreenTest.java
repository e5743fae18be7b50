package org.anatomicalpriors.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the main method of a class in a process of its own that has a screen, because the tests' own
 * process has none. What the main method throws fails the test.
 *
 * <pre>{@code
 * @Test
 * void windowOpens(@TempDir Path folder) {
 *   ScreenTest.run(WindowScene.class, folder.toString()); // in main: Screen.*, assertions
 * }
 * }</pre>
 */
public final class ScreenTest {

  private static final int WIDTH = 1600, HEIGHT = 1200;
  private static final long LIMIT_SECONDS = 300;

  private ScreenTest() {}

  /**
   * Runs the scene on a screen of 1600 x 1200 pixels; the test is skipped where Xvfb is missing.
   *
   * @param scene a class with a main method
   * @return what it printed
   */
  public static String run(final Class<?> scene, final String... arguments) {
    return run(scene, List.of(), arguments);
  }

  /**
   * @param options for the Java machine, such as {@code -Dsun.java2d.uiScale=2}
   */
  public static String run(
      final Class<?> scene, final List<String> options, final String... arguments) {
    assumeTrue(Xvfb.isInstalled(), "Xvfb is not installed");
    return run(scene, options, LIMIT_SECONDS, arguments);
  }

  /** As {@link #run(Class, List, String...)} with a limit of its own, and never skipped. */
  public static String run(
      final Class<?> scene,
      final List<String> options,
      final long seconds,
      final String... arguments) {
    try (Xvfb screen = Xvfb.start(WIDTH, HEIGHT)) {
      return run(screen, command(scene, options, arguments), seconds);
    } catch (final IOException e) {
      throw new AssertionError(e);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static List<String> command(
      final Class<?> scene, final List<String> options, final String... arguments) {
    final List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.awt.headless=false");
    command.addAll(options);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(Scene.class.getName());
    command.add(scene.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  private static String run(final Xvfb screen, final List<String> command, final long seconds)
      throws IOException, InterruptedException {
    final Path output = Files.createTempFile("screen-test", ".txt");
    try {
      final ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().put("DISPLAY", screen.display());
      final Process process = builder.start();
      final boolean ended;
      try {
        ended = process.waitFor(seconds, TimeUnit.SECONDS);
      } finally {
        process.destroyForcibly().waitFor();
      }
      final String printed = Files.readString(output, StandardCharsets.UTF_8);
      assertTrue(ended, () -> "It had not ended after " + seconds + " s:\n" + printed);
      assertEquals(0, process.exitValue(), printed);
      return printed;
    } finally {
      Files.deleteIfExists(output);
    }
  }

  /** First class of the process: runs the scene's main method and exits with its outcome. */
  static final class Scene {

    private Scene() {}

    public static void main(final String[] arguments) {
      int code = 0;
      try {
        Class.forName(arguments[0])
            .getMethod("main", String[].class)
            .invoke(
                null,
                (Object) List.of(arguments).subList(1, arguments.length).toArray(new String[0]));
      } catch (final Throwable e) { // assertions too
        (e.getCause() == null ? e : e.getCause()).printStackTrace();
        code = 1;
      }
      System.exit(code); // a window left open would keep the process
    }
  }
}
