package org.anatomicalpriors.batch;

import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.output.Extra;
import org.anatomicalpriors.output.Run;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.segmentation.Subject;

/** Estimates how much of Java's memory an image needs from reading to writing. */
final class MemoryNeed {

  /** Of every channel: as read, as numbers, scaled. */
  private static final long BYTES_A_CHANNEL = 4 + 4 + 4;

  /** Labels as indices and ids, their probability, whether and which channels are known. */
  private static final long BYTES_A_VOXEL = 1 + 4 + 4 + 4 + 1;

  private final long fixed;
  private final long perVoxel;
  private final long perChannel;

  MemoryNeed(final AnatomicalPrior model, final Run run) {
    final long labels = model.description().labels().size();
    // The prior's probabilities on its own grid, once decoded and once more mixed with the atlas.
    final long decoded = model.description().grid().voxelCount() * labels * Float.BYTES;
    final boolean uncertainty = run.extras().contains(Extra.UNCERTAINTY);
    final long draws = uncertainty ? run.settings().get(SegmentationSettings.SAMPLES) * decoded : 0;
    fixed = 2 * decoded + draws;
    perVoxel =
        BYTES_A_VOXEL
            + (run.settings().get(SegmentationSettings.BIAS) ? Float.BYTES : 0) // one log-gain
            + (run.extras().contains(Extra.POSTERIORS) ? labels * Float.BYTES : 0)
            + (uncertainty ? Float.BYTES : 0);
    perChannel =
        BYTES_A_CHANNEL
            + (run.settings().get(SegmentationSettings.BIAS) ? Float.BYTES : 0) // divided by it
            + (run.extras().contains(Extra.BIAS_FIELD) ? 2 * Float.BYTES : 0);
  }

  /** Bytes. */
  long of(final Subject subject) {
    return fixed
        + (perVoxel + perChannel * subject.channels().size()) * subject.image().grid().voxelCount();
  }
}
