package org.anatomicalpriors.benchmark;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.anatomicalpriors.measuring.Lines;
import org.anatomicalpriors.measuring.PeakMemory;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.Architecture;
import org.anatomicalpriors.model.PriorTrainer;
import org.anatomicalpriors.model.SegmenterTrainer;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.Engine;
import org.anatomicalpriors.tensorflow.MatrixProduct;
import org.anatomicalpriors.training.PriorSettings;
import org.anatomicalpriors.training.PriorTraining;
import org.anatomicalpriors.training.SegmenterSettings;
import org.anatomicalpriors.training.SegmenterTraining;
import org.anatomicalpriors.training.Supervision;
import org.anatomicalpriors.training.TrainingListener;
import org.anatomicalpriors.training.TrainingStep;

/**
 * Trains a prior and a segmenter for some steps with default settings, as users do, and the prior's
 * network alone with data that are there already; writes what it found as JSON.
 */
final class TrainingSteps {

  private static final int HEADS = 4;
  private static final int WARM_UPS = 2;

  private final Map<String, Double> found = new LinkedHashMap<>();
  private final int steps;
  private final Path folder;

  private TrainingSteps(final int steps, final Path folder) {
    this.steps = steps;
    this.folder = folder;
  }

  /** Arguments: spacing in mm, number of labels, steps, an empty folder. */
  public static void main(final String... args) throws IOException {
    final TrainingSteps run = new TrainingSteps(Integer.parseInt(args[2]), Path.of(args[3]));
    run.measure(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
    System.out.println(new Gson().toJson(run.found));
    System.exit(0);
  }

  private void measure(final int spacing, final int labels) throws IOException {
    final Engine engine = Engine.start("auto", 0, false);
    final Pace pace = new Pace();
    final Architecture architecture;
    PeakMemory.reset();
    try (AnatomicalPrior prior =
        PriorTraining.with(
                Settings.of(PriorSettings.ALL)
                    .with(PriorSettings.SPACING, (double) spacing)
                    .with(PriorSettings.STEPS, (long) steps))
            .train(
                HeadSource.maps(HEADS, labels, spacing),
                null,
                engine,
                folder.resolve("prior"),
                false,
                Supervision.of(new Lines()).listener(pace))) {
      found.put("prior", pace.seconds);
      found.put("prior_peak", PeakMemory.bytes());
      architecture = prior.description().architecture();
      PeakMemory.reset();
      SegmenterTraining.with(
              Settings.of(SegmenterSettings.ALL).with(SegmenterSettings.STEPS, (long) steps))
          .train(
              prior,
              HeadSource.images(HEADS, labels, spacing),
              null,
              folder.resolve("segmenter"),
              false,
              Supervision.of(new Lines()).listener(pace))
          .close();
      found.put("segmenter", pace.seconds);
      found.put("segmenter_peak", PeakMemory.bytes());
      try (SegmenterTrainer trainer =
          new SegmenterTrainer(prior, SegmentationSettings.OBJECTIVE.defaultValue(), false, 1)) {
        found.put("segmenter_operations", trainer.stepOperations());
      }
    }
    alone(architecture, engine);
  }

  /** The prior's step without any preparation of data, and the matrix product, in turns. */
  private void alone(final Architecture a, final Engine engine) {
    final byte[] map = new byte[a.voxels()];
    for (int v = 0; v < map.length; v++) map[v] = (byte) (v % a.labels());
    final float[] epsilon = new float[a.latentCount()];
    try (MatrixProduct product = new MatrixProduct(engine);
        PriorTrainer trainer =
            new PriorTrainer(a, engine, new float[a.voxels() * a.labels()], 1, 1)) {
      final double[][] seconds = new double[3][steps];
      for (int i = -WARM_UPS; i < steps; i++) {
        final double[] now = {
          time(product::run),
          time(() -> trainer.evaluate(map, null)),
          time(() -> trainer.step(map, null, epsilon, 0, 1e-4, 1))
        };
        for (int j = 0; i >= 0 && j < now.length; j++) seconds[j][i] = now[j];
      }
      found.put("product", median(seconds[0]));
      found.put("product_operations", product.operations());
      found.put("forward", median(seconds[1]));
      found.put("forward_operations", trainer.forwardOperations());
      found.put("step", median(seconds[2]));
      found.put("step_operations", trainer.stepOperations());
    }
  }

  private static double time(final Runnable work) {
    final long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static double median(final double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /** The latest mean time of a step, validations left out. */
  private static final class Pace implements TrainingListener {
    private double seconds = Double.NaN;

    @Override
    public void stepped(final TrainingStep step) {
      seconds = 1 / step.pace().stepsPerSecond();
    }
  }
}
