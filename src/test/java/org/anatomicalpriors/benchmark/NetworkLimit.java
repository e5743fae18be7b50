package org.anatomicalpriors.benchmark;

import java.nio.file.Path;
import java.util.Arrays;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.io.ReadyModels;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.Architecture;
import org.anatomicalpriors.model.LatentFit;
import org.anatomicalpriors.model.PriorTrainer;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.tensorflow.Engine;
import org.anatomicalpriors.tensorflow.MatrixProduct;

/**
 * What the machine can do at best, a matrix product, and what the networks of a segmentation have
 * to.
 */
final class NetworkLimit {

  /** Passes of encoder and decoder: images are encoded twice by default. */
  private static final int PASSES = 2;

  private static final int PRODUCTS = 9;

  private final double operationsASecond;
  private final double pass;
  private final double step;

  NetworkLimit() {
    final Engine engine = Engine.start("cpu", 0, false);
    try (MatrixProduct product = new MatrixProduct(engine);
        AnatomicalPrior prior =
            ModelBundle.open(ReadyModels.find(Path.of(HeadFile.MODEL)), engine);
        LatentFit fit = new LatentFit(prior, SegmentationSettings.OBJECTIVE.defaultValue())) {
      final double[] seconds = new double[PRODUCTS];
      for (int i = -1; i < PRODUCTS; i++) {
        final long start = System.nanoTime();
        product.run();
        if (i >= 0) seconds[i] = (System.nanoTime() - start) / 1e9;
      }
      Arrays.sort(seconds);
      operationsASecond = product.operations() / seconds[PRODUCTS / 2];
      final Architecture a = prior.description().architecture();
      try (PriorTrainer networks =
          new PriorTrainer(a, engine, new float[a.voxels() * a.labels()], 1, 1)) {
        pass = networks.forwardOperations();
      }
      step = fit.stepOperations();
    }
  }

  /** The share of it that networks reach. */
  double share(final int refinement, final double seconds) {
    return (PASSES * pass + refinement * step) / seconds / operationsASecond;
  }
}
