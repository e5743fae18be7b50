package org.anatomicalpriors.training;

/** A loss and its terms, in nats per voxel; what is not known is not a number. Immutable. */
public final class LossParts {

  /** Of data that are not there. */
  public static final LossParts NONE = total(Double.NaN);

  private final double data;
  private final double divergence;
  private final double total;

  private LossParts(final double data, final double divergence, final double total) {
    this.data = data;
    this.divergence = divergence;
    this.total = total;
  }

  /** From both terms. */
  public static LossParts of(final double data, final double divergence) {
    return new LossParts(data, divergence, data + divergence);
  }

  /** Of which only the sum is known. */
  public static LossParts total(final double total) {
    return new LossParts(Double.NaN, Double.NaN, total);
  }

  /** The term that speaks of the data: see {@link TrainingPlan#dataTerm}. */
  public double data() {
    return data;
  }

  /** KL[q || p]. */
  public double divergence() {
    return divergence;
  }

  /** Both terms, the divergence with its full weight. */
  public double total() {
    return total;
  }
}
