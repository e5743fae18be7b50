package org.anatomicalpriors.benchmark;

import java.nio.file.Path;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.segmentation.AlignmentBenchmark;
import org.anatomicalpriors.segmentation.ClosedFormBenchmark;

/**
 * The alignment of a head to an atlas, which looks at voxels some millimetres apart, and one
 * gradient of its score over all voxels of an image.
 */
final class AlignmentPart implements Part {

  private static final int[][] CASES = {{4, 17}, {2, 17}, {1, 17}, {1, 4}, {1, 40}};

  /** Of the prior's grid, in mm. */
  private static final int PRIOR_SPACING = 2;

  @Override
  public ResultTable measure(final Path folder) throws Exception {
    final JmhRuns runs = new JmhRuns().with(MachineBenchmark.class, "triad");
    for (final int[] c : CASES)
      for (final String method : new String[] {"find", "gradient"})
        runs.with(AlignmentBenchmark.class, method, Heads.parameters(c[0], c[1]));
    runs.run();
    final double bandwidth = MachineBenchmark.BYTES / runs.median("triad");
    final ResultTable table =
        new ResultTable(
                "",
                "voxels [mm]",
                "labels",
                "alignment [ms]",
                "a gradient [ms]",
                "ns/voxel",
                "of the memory's bandwidth")
            .decimals(0, 0, 0, 1, 1, 3);
    for (final int[] c : CASES) {
      final String[] parameters = Heads.parameters(c[0], c[1]);
      final double time = runs.median("gradient", parameters);
      final double voxels = Heads.grid(c[0]).voxelCount();
      // Group probabilities and the image are read once.
      final double bytes =
          Float.BYTES
              * (Math.min(c[1], ClosedFormBenchmark.MOST_GROUPS)
                      * (double) Heads.grid(PRIOR_SPACING).voxelCount()
                  + voxels);
      table.row(
          c[0],
          c[1],
          runs.median("find", parameters),
          time,
          1e6 * time / voxels,
          bytes / bandwidth / time);
    }
    return table;
  }
}
