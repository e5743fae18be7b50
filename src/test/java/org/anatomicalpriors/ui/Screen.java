package org.anatomicalpriors.ui;

import java.awt.AWTException;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dialog;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Window;
import java.awt.event.ActionListener;
import java.awt.event.InputEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import javax.swing.AbstractButton;
import javax.swing.SwingUtilities;

/** What a scene does on its screen: looks for components, clicks, waits and takes pictures. */
public final class Screen {

  private static final int LIMIT_SECONDS = 120;
  private static final int CLICKS = 20;
  private static final int DRAG_STEPS = 10;

  private Screen() {}

  /** Calls on the event thread and returns the value. */
  public static <T> T onEventThread(final Callable<T> call) {
    final FutureTask<T> task = new FutureTask<>(call);
    if (SwingUtilities.isEventDispatchThread()) task.run();
    else SwingUtilities.invokeLater(task);
    try {
      return task.get();
    } catch (final ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (final InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Asks the event thread every 20 ms until it holds; fails after two minutes. */
  public static void await(final String what, final BooleanSupplier condition) {
    await(what, LIMIT_SECONDS, condition);
  }

  /** As {@link #await(String, BooleanSupplier)} with a limit of its own. */
  static void await(final String what, final int seconds, final BooleanSupplier condition) {
    final long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (!onEventThread(condition::getAsBoolean)) {
      if (System.nanoTime() > end) throw new AssertionError("waited in vain: " + what);
      try {
        Thread.sleep(20);
      } catch (final InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** All components of a type in a container, itself included, from the event thread. */
  public static <T extends Component> List<T> all(final Container root, final Class<T> type) {
    final List<T> found = new ArrayList<>();
    collect(root, type, found);
    return found;
  }

  private static <T extends Component> void collect(
      final Component c, final Class<T> type, final List<T> found) {
    if (type.isInstance(c)) found.add(type.cast(c));
    if (c instanceof Container)
      for (final Component child : ((Container) c).getComponents()) collect(child, type, found);
  }

  /** The button, menu item or check box with this text. */
  public static AbstractButton button(final Container root, final String text) {
    return onEventThread(
        () ->
            all(root, AbstractButton.class).stream()
                .filter(b -> text.equals(b.getText()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no button \"" + text + "\"")));
  }

  /** The component with this name. */
  public static <T extends Component> T named(
      final Container root, final Class<T> type, final String name) {
    return onEventThread(
        () ->
            all(root, type).stream()
                .filter(c -> name.equals(c.getName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no component named " + name)));
  }

  /** Waits until a window of this type is showing. */
  public static <T extends Window> T window(final Class<T> type) {
    await(type.getSimpleName() + " is showing", () -> showing(type) != null);
    return onEventThread(() -> showing(type));
  }

  /** Waits until a dialog with this title is showing. */
  public static Dialog dialog(final String title) {
    await("dialog " + title, () -> dialogNow(title) != null);
    return onEventThread(() -> dialogNow(title));
  }

  private static Dialog dialogNow(final String title) {
    for (final Window w : Window.getWindows())
      if (w instanceof Dialog && w.isShowing() && title.equals(((Dialog) w).getTitle()))
        return (Dialog) w;
    return null;
  }

  private static <T extends Window> T showing(final Class<T> type) {
    for (final Window w : Window.getWindows())
      if (type.isInstance(w) && w.isShowing()) return type.cast(w);
    return null;
  }

  /**
   * Moves the mouse to the middle of the component and clicks, again where the click was lost: a
   * window that was just opened may still move, and a button that moves or is disabled between
   * press and release does nothing. Returns when the component has begun to act on it.
   */
  public static void click(final Component component) {
    final AtomicBoolean done = new AtomicBoolean();
    final Runnable unwatch = onEventThread(() -> watch(component, done));
    final Robot robot = robot();
    for (int i = 0; i < CLICKS && !done.get(); i++) {
      await("shown: " + component.getName(), component::isShowing);
      if (i > 0) raise(component);
      clickOnce(robot, component);
      for (int wait = 0; wait < 50 && !done.get(); wait++) robot.delay(20);
    }
    onEventThread(Executors.callable(unwatch));
    if (done.get()) return;
    screenshot(SwingUtilities.getWindowAncestor(component), "not-clicked");
    throw new AssertionError("no click reached " + component);
  }

  /**
   * Notes a button's action, which comes with the release, and a press on anything else.
   *
   * @return ends it
   */
  private static Runnable watch(final Component component, final AtomicBoolean done) {
    if (component instanceof AbstractButton) {
      final ActionListener action = e -> done.set(true);
      ((AbstractButton) component).addActionListener(action);
      return () -> ((AbstractButton) component).removeActionListener(action);
    }
    final MouseAdapter press =
        new MouseAdapter() {
          @Override
          public void mousePressed(final MouseEvent e) {
            done.set(true);
          }
        };
    component.addMouseListener(press);
    return () -> component.removeMouseListener(press);
  }

  /**
   * Nobody manages the windows of this screen: one may lie below another, or elsewhere than Java
   * believes, until it is moved.
   */
  private static void raise(final Component component) {
    onEventThread(
        () -> {
          final Window window = SwingUtilities.getWindowAncestor(component);
          window.setLocation(window.getX() + 1, window.getY());
          window.toFront();
          return null;
        });
  }

  private static void clickOnce(final Robot robot, final Component component) {
    final Point middle =
        onEventThread(
            () -> {
              final Point p = component.getLocationOnScreen();
              p.translate(component.getWidth() / 2, component.getHeight() / 2);
              return p;
            });
    robot.mouseMove(middle.x, middle.y);
    robot.waitForIdle();
    robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
    robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
    robot.waitForIdle();
  }

  /** Clicks at a place of the component, as shares of its width and height. */
  public static void click(final Component component, final double across, final double down) {
    final Robot robot = robot();
    move(robot, component, across, down);
    robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
    robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
    robot.waitForIdle();
  }

  /** Drags along the middle of the component, from one share of its width to another. */
  public static void drag(final Component component, final double from, final double to) {
    final Robot robot = robot();
    move(robot, component, from, 0.5);
    robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
    for (int i = 1; i <= DRAG_STEPS; i++)
      move(robot, component, from + (to - from) * i / DRAG_STEPS, 0.5);
    robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
    robot.waitForIdle();
  }

  private static void move(
      final Robot robot, final Component component, final double across, final double down) {
    final Point place =
        onEventThread(
            () -> {
              final Point p = component.getLocationOnScreen();
              p.translate(
                  (int) (across * component.getWidth()), (int) (down * component.getHeight()));
              return p;
            });
    robot.mouseMove(place.x, place.y);
    robot.waitForIdle();
  }

  /** The pixels of the window as the screen has them, kept in target/screenshots/NAME.png. */
  public static BufferedImage screenshot(final Window window, final String name) {
    return save(window, Path.of("target", "screenshots", name + ".png"));
  }

  /** The pixels of the window as the screen has them, written to a file. */
  public static BufferedImage save(final Window window, final Path file) {
    final Rectangle bounds = onEventThread(window::getBounds);
    return save(bounds, file);
  }

  /** The pixels of a part of the screen, written to a file. */
  public static BufferedImage save(final Rectangle part, final Path file) {
    final Robot robot = robot();
    robot.waitForIdle();
    final BufferedImage picture = robot.createScreenCapture(part);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      ImageIO.write(picture, "png", file.toFile());
    } catch (final IOException e) {
      throw new AssertionError(e);
    }
    return picture;
  }

  private static Robot robot() {
    try {
      return new Robot();
    } catch (final AWTException e) {
      throw new AssertionError(e);
    }
  }
}
