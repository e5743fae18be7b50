package org.anatomicalpriors.tensorflow;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/**
 * Compares gradients built by a {@link Tape} with central finite differences. Every input is a
 * {@link Parameters parameter}, so that it can be perturbed.
 */
public final class GradientCheck {

  /** Elements of each input that are perturbed; the others are left to chance. */
  private static final int ELEMENTS = 24;

  private static final int DIRECTIONS = 4;

  private final NetworkGraph network;
  private Consumer<Session.Runner> feeds = r -> {};
  private double step = 1e-2;
  private double tolerance = 2e-3;

  public GradientCheck(final NetworkGraph network) {
    this.network = network;
  }

  /** What else a run of the graph must be fed. */
  public GradientCheck feeding(final Consumer<Session.Runner> f) {
    feeds = f;
    return this;
  }

  /** By how much an element is moved either way; large for linear functions. */
  public GradientCheck step(final double h) {
    step = h;
    return this;
  }

  /** Largest norm of the error, relative to the norm of the gradient. */
  public GradientCheck tolerance(final double relative) {
    tolerance = relative;
    return this;
  }

  /** A parameter called {@code name} with random values in it. */
  public Operand<TFloat32> input(final String name, final long... shape) {
    return network.parameters().create(name, 1, shape);
  }

  /** Gives every parameter a random value, also those that start at zero. */
  public void randomise(final long seed, final double deviation) {
    final SplittableRandom random = new SplittableRandom(seed);
    final Map<String, float[]> values = new LinkedHashMap<>();
    for (final String name : network.parameters().names("")) {
      final float[] w = new float[(int) network.parameters().shape(name).size()];
      Gaussians.fill(w, random, deviation);
      values.put(name, w);
    }
    network.parameters().assign(network.session(), values);
  }

  /** The usual random start, with random values also where it is zero. */
  public void start(final long seed, final double deviation) {
    network.parameters().initialise(network.session(), seed);
    final SplittableRandom random = new SplittableRandom(seed);
    final Map<String, float[]> values = network.parameters().read(network.session(), "");
    for (final float[] w : values.values()) if (norm(w) == 0) Gaussians.fill(w, random, deviation);
    network.parameters().assign(network.session(), values);
  }

  /**
   * Checks the gradients of a random linear function of {@code y} with respect to every parameter
   * whose name begins with one of {@code prefixes}.
   */
  public void check(final Operand<TFloat32> y, final String... prefixes) {
    final int n = (int) y.asOutput().shape().size();
    final float[] weights = new float[n];
    if (n == 1) weights[0] = 1;
    else Gaussians.fill(weights, new SplittableRandom(7), 1);
    final Operand<TFloat32> loss =
        network
            .tape()
            .apply(
                in ->
                    GraphMath.total(
                        network.tf(),
                        network
                            .tf()
                            .math
                            .mul(
                                network
                                    .tf()
                                    .reshape(in.get(0), network.tf().constant(new int[] {n})),
                                network.tf().constant(weights))),
                y);
    final List<String> names = new ArrayList<>();
    for (final String p : prefixes) names.addAll(network.parameters().names(p));
    final List<Operand<TFloat32>> xs = new ArrayList<>();
    names.forEach(name -> xs.add(network.parameters().value(name)));
    final List<Operand<TFloat32>> gradients = network.tape().gradients(loss, xs);
    for (int i = 0; i < names.size(); i++)
      compare(names.get(i), run(List.of(gradients.get(i))).get(0), y, weights);
  }

  /**
   * Like {@link #check} for a large scalar, whose rounding hides single elements: compares slopes
   * along directions that mix the gradient's own with random ones.
   */
  public void checkAlongDirections(final Operand<TFloat32> loss, final String... prefixes) {
    final List<String> names = new ArrayList<>();
    for (final String p : prefixes) names.addAll(network.parameters().names(p));
    final List<Operand<TFloat32>> xs = new ArrayList<>();
    names.forEach(name -> xs.add(network.parameters().value(name)));
    final List<float[]> gradients = run(network.tape().gradients(loss, xs));
    for (int i = 0; i < names.size(); i++) along(names.get(i), gradients.get(i), loss);
  }

  private void along(final String name, final float[] gradient, final Operand<TFloat32> loss) {
    final float[] at = network.parameters().read(network.session(), name).get(name);
    final double norm = norm(gradient);
    assertTrue(norm > 0, name + ": nothing depends on it");
    for (int k = 0; k < DIRECTIONS; k++) {
      final float[] d = new float[at.length];
      Gaussians.fill(d, new SplittableRandom(k), 1);
      final double random = k == 0 ? 0 : 1 / norm(d);
      double expected = 0;
      for (int i = 0; i < d.length; i++) {
        d[i] = (float) (gradient[i] / norm + random * d[i]);
        expected += (double) d[i] * gradient[i];
      }
      // A kink close by spoils long steps and rounding short ones; a wrong gradient spoils all.
      double slope = 0, error = Double.POSITIVE_INFINITY;
      for (double h = step; h > step / 50; h /= 3) {
        final double s = (moved(name, at, d, h, loss) - moved(name, at, d, -h, loss)) / (2 * h);
        if (Math.abs(s - expected) < error) {
          error = Math.abs(s - expected);
          slope = s;
        }
        if (error <= tolerance * norm) break;
      }
      assertTrue(
          error <= tolerance * norm,
          name + ", direction " + k + ": slope " + slope + ", by the gradient " + expected);
    }
    network.parameters().assign(network.session(), Map.of(name, at));
  }

  private double moved(
      final String name,
      final float[] at,
      final float[] direction,
      final double by,
      final Operand<TFloat32> loss) {
    final float[] moved = new float[at.length];
    for (int i = 0; i < at.length; i++) moved[i] = (float) (at[i] + by * direction[i]);
    return valueAt(name, moved, loss)[0];
  }

  private static double norm(final float[] v) {
    double sum = 0;
    for (final float x : v) sum += (double) x * x;
    return Math.sqrt(sum);
  }

  private void compare(
      final String name, final float[] gradient, final Operand<TFloat32> y, final float[] weights) {
    final Map<String, float[]> state = network.parameters().read(network.session(), name);
    final float[] at = state.get(name);
    final SplittableRandom random = new SplittableRandom(name.hashCode());
    double error = 0, norm = 0;
    for (int k = 0; k < Math.min(ELEMENTS, at.length); k++) {
      final int i = at.length <= ELEMENTS ? k : random.nextInt(at.length);
      final float[] moved = at.clone();
      moved[i] = (float) (at[i] + step);
      final double up = moved[i];
      final float[] high = valueAt(name, moved, y);
      moved[i] = (float) (at[i] - step);
      final float[] low = valueAt(name, moved, y);
      // Differences first: elements of y that do not move then cost no precision.
      double slope = 0;
      for (int j = 0; j < weights.length; j++) slope += weights[j] * ((double) high[j] - low[j]);
      slope /= up - moved[i];
      error += (slope - gradient[i]) * (slope - gradient[i]);
      norm += slope * slope;
    }
    network.parameters().assign(network.session(), Map.of(name, at));
    assertTrue(norm > 0, name + ": nothing depends on it");
    final double relative = Math.sqrt(error / norm);
    assertTrue(
        relative <= tolerance, name + ": relative error " + relative + " of the gradient's norm");
  }

  private float[] valueAt(final String name, final float[] value, final Operand<TFloat32> y) {
    network.parameters().assign(network.session(), Map.of(name, value));
    return run(List.of(y)).get(0);
  }

  /** Values of these nodes. */
  public List<float[]> run(final List<Operand<TFloat32>> nodes) {
    final Session.Runner runner = network.session().runner();
    feeds.accept(runner);
    nodes.forEach(runner::fetch);
    try (Result result = runner.run()) {
      final List<float[]> values = new ArrayList<>();
      for (int i = 0; i < nodes.size(); i++) values.add(Tensors.toFloats(result.get(i)));
      return values;
    }
  }
}
