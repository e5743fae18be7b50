package org.anatomicalpriors.benchmark;

import java.nio.file.Path;
import java.util.List;
import org.anatomicalpriors.job.ResultTable;

/** Landmarks of label maps, and resampling to a prior's grid of 2 mm. */
final class SpacePart implements Part {

  private static final List<Integer> SPACINGS = List.of(4, 2, 1);
  private static final List<Integer> LABELS = List.of(4, 17, 40);
  private static final int USUAL_LABELS = 17;
  private static final int FINEST = 1;

  @Override
  public ResultTable measure(final Path folder) throws Exception {
    final JmhRuns runs = new JmhRuns().with(MachineBenchmark.class, "triad");
    for (final int s : SPACINGS) add(runs, s, USUAL_LABELS);
    for (final int l : LABELS) if (l != USUAL_LABELS) add(runs, FINEST, l);
    runs.run();
    final double bandwidth = MachineBenchmark.BYTES / runs.median("triad");
    final ResultTable table =
        new ResultTable(
                "", "", "voxels [mm]", "labels", "ms", "ns/voxel", "of the memory's bandwidth")
            .decimals(0, 0, 0, 1, 1, 3);
    for (final int s : SPACINGS) rows(table, runs, s, USUAL_LABELS, bandwidth);
    for (final int l : LABELS) if (l != USUAL_LABELS) rows(table, runs, FINEST, l, bandwidth);
    return table.row(
        "triad on all threads: " + Math.round(bandwidth / 1e6) + " GB/s",
        "",
        "",
        runs.median("triad"),
        Double.NaN,
        1.0);
  }

  private static void add(final JmhRuns runs, final int spacing, final int labels) {
    for (final String method : List.of("landmarks", "resampleLabels", "resampleImage"))
      runs.with(SpaceBenchmark.class, method, Heads.parameters(spacing, labels));
  }

  private static void rows(
      final ResultTable table,
      final JmhRuns runs,
      final int spacing,
      final int labels,
      final double bandwidth) {
    final double voxels = Heads.grid(spacing).voxelCount(), made = Heads.grid(2).voxelCount();
    row(table, runs, "landmarks", "label centroids", spacing, labels, voxels, voxels / bandwidth);
    row(
        table,
        runs,
        "resampleLabels",
        "label map to 2 mm",
        spacing,
        labels,
        made,
        (voxels + made) / bandwidth);
    row(
        table,
        runs,
        "resampleImage",
        "image to 2 mm",
        spacing,
        labels,
        made,
        Float.BYTES * (voxels + made) / bandwidth);
  }

  private static void row(
      final ResultTable table,
      final JmhRuns runs,
      final String method,
      final String name,
      final int spacing,
      final int labels,
      final double voxels,
      final double limit) {
    final double time = runs.median(method, Heads.parameters(spacing, labels));
    table.row(name, spacing, labels, time, 1e6 * time / voxels, limit / time);
  }
}
