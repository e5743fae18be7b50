package org.anatomicalpriors.ui;

import ij.ImagePlus;
import java.awt.EventQueue;
import java.awt.event.WindowEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import javax.swing.JLabel;
import javax.swing.JSlider;
import net.imglib2.img.array.ArrayImgs;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.fiji.FijiStudy;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.training.ToyImages;

/** An explorer's window on a screen, and the files beside it. */
final class ExplorerStage {

  static final int DEPTH = 12;

  final Path folder;
  final AnatomicalPrior prior;
  final FakeChooser files = new FakeChooser();
  final ExplorerWindow window;
  final CountDownLatch closed = new CountDownLatch(1);

  ExplorerStage(final AnatomicalPrior prior, final String title, final Path folder) {
    this.prior = prior;
    this.folder = folder;
    window =
        Screen.onEventThread(
            () -> {
              final ExplorerWindow w =
                  new ExplorerWindow(prior, title, parent -> files, this::closeModel);
              w.setVisible(true);
              return w;
            });
    settle();
  }

  private void closeModel() {
    prior.close();
    closed.countDown();
  }

  Explorer explorer() {
    return window.explorer();
  }

  /** Waits until the latest move is on the screen. */
  void settle() {
    Screen.await("the picture of the latest move", explorer()::isSettled);
  }

  JSlider slider(final String name) {
    return Screen.named(window, JSlider.class, name);
  }

  void set(final JSlider slider, final int value) {
    Screen.onEventThread(
        () -> {
          slider.setValue(value);
          return null;
        });
    settle();
  }

  void click(final String button) {
    Screen.click(Screen.button(window, button));
  }

  String message() {
    final JLabel label = Screen.named(window, JLabel.class, "message");
    return Screen.onEventThread(label::getText);
  }

  void awaitMessage(final String part) {
    final JLabel label = Screen.named(window, JLabel.class, "message");
    Screen.await("a message with \"" + part + "\"", () -> label.getText().contains(part));
  }

  AnatomyView view() {
    return Screen.named(window, AnatomyView.class, "slices");
  }

  /** Writes a label map whose labels the prior does not know. */
  Path foreignMap() {
    final Path file = folder.resolve("foreign.nii.gz");
    final Grid grid =
        Grid.centred(new int[] {4, 4, 4}, new double[] {1, 1, 1}, new double[3], "mm");
    final byte[] ids = new byte[64];
    Arrays.fill(ids, (byte) 77);
    Images.save(new SpatialImage<>(ArrayImgs.unsignedBytes(ids, 4, 4, 4), grid, "foreign"), file);
    return file;
  }

  /** Opens a label map of the toys as an image of ImageJ. */
  void openInImageJ(final int index) {
    final ImagePlus image = FijiStudy.truth(index);
    Screen.onEventThread(
        () -> {
          image.setTitle("open toy");
          image.show();
          image.getWindow().setLocation(1300, 900);
          return null;
        });
  }

  /** Writes a label map of the toys to a file. */
  Path map(final int index) {
    final Path file = folder.resolve("toy" + index + ".nii.gz");
    if (!Files.exists(file)) Images.save(new ToyImages(6, DEPTH).maps().load(index), file);
    return file;
  }

  /** Closes the window as a person does and waits until the model was closed. */
  void close() throws InterruptedException {
    EventQueue.invokeLater(
        () -> window.dispatchEvent(new WindowEvent(window, WindowEvent.WINDOW_CLOSING)));
    closed.await();
  }

  /** Whether the sentence is how the explorer refuses it. */
  static String refusal(final Runnable work) {
    try {
      work.run();
    } catch (final InvalidInputException e) {
      return e.getMessage();
    }
    throw new AssertionError("it was not refused");
  }
}
