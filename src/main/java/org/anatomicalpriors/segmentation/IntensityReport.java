package org.anatomicalpriors.segmentation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.model.IntensityModel;

/**
 * Fitted intensities in the image's own units, ready for JSON. Of several channels, mean and
 * standard deviation are lists, and the correlation of the channels is told as a matrix.
 */
final class IntensityReport {

  private IntensityReport() {}

  static List<Map<String, Object>> of(
      final IntensityModel model, final IntensityScale[] scales, final LabelSet labels) {
    final List<Map<String, Object>> rows = new ArrayList<>();
    for (int c = 0; c < model.components(); c++) {
      final Map<String, Object> row = new LinkedHashMap<>();
      row.put("group", labels.groupNames().get(model.group(c)));
      final List<Double> mean = new ArrayList<>(), deviation = new ArrayList<>();
      for (int a = 0; a < scales.length; a++) {
        mean.add(scales[a].toImage(model.mean(c, a)));
        deviation.add(scales[a].deviationToImage(model.covariance(c, a, a)));
      }
      row.put("mean", perChannel(mean));
      row.put("standard_deviation", perChannel(deviation));
      if (scales.length > 1) row.put("correlation", correlation(model, c));
      row.put("weight", model.weight(c));
      rows.add(row);
    }
    return rows;
  }

  private static Object perChannel(final List<Double> values) {
    return values.size() == 1 ? values.get(0) : values;
  }

  private static List<List<Double>> correlation(final IntensityModel model, final int component) {
    final List<List<Double>> rows = new ArrayList<>();
    for (int a = 0; a < model.channels(); a++) {
      final List<Double> row = new ArrayList<>();
      for (int b = 0; b < model.channels(); b++)
        row.add(
            model.covariance(component, a, b)
                / Math.sqrt(model.covariance(component, a, a) * model.covariance(component, b, b)));
      rows.add(row);
    }
    return rows;
  }
}
