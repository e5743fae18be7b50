package org.anatomicalpriors.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.processes.EndedProcess;
import org.anatomicalpriors.processes.JavaCommand;

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
      final List<String> all = new ArrayList<>(List.of(scene.getName()));
      all.addAll(List.of(arguments));
      final EndedProcess ended =
          JavaCommand.of(Scene.class)
              .options("-Djava.awt.headless=false")
              .options(options)
              .environment(Map.of("DISPLAY", screen.display()))
              .limit(seconds)
              .run(all);
      assertEquals(0, ended.exit, ended.said());
      return ended.said();
    } catch (final IOException e) {
      throw new AssertionError(e);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
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
