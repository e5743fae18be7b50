package org.anatomicalpriors.ui;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.swing.JSlider;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.tensorflow.TestEngine;

/**
 * Measures an explorer on a prior of one's own, from a slider's event to the picture on the screen,
 * over a sweep of the leading axes. Arguments: the prior; a folder of label maps for its axes,
 * which a prior that keeps its axes does not need.
 */
public final class ExplorerLatency {

  private static final int WARM_UPS = 10, AXES = 5, STEPS = 25, REACH = 250;

  private ExplorerLatency() {}

  public static void main(final String[] arguments) throws Exception {
    final AnatomicalPrior prior = ModelBundle.open(Path.of(arguments[0]), TestEngine.get());
    final ExplorerStage stage =
        new ExplorerStage(prior, Path.of(arguments[0]).getFileName().toString(), null);
    if (prior.shapes().isEmpty()) {
      Screen.screenshot(stage.window, "explorer-given-without-axes");
      stage.files.willChoose(Path.of(arguments[1]));
      stage.click(AxisSliders.MEASURE);
      stage.awaitMessage(" were found.");
      stage.settle();
    }
    Screen.screenshot(stage.window, "explorer-given-mean");
    final BlockingQueue<Double> painted = new LinkedBlockingQueue<>();
    stage
        .view()
        .addPropertyChangeListener(AnatomyView.PAINTED, e -> painted.add((Double) e.getNewValue()));
    final int axes = Math.min(AXES, stage.explorer().space().size());
    final double[] milliseconds = new double[axes * STEPS];
    for (int i = -WARM_UPS; i < milliseconds.length; i++) {
      final JSlider slider = stage.slider("axis " + (1 + Math.max(0, i) / STEPS));
      final int value = -REACH + 2 * REACH * Math.floorMod(i, STEPS) / (STEPS - 1);
      painted.clear();
      Screen.onEventThread(
          () -> {
            slider.setValue(value);
            return null;
          });
      final double took = painted.take();
      if (i >= 0) milliseconds[i] = took;
    }
    Screen.screenshot(stage.window, "explorer-given-moved");
    stage.click(ExplorerButtons.RANDOM);
    stage.settle();
    Screen.screenshot(stage.window, "explorer-given-random");
    stage.close();
    Arrays.sort(milliseconds);
    System.out.printf(
        Locale.ROOT,
        "%s, %d moves: median %.0f ms, 95th percentile %.0f ms, slowest %.0f ms%n",
        prior.description().grid(),
        milliseconds.length,
        milliseconds[milliseconds.length / 2],
        milliseconds[(int) (0.95 * (milliseconds.length - 1))],
        milliseconds[milliseconds.length - 1]);
  }
}
