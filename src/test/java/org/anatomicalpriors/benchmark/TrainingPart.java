package org.anatomicalpriors.benchmark;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.anatomicalpriors.job.ResultTable;

/** Steps of the trainings beside a matrix product, by the grid's spacing and number of labels. */
final class TrainingPart implements Part {

  /** Spacing in mm, labels, steps. */
  private static final int[][] CASES = {
    {4, 18, 40}, {2, 18, 20}, {1, 18, 6}, {2, 4, 20}, {2, 40, 20}
  };

  @Override
  public ResultTable measure(final Path folder) throws Exception {
    final ResultTable table =
        new ResultTable(
                "",
                "",
                "grid [mm]",
                "labels",
                "GFLOP",
                "s",
                "GFLOP/s",
                "of matmul",
                "network alone [s]",
                "peak [GB]")
            .decimals(0, 0, 0, 1, 2, 0, 2, 2, 2);
    for (final int[] c : CASES) {
      final Path files = Files.createDirectory(folder.resolve(c[0] + "mm" + c[1]));
      final MeasuredProcess process =
          MeasuredProcess.run(
              TrainingSteps.class,
              Integer.toString(c[0]),
              Integer.toString(c[1]),
              Integer.toString(c[2]),
              files.toString());
      final Map<String, Double> found =
          new Gson().fromJson(process.output(), new TypeToken<Map<String, Double>>() {}.getType());
      row(table, c, found, "network's pass", "forward", "forward_operations", Double.NaN, null);
      row(
          table,
          c,
          found,
          "prior's step",
          "prior",
          "step_operations",
          found.get("step"),
          "prior_peak");
      row(
          table,
          c,
          found,
          "segmenter's step",
          "segmenter",
          "segmenter_operations",
          Double.NaN,
          "segmenter_peak");
    }
    return table;
  }

  private static void row(
      final ResultTable table,
      final int[] c,
      final Map<String, Double> found,
      final String name,
      final String seconds,
      final String operations,
      final double alone,
      final String peak) {
    final double speed = found.get(operations) / found.get(seconds);
    final double limit = found.get("product_operations") / found.get("product");
    table.row(
        name,
        c[0],
        c[1],
        found.get(operations) / 1e9,
        found.get(seconds),
        speed / 1e9,
        speed / limit,
        alone,
        peak == null ? Double.NaN : found.get(peak) / 1e9);
  }
}
