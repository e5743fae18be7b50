package org.anatomicalpriors.segmentation;

import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.NetworkMemory;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.MachineMemory;

/**
 * Estimates how much memory an image needs while it is segmented: of Java's, some numbers a voxel
 * and the prior's probabilities; of TensorFlow's, a pass of the network.
 */
public final class SegmentationMemory {

  /** Of every channel: as read, as numbers, scaled. */
  private static final long BYTES_A_CHANNEL = 4 + 4 + 4;

  /** Labels as indices and ids, their probability, whether and which channels are known. */
  private static final long BYTES_A_VOXEL = 1 + 4 + 4 + 4 + 1;

  private final long fixed;
  private final long perVoxel;
  private final long perChannel;
  private final long network;

  /**
   * @param settings {@link SegmentationSettings}
   */
  public SegmentationMemory(final AnatomicalPrior model, final Settings settings) {
    // The prior's probabilities on its own grid, once decoded and once more mixed with the atlas.
    fixed = 2 * NetworkMemory.labels(model.description().architecture());
    final int bias = settings.get(SegmentationSettings.BIAS) ? Float.BYTES : 0;
    perVoxel = BYTES_A_VOXEL + bias; // one log-gain
    perChannel = BYTES_A_CHANNEL + bias; // divided by it
    network =
        model.engine().device().isGpu()
            ? 0
            : NetworkMemory.pass(model.description().architecture());
  }

  /** Bytes of Java's memory. */
  public long of(final Subject subject) {
    return fixed
        + (perVoxel + perChannel * subject.channels().size()) * subject.image().grid().voxelCount();
  }

  /**
   * Refuses an image that cannot be segmented.
   *
   * @param heap bytes of Java's memory, those of further results included
   * @throws InvalidInputException if there is far too little memory
   */
  public void require(final Subject subject, final long heap, final MachineMemory machine) {
    if (machine.isHeapTooSmall(heap))
      throw new InvalidInputException(
          subject.image().name()
              + " needs about "
              + MachineMemory.text(heap)
              + " of Java's memory to be segmented and Java may use "
              + MachineMemory.text(machine.heap())
              + "; start Java with "
              + MachineMemory.option(heap)
              + advice(subject, heap, machine));
    if (machine.isTooSmall(heap + network))
      throw new InvalidInputException(
          subject.image().name()
              + " needs about "
              + MachineMemory.text(heap + network)
              + " of memory to be segmented and this machine has "
              + MachineMemory.text(machine.total())
              + "; use a model with a larger spacing or fewer channels"
              + advice(subject, heap, machine));
  }

  private String advice(final Subject subject, final long heap, final MachineMemory machine) {
    final long least = of(subject);
    return heap > least && least <= machine.heap()
        ? ", or switch posteriors and the other further results off, without which it fits."
        : ", or downsample the image.";
  }

  /** What helps if Java's memory ran out all the same. */
  String javaSentence(final Subject subject, final MachineMemory machine) {
    return "Java's memory ran out while "
        + subject.image().name()
        + " was segmented, which needs about "
        + MachineMemory.text(of(subject))
        + " of it; start Java with "
        + MachineMemory.option(Math.max(of(subject), machine.heap()))
        + ", or downsample the image.";
  }

  /** What helps if TensorFlow's memory ran out all the same. */
  String engineSentence(final Subject subject) {
    return "TensorFlow's memory ran out while "
        + subject.image().name()
        + " was segmented, for which the network needs about "
        + MachineMemory.text(network)
        + "; close other programs, give Java less memory, or use a model with a larger spacing or fewer channels.";
  }
}
