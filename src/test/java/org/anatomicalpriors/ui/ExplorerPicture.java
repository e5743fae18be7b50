package org.anatomicalpriors.ui;

import java.nio.file.Path;
import javax.swing.JSlider;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.tensorflow.TestEngine;

/** Explores a prior, away from its mean, and takes a picture. */
public final class ExplorerPicture {

  private ExplorerPicture() {}

  /**
   * @param arguments file of the prior, file of the picture
   */
  public static void main(final String[] arguments) throws Exception {
    WindowManager.start();
    final Path file = Path.of(arguments[0]);
    final AnatomicalPrior prior = ModelBundle.open(file, TestEngine.get());
    ExplorerWindow.open(prior, file.getFileName().toString(), prior::close);
    final ExplorerWindow window = Screen.window(ExplorerWindow.class);
    final int[] places = {150, -100, 50}; // hundredths of a standard deviation
    for (int i = 0; i < places.length; i++) {
      final JSlider slider = Screen.named(window, JSlider.class, "axis " + (i + 1));
      final int place = places[i];
      Screen.onEventThread(
          () -> {
            slider.setValue(place);
            return null;
          });
      Screen.await("the picture of the move", window.explorer()::isSettled);
    }
    Screen.save(window, Path.of(arguments[1]));
  }
}
