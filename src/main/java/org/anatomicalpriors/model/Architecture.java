package org.anatomicalpriors.model;

import java.util.Arrays;
import org.anatomicalpriors.InvalidInputException;

/**
 * The shape of a prior's networks. Level 0 is the prior's own grid and every further level halves
 * it (axes of length 1 stay); the latent lives at the coarsest level. Immutable; written to {@code
 * model.json} as it is.
 */
public final class Architecture {

  /** How the shape code is laid out. */
  public enum Latent {
    /** A short vector per cell of the coarsest level: local shapes recombine. */
    GRID,
    /** One vector for the whole anatomy, as in the paper. */
    DENSE
  }

  /** More halvings than any grid allows. */
  private static final int MOST_LEVELS = 16;

  private final int[] size;
  private final int labels;
  private final int[] channels;
  private final Latent latent;
  private final int latentSize;

  /**
   * @param size voxels of the prior's grid along x, y, z
   * @param labels number of labels, background included
   * @param channels channels of level 0, 1, ...
   * @param latent layout of the shape code
   * @param latentSize length of the code, per cell for a grid
   * @throws InvalidInputException if a number is not positive, or the grid cannot be halved as
   *     often as there are levels
   */
  public Architecture(
      final int[] size,
      final int labels,
      final int[] channels,
      final Latent latent,
      final int latentSize) {
    this.size = size.clone();
    this.labels = labels;
    this.channels = channels.clone();
    this.latent = latent;
    this.latentSize = latentSize;
    if (!isPossible())
      throw new InvalidInputException(
          "Networks on "
              + Arrays.toString(size)
              + " voxels, of "
              + channels.length
              + " levels and for "
              + labels
              + " labels were asked for; three sizes, 1 to "
              + MOST_LEVELS
              + " levels of 1 or more channels each and codes of 1 or more values are needed.");
    for (final int s : size)
      if (s != 1 && s % factor() != 0)
        throw new InvalidInputException(
            "The grid of "
                + Arrays.toString(size)
                + " voxels does not fit a network of "
                + channels.length
                + " levels, which needs multiples of "
                + factor()
                + "; give fewer channels or a finer spacing.");
  }

  private boolean isPossible() {
    boolean possible =
        size.length == 3
            && labels > 0
            && channels.length > 0
            && channels.length <= MOST_LEVELS
            && latentSize > 0;
    for (final int c : channels) possible &= c > 0;
    for (final int s : size) possible &= s > 0;
    return possible;
  }

  /** Product of all halvings: sizes of the grid are multiples of this, or 1. */
  public int factor() {
    return factor(channels.length);
  }

  /** Product of all halvings of a network with so many levels. */
  public static int factor(final int levels) {
    return 1 << (levels - 1);
  }

  public int levels() {
    return channels.length;
  }

  public int channels(final int level) {
    return channels[level];
  }

  public int labels() {
    return labels;
  }

  public int voxels() {
    return size[0] * size[1] * size[2];
  }

  public Latent latent() {
    return latent;
  }

  public int latentSize() {
    return latentSize;
  }

  /** The same on voxels that are {@code k} times as large, in as many as that takes. */
  public Architecture coarser(final double k) {
    final int[] fewer = size.clone();
    for (int d = 0; d < 3; d++)
      if (fewer[d] > 1) fewer[d] = factor() * (int) Math.ceil(fewer[d] / k / factor());
    return new Architecture(fewer, labels, channels, latent, latentSize);
  }

  /** Tensor shape (1, z, y, x, c) of a volume at a level. */
  public long[] volumeShape(final int level, final long c) {
    final long[] shape = {1, size[2], size[1], size[0], c};
    for (int d = 1; d <= 3; d++) if (shape[d] > 1) shape[d] >>= level;
    return shape;
  }

  /** Tensor shape of the latent: (1, z, y, x, n) for a grid, (1, n) for a dense vector. */
  public long[] latentShape() {
    return latent == Latent.GRID
        ? volumeShape(levels() - 1, latentSize)
        : new long[] {1, latentSize};
  }

  /** Number of values in the latent. */
  public int latentCount() {
    return (int) Arrays.stream(latentShape()).reduce(1, (a, b) -> a * b);
  }

  @Override
  public String toString() {
    return "channels "
        + Arrays.toString(channels)
        + ", latent "
        + Arrays.toString(Arrays.stream(latentShape()).skip(1).toArray())
        + (latent == Latent.GRID ? " (grid)" : " (dense)");
  }
}
