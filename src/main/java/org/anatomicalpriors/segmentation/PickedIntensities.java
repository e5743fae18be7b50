package org.anatomicalpriors.segmentation;

import java.util.Map;
import java.util.TreeMap;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.model.IntensityModel;

/**
 * Mean and variance of the intensity groups in which a person has picked voxels. They replace what
 * expectation maximisation would find there; the other groups are still estimated.
 */
final class PickedIntensities {

  /** Fewer voxels of a group tell no variance. */
  static final int ENOUGH = 10;

  private final Map<Integer, double[]> moments = new TreeMap<>();

  private PickedIntensities() {}

  /** No voxel was picked. */
  static PickedIntensities none() {
    return new PickedIntensities();
  }

  /**
   * @param picked label index of each of the image's voxels; 0 where nothing is said
   * @throws InvalidInputException if no group has enough picked voxels
   */
  static PickedIntensities of(
      final byte[] picked, final ImageVector image, final LabelSet labels, final String name) {
    final int[] groups = labels.groupIndices();
    final double[][] sums = new double[labels.groupNames().size()][3];
    for (int v = 0; v < picked.length; v++) {
      final int label = picked[v] & 0xff;
      if (label == 0 || image.mask()[v] == 0) continue;
      final double x = image.values()[v];
      final double[] s = sums[groups[label]];
      s[0] += 1;
      s[1] += x;
      s[2] += x * x;
    }
    final PickedIntensities result = new PickedIntensities();
    // Group 0 is the background's, of which 0 says nothing.
    for (int g = 1; g < sums.length; g++)
      if (sums[g][0] >= ENOUGH) {
        final double mean = sums[g][1] / sums[g][0];
        result.moments.put(
            g, new double[] {mean, Math.max(0, sums[g][2] / sums[g][0] - mean * mean)});
      }
    if (result.moments.isEmpty())
      throw new InvalidInputException(
          "The labels given for "
              + name
              + " cover fewer than "
              + ENOUGH
              + " voxels of every structure; label at least "
              + ENOUGH
              + " voxels of one.");
    return result;
  }

  IntensityModel applyTo(final IntensityModel model) {
    IntensityModel result = model;
    for (final Map.Entry<Integer, double[]> e : moments.entrySet())
      result = result.withKnown(e.getKey(), e.getValue()[0], e.getValue()[1]);
    return result;
  }
}
