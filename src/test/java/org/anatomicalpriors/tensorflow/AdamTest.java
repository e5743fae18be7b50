package org.anatomicalpriors.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class AdamTest {

  private static final float[] CURVATURE = {1, 4, 0.25f};
  private static final double CLIP = 2;

  /** Minimises sum c x^2 / 2 beside a direct second implementation. */
  @Test
  void stepsAreThoseOfThePaperWithAClippedGradient() {
    try (NetworkGraph network = new NetworkGraph(TestEngine.get())) {
      final Ops tf = network.tf();
      final Operand<TFloat32> x = network.parameters().create("x", 0, 3);
      final Operand<TFloat32> loss =
          network
              .tape()
              .apply(
                  in ->
                      tf.math.mul(
                          tf.math.mul(tf.math.square(in.get(0)), tf.constant(CURVATURE)),
                          tf.constant(0.5f)),
                  x);
      final Adam adam =
          new Adam(
              tf,
              network.parameters(),
              List.of("x"),
              network.tape().gradients(loss, List.of(x)),
              (float) CLIP,
              List.of());
      final double[] expected = {3, -2, 1};
      network.parameters().initialise(network.session(), 1);
      network.parameters().assign(network.session(), Map.of("x", new float[] {3, -2, 1}));
      final double[] m = new double[3], v = new double[3];
      for (int t = 0; t < 20; t++) {
        final double rate = 0.1 / (1 + t);
        final float norm = step(network, adam, t, rate);
        assertEquals(reference(expected, m, v, t, rate), norm, 1e-4);
      }
      final float[] now = network.parameters().read(network.session(), "x").get("x");
      for (int i = 0; i < 3; i++) assertEquals(expected[i], now[i], 1e-4);
      final Map<String, float[]> moments =
          network.parameters().read(network.session(), Adam.PREFIX);
      assertEquals(Set.of("adam.m.x", "adam.v.x"), moments.keySet());
      assertArrayEquals(
          new float[] {(float) m[0], (float) m[1], (float) m[2]}, moments.get("adam.m.x"), 1e-4f);
    }
  }

  private static float step(
      final NetworkGraph network, final Adam adam, final int step, final double rate) {
    final Session.Runner runner = network.session().runner().fetch(adam.norm());
    final List<TFloat32> fed = adam.addTo(runner, step, rate);
    try (org.tensorflow.Result result = runner.run()) {
      return Tensors.toFloats(result.get(0))[0];
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  /** Algorithm 1 of Kingma and Ba (2015), epsilon added to the uncorrected root. */
  private static double reference(
      final double[] x, final double[] m, final double[] v, final int t, final double rate) {
    final double[] g = new double[3];
    double norm = 0;
    for (int i = 0; i < 3; i++) {
      g[i] = CURVATURE[i] * x[i];
      norm += g[i] * g[i];
    }
    norm = Math.sqrt(norm);
    final double corrected =
        rate * Math.sqrt(1 - Math.pow(0.999, t + 1)) / (1 - Math.pow(0.9, t + 1));
    for (int i = 0; i < 3; i++) {
      g[i] *= Math.min(1, CLIP / norm);
      m[i] = 0.9 * m[i] + 0.1 * g[i];
      v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
      x[i] -= corrected * m[i] / (Math.sqrt(v[i]) + 1e-7);
    }
    return norm;
  }
}
