package org.anatomicalpriors.benchmark;

import java.nio.file.Path;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.segmentation.ClosedFormBenchmark;

/** The closed form on an image's own voxels, by their size and by the number of labels. */
final class ClosedFormPart implements Part {

  private static final int[][] CASES = {{4, 17}, {2, 17}, {1, 17}, {1, 4}, {1, 40}};

  @Override
  public ResultTable measure(final Path folder) throws Exception {
    final JmhRuns runs = new JmhRuns().with(MachineBenchmark.class, "triad");
    for (final int[] c : CASES)
      runs.with(ClosedFormBenchmark.class, "label", Heads.parameters(c[0], c[1]));
    runs.run();
    final double bandwidth = MachineBenchmark.BYTES / runs.median("triad");
    final ResultTable table =
        new ResultTable("", "voxels [mm]", "labels", "ms", "ns/voxel", "of the memory's bandwidth")
            .decimals(0, 0, 0, 1, 3);
    for (final int[] c : CASES) {
      final double time = runs.median("label", Heads.parameters(c[0], c[1]));
      final double voxels = Heads.grid(c[0]).voxelCount();
      // Label probabilities and the image are read, and labels written, once.
      final double bytes =
          (double) Float.BYTES * c[1] * Heads.grid(2).voxelCount() + (Float.BYTES + 1) * voxels;
      table.row(c[0], c[1], time, 1e6 * time / voxels, bytes / bandwidth / time);
    }
    return table;
  }
}
