package org.anatomicalpriors.batch;

import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.output.Extra;
import org.anatomicalpriors.output.Run;
import org.anatomicalpriors.segmentation.SegmentationMemory;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.segmentation.Subject;
import org.anatomicalpriors.tensorflow.MachineMemory;

/** Estimates how much of Java's memory an image needs from reading to writing. */
final class MemoryNeed {

  private final SegmentationMemory labels;
  private final long fixed;
  private final long perVoxel;
  private final long perChannel;

  MemoryNeed(final AnatomicalPrior model, final Run run) {
    labels = new SegmentationMemory(model, run.settings());
    final long n = model.description().labels().size();
    final boolean uncertainty = run.extras().contains(Extra.UNCERTAINTY);
    fixed =
        uncertainty
            ? run.settings().get(SegmentationSettings.SAMPLES)
                * model.description().grid().voxelCount()
                * n
                * Float.BYTES
            : 0;
    perVoxel =
        (run.extras().contains(Extra.POSTERIORS) ? n * Float.BYTES : 0)
            + (uncertainty ? Float.BYTES : 0);
    perChannel = run.extras().contains(Extra.BIAS_FIELD) ? 2 * Float.BYTES : 0;
  }

  /** Bytes. */
  long of(final Subject subject) {
    return labels.of(subject)
        + fixed
        + (perVoxel + perChannel * subject.channels().size()) * subject.image().grid().voxelCount();
  }

  /** Refuses an image whose results would not fit. */
  void require(final Subject subject) {
    labels.require(subject, of(subject), MachineMemory.now());
  }
}
