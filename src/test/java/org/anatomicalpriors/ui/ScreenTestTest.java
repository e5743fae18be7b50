package org.anatomicalpriors.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.concurrent.CountDownLatch;
import javax.swing.JButton;
import javax.swing.JFrame;
import org.junit.jupiter.api.Test;

/** The means of the window tests themselves. */
class ScreenTestTest {

  /** Opens a window, clicks its button and looks at its colour. */
  public static final class Clicks {

    public static void main(final String[] arguments) throws InterruptedException {
      final CountDownLatch clicked = new CountDownLatch(1);
      final JFrame frame =
          Screen.onEventThread(
              () -> {
                final JFrame f = new JFrame();
                final JButton b = new JButton("Press");
                b.addActionListener(e -> clicked.countDown());
                f.getContentPane().setBackground(Color.GREEN);
                f.add(b, BorderLayout.SOUTH);
                f.setSize(200, 150);
                f.setVisible(true);
                return f;
              });
      Screen.click(Screen.button(frame, "Press"));
      clicked.await();
      final BufferedImage picture = Screen.screenshot(frame, "screen-test");
      assertEquals(Color.GREEN.getRGB(), picture.getRGB(100, 40));
      System.out.println(arguments[0]);
    }
  }

  /** Ends as a scene with a failed assertion does. */
  public static final class Fails {

    public static void main(final String[] arguments) {
      throw new AssertionError("as it should");
    }
  }

  @Test
  void aSceneClicksAndSeesItsPixels() {
    assertEquals("done", ScreenTest.run(Clicks.class, "done").trim());
  }

  @Test
  void aFailureInASceneFailsTheTest() {
    final AssertionError e = assertThrows(AssertionError.class, () -> ScreenTest.run(Fails.class));
    assertTrue(e.getMessage().contains("as it should"), e.getMessage());
  }
}
