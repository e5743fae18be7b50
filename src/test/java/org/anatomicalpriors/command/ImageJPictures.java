package org.anatomicalpriors.command;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.Menus;
import ij.plugin.Zoom;
import ij.plugin.frame.Recorder;
import ij.text.TextWindow;
import java.awt.Color;
import java.awt.Frame;
import java.awt.MenuBar;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Window;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.io.File;
import java.nio.file.Path;
import org.anatomicalpriors.io.ImagePlusImages;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.ui.Screen;
import org.anatomicalpriors.ui.WindowManager;
import org.scijava.menu.MenuService;
import org.scijava.menu.ShadowMenu;
import org.scijava.module.Module;

/** Segments an image in ImageJ, and takes pictures of its menu, windows and recorder. */
public final class ImageJPictures {

  private static final Color DESK = new Color(0xC9D3DC);
  private static final int WIDTH = 392, HEIGHT = 518; // of an image's window
  private static final int TABLE = 365; // its height
  private static final int SLICE = 21;
  private static final double ZOOM = 10;
  private static final int GAP = 12;
  private static final int TOP = 140; // below ImageJ's own window
  private static final int PLUGINS_X = 322, PLUGINS_Y = 32; // in ImageJ's window
  private static final int SETTLED = 800; // milliseconds

  private final Path pictures;
  private final ImageJ imagej;

  private ImageJPictures(final ImageJ imagej, final Path pictures) {
    this.imagej = imagej;
    this.pictures = pictures;
  }

  /**
   * @param arguments file of the model, file of the image, folder of the pictures
   */
  public static void main(final String[] arguments) throws Exception {
    WindowManager.start();
    desk();
    final ImageJ imagej = Screen.onEventThread(() -> new ImageJ());
    final Fiji fiji = new Fiji();
    Seen.install(fiji.context);
    LegacyBridge.install(fiji.context);
    final ImageJPictures scene = new ImageJPictures(imagej, Path.of(arguments[2]));
    scene.menu(fiji.context.service(MenuService.class).getMenu());
    scene.segment(arguments[0], Path.of(arguments[1]));
  }

  /** A plain ground behind all windows. */
  private static void desk() {
    Screen.onEventThread(
        () -> {
          final Frame desk = new Frame();
          desk.setUndecorated(true);
          desk.setBackground(DESK);
          desk.setBounds(0, 0, 1600, 1200);
          desk.setFocusableWindowState(false);
          desk.setVisible(true);
          return null;
        });
  }

  private static <W extends Window> W place(final W window, final int x, final int y) {
    Screen.onEventThread(
        () -> {
          window.setLocation(x, y);
          window.toFront();
          return null;
        });
    return window;
  }

  private void menu(final ShadowMenu all) throws Exception {
    place(imagej, GAP, GAP);
    Screen.onEventThread(
        () -> {
          final MenuBar bar = Menus.getMenuBar();
          for (int i = 0; i < bar.getMenuCount(); i++)
            if (bar.getMenu(i).getLabel().equals("Plugins"))
              new AwtMenus().createMenus(all.getMenu("Plugins"), bar.getMenu(i));
          imagej.setMenuBar(bar);
          return null;
        });
    final Robot robot = new Robot();
    robot.delay(SETTLED);
    final Rectangle bar = imagej.getBounds();
    robot.mouseMove(bar.x + PLUGINS_X, bar.y + PLUGINS_Y);
    robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
    robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
    robot.delay(SETTLED);
    // Ours is the last one: up from the first, then into it.
    for (final int key : new int[] {KeyEvent.VK_UP, KeyEvent.VK_RIGHT, KeyEvent.VK_RIGHT}) {
      robot.keyPress(key);
      robot.keyRelease(key);
      robot.delay(SETTLED);
    }
    Screen.save(new Rectangle(0, 0, 860, 436), pictures.resolve("menu.png"));
    for (int i = 0; i < 3; i++) {
      robot.keyPress(KeyEvent.VK_ESCAPE);
      robot.keyRelease(KeyEvent.VK_ESCAPE);
    }
    robot.delay(SETTLED);
  }

  private void segment(final String model, final Path file) throws Exception {
    final ImagePlus image = ImagePlusImages.toImagePlus(Images.open(file, Progress.NONE));
    image.setTitle(file.getFileName().toString());
    show(image, GAP, TOP);
    IJ.run(image, "Enhance Contrast", "saturated=0.5");
    LegacyBridge.IMAGES.add(image);
    LegacyBridge.DIALOG.put("model", new File(model));
    LegacyBridge.DIALOG.put("threads", 2L);
    final Module module = LegacyBridge.choose(SegmentImageCommand.class);
    final ImagePlus labels = Fiji.image(module, "labels");
    show(labels, 2 * GAP + WIDTH, TOP);
    image.updateAndDraw();
    final Window table = Screen.window(TextWindow.class);
    size(table, GAP, TOP + HEIGHT + GAP, 2 * WIDTH + GAP, TABLE);
    final Robot robot = new Robot();
    robot.delay(SETTLED);
    Screen.save(
        new Rectangle(0, 0, 2 * WIDTH + 3 * GAP, TOP + HEIGHT + TABLE + 2 * GAP),
        pictures.resolve("segmentation.png"));
    Screen.save(table, pictures.resolve("volumes.png"));
    final Recorder recorder = Screen.onEventThread(() -> new Recorder(true));
    size(recorder, GAP, TOP, 2 * WIDTH, HEIGHT / 3);
    Recorder.recordString(LegacyBridge.recorded());
    robot.delay(SETTLED);
    Screen.save(recorder, pictures.resolve("recorder.png"));
  }

  private static void size(
      final Window window, final int x, final int y, final int width, final int height) {
    Screen.onEventThread(
        () -> {
          window.setBounds(x, y, width, height);
          window.toFront();
          return null;
        });
  }

  private static void show(final ImagePlus image, final int x, final int y) {
    Screen.onEventThread(
        () -> {
          image.show();
          image.setSlice(SLICE);
          return null;
        });
    fit(image, x, y);
  }

  /** The window as large as the whole image in this zoom. */
  private static void fit(final ImagePlus image, final int x, final int y) {
    Screen.onEventThread(
        () -> {
          Zoom.set(image, ZOOM);
          image.getWindow().pack();
          image.getWindow().setLocation(x, y);
          return null;
        });
  }
}
