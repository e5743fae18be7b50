package org.anatomicalpriors.space;

import java.util.Arrays;

/**
 * Uniform cubic B-splines along one axis of samples (Unser 1999, IEEE Signal Processing Magazine
 * 16(6), eq. 1). An axis of one sample has one constant spline.
 */
final class SplineAxis {

  /** Splines that reach a sample. */
  static final int SUPPORT = 4;

  final int samples;
  final int step;
  final int knots;
  final double spacing;
  private final int[] first;
  private final float[] weights;

  /**
   * @param length of the axis in voxels
   * @param step voxels from one sample to the next, of which the first is voxel 0
   * @param spacing distance of the knots, in voxels
   */
  SplineAxis(final int length, final int step, final double spacing) {
    samples = (length + step - 1) / step;
    this.step = step;
    this.spacing = spacing;
    knots = samples == 1 ? 1 : (int) Math.ceil((length - 1) / spacing) + SUPPORT - 1;
    first = new int[samples];
    weights = new float[samples * SUPPORT];
    if (samples == 1) return;
    for (int i = 0; i < samples; i++) {
      final double at = i * step / spacing;
      first[i] = Math.min((int) at, knots - SUPPORT);
      final double t = at - first[i], s = 1 - t;
      weights[i * SUPPORT] = (float) (s * s * s / 6);
      weights[i * SUPPORT + 1] = (float) ((3 * t * t * t - 6 * t * t + 4) / 6);
      weights[i * SUPPORT + 2] = (float) ((3 * s * s * s - 6 * s * s + 4) / 6);
      weights[i * SUPPORT + 3] = (float) (t * t * t / 6);
    }
  }

  /**
   * Along the middle axis of (outer, knots, inner) arrays: sums of the splines at every sample.
   *
   * @return (outer, samples, inner)
   */
  float[] evaluate(final float[] c, final int outer, final int inner) {
    if (samples == 1) return c.clone();
    final float[] out = new float[outer * samples * inner];
    if (inner == 1) evaluateRows(c, outer, out);
    else evaluatePlanes(c, outer, inner, out);
    return out;
  }

  /** A loop over an inner axis of 1 costs several times what is done in it. */
  private void evaluateRows(final float[] c, final int outer, final float[] out) {
    for (int o = 0; o < outer; o++)
      for (int i = 0; i < samples; i++) {
        final int from = o * knots + first[i];
        float sum = 0;
        for (int k = 0; k < SUPPORT; k++) sum += weights[i * SUPPORT + k] * c[from + k];
        out[o * samples + i] = sum;
      }
  }

  /** Planes are arrays of their own here and below: of those, Java makes vector instructions. */
  private void evaluatePlanes(
      final float[] c, final int outer, final int inner, final float[] out) {
    final float[][] planes = new float[knots][inner];
    final float[] sum = new float[inner];
    for (int o = 0; o < outer; o++) {
      for (int k = 0; k < knots; k++)
        System.arraycopy(c, (o * knots + k) * inner, planes[k], 0, inner);
      for (int i = 0; i < samples; i++) {
        Arrays.fill(sum, 0);
        for (int k = 0; k < SUPPORT; k++) add(weights[i * SUPPORT + k], planes[first[i] + k], sum);
        System.arraycopy(sum, 0, out, (o * samples + i) * inner, inner);
      }
    }
  }

  private static void add(final float factor, final float[] plane, final float[] to) {
    for (int j = 0; j < to.length; j++) to[j] += factor * plane[j];
  }

  /** The adjoint of {@link #evaluate}. */
  float[] project(final float[] field, final int outer, final int inner) {
    if (samples == 1) return field.clone();
    final float[] out = new float[outer * knots * inner];
    if (inner == 1) projectRows(field, outer, out);
    else projectPlanes(field, outer, inner, out);
    return out;
  }

  private void projectRows(final float[] field, final int outer, final float[] out) {
    for (int o = 0; o < outer; o++)
      for (int i = 0; i < samples; i++) {
        final int to = o * knots + first[i];
        final float value = field[o * samples + i];
        for (int k = 0; k < SUPPORT; k++) out[to + k] += weights[i * SUPPORT + k] * value;
      }
  }

  private void projectPlanes(
      final float[] field, final int outer, final int inner, final float[] out) {
    final float[][] planes = new float[knots][inner];
    final float[] sample = new float[inner];
    for (int o = 0; o < outer; o++) {
      for (final float[] plane : planes) Arrays.fill(plane, 0);
      for (int i = 0; i < samples; i++) {
        System.arraycopy(field, (o * samples + i) * inner, sample, 0, inner);
        for (int k = 0; k < SUPPORT; k++)
          add(weights[i * SUPPORT + k], sample, planes[first[i] + k]);
      }
      for (int k = 0; k < knots; k++)
        System.arraycopy(planes[k], 0, out, (o * knots + k) * inner, inner);
    }
  }
}
