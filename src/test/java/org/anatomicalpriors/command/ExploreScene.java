package org.anatomicalpriors.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.EventQueue;
import java.awt.event.WindowEvent;
import java.io.File;
import java.util.Arrays;
import javax.swing.JLabel;
import javax.swing.JSlider;
import org.anatomicalpriors.ui.ExplorerWindow;
import org.anatomicalpriors.ui.Screen;
import org.scijava.module.Module;

/** Runs the command where there is a screen. */
public final class ExploreScene {

  private ExploreScene() {}

  public static void main(final String[] arguments) {
    try (Fiji fiji = new Fiji()) {
      SeenUI.install(fiji);
      final Module refused = fiji.run(ExploreCommand.class);
      assertTrue(((ExploreCommand) refused.getDelegateObject()).isCanceled());
      final Module module = fiji.run(ExploreCommand.class, "prior", new File(arguments[0]));
      assertFalse(((ExploreCommand) module.getDelegateObject()).isCanceled());
      final ExplorerWindow window = Screen.window(ExplorerWindow.class);
      assertEquals("Explore volumes.zip", Screen.onEventThread(window::getTitle));
      final JSlider slider = Screen.named(window, JSlider.class, "axis 1");
      final JLabel value = Screen.named(window, JLabel.class, "value 1");
      Screen.onEventThread(
          () -> {
            slider.setValue(100);
            return null;
          });
      assertEquals("+1.00 SD", Screen.onEventThread(value::getText));
      final JLabel speed = Screen.named(window, JLabel.class, "speed");
      Screen.await("a picture", () -> speed.getText().endsWith(" ms"));
      assertTrue(unpacked() > 0);
      EventQueue.invokeLater(
          () -> window.dispatchEvent(new WindowEvent(window, WindowEvent.WINDOW_CLOSING)));
      Screen.await("the window is gone", () -> !window.isShowing());
      Screen.await("its model's files are gone", () -> unpacked() == 0);
    }
  }

  private static long unpacked() {
    return Arrays.stream(new File(System.getProperty("java.io.tmpdir")).list())
        .filter(name -> name.startsWith("anatomical-priors-"))
        .count();
  }
}
