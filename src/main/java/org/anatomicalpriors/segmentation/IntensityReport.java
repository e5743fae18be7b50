package org.anatomicalpriors.segmentation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.model.IntensityModel;

/** Fitted intensities in the image's own units, ready for JSON. */
final class IntensityReport {

  private IntensityReport() {}

  static List<Map<String, Object>> of(
      final IntensityModel model, final IntensityScale scale, final LabelSet labels) {
    final List<Map<String, Object>> rows = new ArrayList<>();
    for (int c = 0; c < model.components(); c++) {
      final Map<String, Object> row = new LinkedHashMap<>();
      row.put("group", labels.groupNames().get(model.group(c)));
      row.put("mean", scale.toImage(model.mean(c)));
      row.put("standard_deviation", scale.deviationToImage(model.variance(c)));
      row.put("weight", model.weight(c));
      rows.add(row);
    }
    return rows;
  }
}
