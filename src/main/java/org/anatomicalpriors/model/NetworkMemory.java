package org.anatomicalpriors.model;

/**
 * How much memory the networks of an {@link Architecture} need, from the architecture alone. With
 * c(l) channels and v(l) voxels at level l, n the coarsest level, V = v(0), L labels and 4 bytes a
 * number, a step of training holds
 *
 * <ul>
 *   <li>what the adjoints need of the forward pass: 3 sum_l c(l) v(l) of the decoder (two
 *       activations and their sum), as much without level 0 of the encoder, and sum_{l&lt;n} c(l)
 *       v(l+1) of the decoder's mixing;
 *   <li>about 6 V L of label maps, probabilities and their gradients;
 *   <li>about 3 c(0) V of gradients and reordered copies at the finest level, where they are
 *       largest;
 *   <li>5 numbers a parameter: its value, gradient, Adam's two moments and what is assigned.
 * </ul>
 *
 * With recomputation only the output of each level but the finest is kept, 2 sum_{l&gt;0} c(l)
 * v(l); at the finest level 5 c(0) V and 5 V L are held at once.
 *
 * <p>A pass without learning keeps nothing for adjoints: 3 c(0) V, 4 V L and the parameters. The
 * factors before V L and c(0) V are fitted to measured peaks; docs/robustness.md compares. A GPU's
 * library has workspaces of its own that are not in it.
 */
public final class NetworkMemory {

  private static final int CUBE = 27;

  private NetworkMemory() {}

  /**
   * Bytes that a step of training needs.
   *
   * @param recomputes whether levels are computed again for their gradients
   */
  public static long step(final Architecture a, final boolean recomputes) {
    final int coarsest = a.levels() - 1;
    double kept = 0;
    for (int l = recomputes ? 1 : 0; l <= coarsest; l++) {
      final double outputs = a.channels(l) * voxels(a, l);
      kept += recomputes ? 2 * outputs : (l == 0 ? 3 : 6) * outputs;
    }
    for (int l = 0; l < coarsest && !recomputes; l++)
      kept += (double) a.channels(l) * voxels(a, l + 1);
    final double v = a.voxels();
    return bytes(
        kept
            + (recomputes ? 5 : 6) * v * a.labels()
            + (recomputes ? 5 : 3) * v * a.channels(0)
            + 5 * parameters(a));
  }

  /** Bytes that encoding or decoding needs. */
  public static long pass(final Architecture a) {
    final double v = a.voxels();
    return bytes(4 * v * a.labels() + 3 * v * a.channels(0) + 2 * parameters(a));
  }

  /** Bytes of one number for every voxel and label. */
  public static long labels(final Architecture a) {
    return bytes((double) a.voxels() * a.labels());
  }

  /** Bytes of the weights. */
  public static long weights(final Architecture a) {
    return bytes(parameters(a));
  }

  /** Weights of the convolutions, biases left out; those of a slice are fewer. */
  private static double parameters(final Architecture a) {
    final int coarsest = a.levels() - 1;
    double count = 0;
    int before = a.labels();
    for (int l = 1; l <= coarsest; l++) {
      count += CUBE * a.channels(l) * ((double) before + a.channels(l));
      before = a.channels(l);
    }
    final double top = a.channels(coarsest);
    count +=
        a.latent() == Architecture.Latent.GRID
            ? (2.0 + CUBE) * before * a.latentSize()
            : (3.0 * top) * voxels(a, coarsest) * a.latentSize() + CUBE * top * top;
    count += CUBE * top * top;
    for (int l = coarsest - 1; l >= 0; l--)
      count += a.channels(l) * (a.channels(l + 1) + 2.0 * CUBE * a.channels(l));
    return count + (double) a.channels(0) * a.labels();
  }

  private static double voxels(final Architecture a, final int level) {
    double v = 1;
    for (final long s : a.volumeShape(level, 1)) v *= s;
    return v;
  }

  private static long bytes(final double numbers) {
    return (long) (Float.BYTES * numbers);
  }
}
