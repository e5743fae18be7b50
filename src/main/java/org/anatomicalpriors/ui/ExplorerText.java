package org.anatomicalpriors.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.anatomicalpriors.model.ShapePoint;

/** What stands beside the slices. */
final class ExplorerText {

  private static final double SHOWN_COORDINATE = 0.005;
  private static final int COORDINATES_IN_A_LINE = 3;

  private ExplorerText() {}

  /** A title, and where the point is along the axes that have sliders. */
  static List<String> lines(final String title, final ShapePoint point) {
    final List<String> lines = new ArrayList<>(List.of(title));
    final List<String> coordinates = new ArrayList<>();
    for (int k = 0; k < Math.min(point.space().size(), AxisSliders.MOST); k++)
      if (Math.abs(point.coordinate(k)) >= SHOWN_COORDINATE)
        coordinates.add(
            String.format(Locale.ROOT, "axis %d: %+.2f SD", k + 1, point.coordinate(k))
                .replace('-', '\u2212'));
    for (int i = 0; i < coordinates.size(); i += COORDINATES_IN_A_LINE)
      lines.add(
          String.join(
              "   ",
              coordinates.subList(i, Math.min(coordinates.size(), i + COORDINATES_IN_A_LINE))));
    return lines;
  }
}
