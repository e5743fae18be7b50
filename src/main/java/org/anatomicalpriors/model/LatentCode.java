package org.anatomicalpriors.model;

import java.util.SplittableRandom;
import org.anatomicalpriors.tensorflow.Gaussians;

/**
 * A posterior q(z|.) = N(mean, diag exp(logVariance)) over the latent, in the latent's own order.
 */
public final class LatentCode {

  private final float[] mean;
  private final float[] logVariance;

  public LatentCode(final float[] mean, final float[] logVariance) {
    this.mean = mean;
    this.logVariance = logVariance;
  }

  public float[] mean() {
    return mean.clone();
  }

  public float[] logVariance() {
    return logVariance.clone();
  }

  /** A draw from this posterior. */
  public float[] sample(final SplittableRandom random) {
    final float[] z = new float[mean.length];
    Gaussians.fill(z, random, 1);
    for (int i = 0; i < z.length; i++)
      z[i] = (float) (mean[i] + Math.exp(0.5 * logVariance[i]) * z[i]);
    return z;
  }

  /** KL[q || N(0, I)] in nats. */
  public double divergence() {
    double kl = 0;
    for (int i = 0; i < mean.length; i++)
      kl += 0.5 * (mean[i] * mean[i] + Math.exp(logVariance[i]) - 1 - logVariance[i]);
    return kl;
  }
}
