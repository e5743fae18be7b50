package org.anatomicalpriors.segmentation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.model.IntensityModel;
import org.apache.commons.math3.stat.descriptive.MultivariateSummaryStatistics;

/**
 * Mean and covariance of the intensity groups in which a person has picked voxels. They replace
 * what expectation maximisation would find there; the other groups are still estimated.
 */
final class PickedIntensities {

  /** Fewer voxels of a group, for each channel, tell no covariance. */
  static final int ENOUGH = 10;

  private final Map<Integer, MultivariateSummaryStatistics> moments = new TreeMap<>();

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
    final int k = image.channels(), enough = ENOUGH * k;
    final List<MultivariateSummaryStatistics> moments = new ArrayList<>();
    for (int g = 0; g < labels.groupNames().size(); g++)
      moments.add(new MultivariateSummaryStatistics(k, false));
    final double[] x = new double[k];
    for (int v = 0; v < picked.length; v++) {
      final int label = picked[v] & 0xff;
      if (label == 0 || !image.isComplete(v)) continue;
      for (int c = 0; c < k; c++) x[c] = image.values()[v * k + c];
      moments.get(groups[label]).addValue(x);
    }
    final PickedIntensities result = new PickedIntensities();
    // Group 0 is the background's, of which 0 says nothing.
    for (int g = 1; g < moments.size(); g++)
      if (moments.get(g).getN() >= enough) result.moments.put(g, moments.get(g));
    if (result.moments.isEmpty())
      throw new InvalidInputException(
          "The labels given for "
              + name
              + " cover fewer than "
              + enough
              + " voxels of every structure"
              + (k == 1 ? "" : " that all channels show")
              + "; label at least "
              + enough
              + " voxels of one.");
    return result;
  }

  IntensityModel applyTo(final IntensityModel model) {
    IntensityModel result = model;
    for (final Map.Entry<Integer, MultivariateSummaryStatistics> e : moments.entrySet()) {
      final double[][] rows = e.getValue().getCovariance().getData();
      final double[] covariance = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
      result = result.withKnown(e.getKey(), e.getValue().getMean(), covariance);
    }
    return result;
  }
}
