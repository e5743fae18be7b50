package org.anatomicalpriors.model;

import static org.anatomicalpriors.model.Fixtures.LABEL_GROUPS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.tensorflow.GradientCheck;
import org.anatomicalpriors.tensorflow.NetworkGraph;
import org.anatomicalpriors.tensorflow.TestEngine;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.types.TFloat32;

class LabelPosteriorTest {

  private static final int VOXELS = 50;

  @Test
  void posteriorAndStatisticsAgreeWithPlainJava() {
    final List<Tensor> toClose = new ArrayList<>();
    try (NetworkGraph network = new NetworkGraph(TestEngine.get())) {
      final GradientCheck run = new GradientCheck(network);
      final Operand<TFloat32> logits = run.input("logits", VOXELS, 3);
      final Likelihood likelihood = new Likelihood(network.tf(), VOXELS, 3);
      final LabelPosterior q = new LabelPosterior(network.tf(), logits, likelihood);
      final Operand<TFloat32> posterior = q.posterior(), statistics = q.statistics();
      final float[] at = Fixtures.gaussians(1, 3 * VOXELS, 2);
      network.parameters().assign(network.session(), Map.of("logits", at));
      final float[] raw = Fixtures.gaussians(2, VOXELS, 1);
      raw[11] = Float.NaN;
      final ImageVector x = Fixtures.image(raw);
      final IntensityModel m = Fixtures.intensities(3);
      run.feeding(Fixtures.feeding(likelihood, x, m, toClose));
      final List<float[]> values = run.run(List.of(posterior, statistics));

      final double[] f = Fixtures.softmax(at, 3);
      final float[] probabilities = new float[f.length];
      for (int i = 0; i < f.length; i++) probabilities[i] = (float) f[i];
      for (int v = 0; v < VOXELS; v++) {
        if (v == 11) continue;
        double total = 0;
        for (int l = 0; l < 3; l++) total += f[3 * v + l] * Fixtures.density(m, l, raw[v]);
        for (int l = 0; l < 3; l++)
          assertEquals(
              f[3 * v + l] * Fixtures.density(m, l, raw[v]) / total,
              values.get(0)[3 * v + l],
              1e-5);
      }
      final double[] sums =
          GroupProbabilities.of(probabilities, LABEL_GROUPS).statistics(x, m, 1).sums;
      for (int i = 0; i < sums.length; i++)
        assertEquals(sums[i], values.get(1)[i], 1e-4 * (1 + Math.abs(sums[i])));
    } finally {
      toClose.forEach(Tensor::close);
    }
  }
}
