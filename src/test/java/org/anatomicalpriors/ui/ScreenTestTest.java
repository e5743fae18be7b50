package org.anatomicalpriors.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.image.BufferedImage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
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

  /** A button that loses its first click, as it is disabled for a moment while pressed. */
  public static final class LosesAClick {

    public static void main(final String[] arguments) {
      final AtomicInteger presses = new AtomicInteger(), actions = new AtomicInteger();
      final JButton button = new JButton("Press");
      Screen.onEventThread(
          () -> {
            button.addActionListener(e -> actions.incrementAndGet());
            button.addMouseListener(
                new MouseAdapter() {
                  @Override
                  public void mousePressed(final MouseEvent e) {
                    if (presses.incrementAndGet() > 1) return;
                    button.setEnabled(false);
                    button.setEnabled(true);
                  }
                });
            final JFrame f = new JFrame();
            f.add(button);
            f.pack();
            f.setVisible(true);
            return f;
          });
      Screen.click(button);
      System.out.println(
          Screen.onEventThread(() -> presses.get() + " presses, " + actions.get() + " action"));
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
  void aClickCountsOnceTheButtonActs() {
    assertEquals("2 presses, 1 action", ScreenTest.run(LosesAClick.class).trim());
  }

  @Test
  void aFailureInASceneFailsTheTest() {
    final AssertionError e = assertThrows(AssertionError.class, () -> ScreenTest.run(Fails.class));
    assertTrue(e.getMessage().contains("as it should"), e.getMessage());
  }
}
