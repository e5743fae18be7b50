package org.anatomicalpriors.io;

import com.google.gson.Gson;
import java.nio.file.Path;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.model.ShapeSpace;

/** {@code shape-space.json}: the leading axes of a prior's codes, rebuilt through checks. */
final class ShapeSpaceJson {

  private static final Gson GSON = new Gson();

  private ShapeSpaceJson() {}

  static String write(final ShapeSpace space) {
    return GSON.toJson(new Record(space));
  }

  /**
   * @param length number of values in the model's codes
   */
  static ShapeSpace read(final String json, final int length, final Path file) {
    try {
      final Record r = GSON.fromJson(json, Record.class);
      final ShapeSpace space =
          new ShapeSpace(r.maps, r.mean, r.axes, r.standardDeviations, r.variance);
      if (space.length() == length) return space;
      throw new IllegalStateException(space.length() + " values for " + length);
    } catch (final RuntimeException e) { // Gson has no common exception for what is no number
      throw new InvalidInputException(
          file + " holds shape axes that cannot be read; get it again or train a new one.", e);
    }
  }

  /** The layout of the file. */
  private static final class Record {
    int maps;
    double variance;
    double[] standardDeviations;
    float[] mean;
    float[][] axes;

    Record(final ShapeSpace s) {
      maps = s.maps();
      variance = s.variance();
      mean = s.mean();
      standardDeviations = new double[s.size()];
      axes = new float[s.size()][];
      for (int k = 0; k < s.size(); k++) {
        standardDeviations[k] = s.deviation(k);
        axes[k] = s.axis(k);
      }
    }
  }
}
