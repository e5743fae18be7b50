package org.anatomicalpriors.accuracy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.Segmentation;
import org.anatomicalpriors.space.VoxelRows;

/**
 * How well the probabilities of the winning labels tell how often these are right: the expected
 * calibration error (Guo et al. 2017, On Calibration of Modern Neural Networks, section 2), over
 * the voxels that are an anatomical structure in the truth or the segmentation.
 */
final class Calibration implements Study {

  private static final int BINS = 10;

  private final List<Group> groups;
  private final List<Variant> variants;

  Calibration(final List<Group> groups, final List<Variant> variants) {
    this.groups = groups;
    this.variants = variants;
  }

  @Override
  public ResultTable run(final Bench bench) throws IOException {
    final ResultTable table =
        new ResultTable(
                "calibration",
                "images",
                "method",
                "mean probability of the winner",
                "share that is right",
                "expected calibration error")
            .decimals(0, 0, 3, 3, 3);
    for (final Group group : groups)
      for (final Variant variant : variants) {
        final Bins bins = new Bins();
        bench.segment(variant, group, (c, found) -> bins.add(group, c, found));
        table.row(group.name(), variant.name(), bins.confidence(), bins.accuracy(), bins.error());
      }
    return table;
  }

  private static final class Bins {
    private final double[] confidence = new double[BINS];
    private final double[] right = new double[BINS];
    private final long[] count = new long[BINS];

    void add(final Group group, final Case c, final Segmentation found) {
      final float[] winner = new float[found.labels().length];
      for (int l = 0; l < found.labelSet().size(); l++) {
        final float[] p = VoxelRows.toFloats(found.posterior(l, Progress.NONE).voxels());
        for (int v = 0; v < p.length; v++) if ((found.labels()[v] & 0xff) == l) winner[v] = p[v];
      }
      final float[] truth = VoxelRows.toFloats(c.truth().voxels());
      for (int v = 0; v < winner.length; v++) {
        final int source = Math.round(truth[v]);
        final int index = Math.max(0, found.labelSet().indexOfSource(source));
        final int given = found.labels()[v] & 0xff;
        if (index == 0 && given == 0) continue;
        if (ignored(group, found, index) || ignored(group, found, given)) continue;
        final int bin = Math.min(BINS - 1, (int) (winner[v] * BINS));
        confidence[bin] += winner[v];
        right[bin] += index == given ? 1 : 0;
        count[bin]++;
      }
    }

    private static boolean ignored(final Group group, final Segmentation found, final int index) {
      return group.ignored().contains(found.labelSet().get(index).id());
    }

    private long all() {
      return Arrays.stream(count).sum();
    }

    double confidence() {
      return Arrays.stream(confidence).sum() / all();
    }

    double accuracy() {
      return Arrays.stream(right).sum() / all();
    }

    double error() {
      double sum = 0;
      for (int b = 0; b < BINS; b++) sum += Math.abs(confidence[b] - right[b]);
      return sum / all();
    }
  }
}
