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
import org.scijava.ui.UIService;
import org.scijava.ui.headless.HeadlessUI;

/** Runs the command where there is a screen. */
public final class ExploreScene {

  private ExploreScene() {}

  /** SciJava's own for no screen, which says that it has one: it needs no other library. */
  private static final class Seen extends HeadlessUI {
    @Override
    public boolean isVisible() {
      return true;
    }
  }

  public static void main(final String[] arguments) {
    try (Fiji fiji = new Fiji()) {
      final UIService ui = fiji.context.service(UIService.class);
      ui.addUI("seen", new Seen());
      ui.setDefaultUI(ui.getUI("seen"));
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
