package org.anatomicalpriors.training;

/** Mean Dice of two label arrays, for following a training. */
final class OverlapScore {

  private OverlapScore() {}

  /** Mean over the structures that occur in either array; background and 255 left out. */
  static double meanDice(final byte[] a, final byte[] b, final int labels) {
    final long[] both = new long[256], inA = new long[256], inB = new long[256];
    for (int i = 0; i < a.length; i++) {
      final int p = a[i] & 0xff, q = b[i] & 0xff;
      if (q >= labels) continue;
      inA[p]++;
      inB[q]++;
      if (p == q) both[p]++;
    }
    double sum = 0;
    int n = 0;
    for (int l = 1; l < labels; l++) {
      if (inA[l] + inB[l] == 0) continue;
      sum += 2.0 * both[l] / (inA[l] + inB[l]);
      n++;
    }
    return n == 0 ? Double.NaN : sum / n;
  }
}
