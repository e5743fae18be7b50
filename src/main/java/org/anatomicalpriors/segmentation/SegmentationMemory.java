package org.anatomicalpriors.segmentation;

import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.Architecture;
import org.anatomicalpriors.model.NetworkMemory;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.MachineMemory;

/**
 * Estimates how much memory an image needs while it is segmented: of Java's, some numbers a voxel
 * and the prior's probabilities; of TensorFlow's, a pass of the network, whole or in slabs.
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
  private final long slabs;

  /**
   * @param settings {@link SegmentationSettings}
   */
  public SegmentationMemory(final AnatomicalPrior model, final Settings settings) {
    // The prior's probabilities on its own grid, once decoded and once more mixed with the atlas.
    fixed = 2 * NetworkMemory.labels(model.description().architecture());
    final int bias = settings.get(SegmentationSettings.BIAS) ? Float.BYTES : 0;
    perVoxel = BYTES_A_VOXEL + bias; // one log-gain
    perChannel = BYTES_A_CHANNEL + bias; // divided by it
    final boolean known = !model.engine().device().isGpu();
    final Architecture a = model.description().architecture();
    network = known ? NetworkMemory.pass(a) : 0;
    slabs = known ? NetworkMemory.passInSlabs(a) : 0;
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
    if (machine.isTooSmall(heap + slabs))
      throw new InvalidInputException(
          subject.image().name()
              + " needs about "
              + MachineMemory.text(heap + slabs)
              + " of memory to be segmented and this machine has "
              + MachineMemory.text(machine.total())
              + "; use a model with a larger spacing or fewer channels"
              + advice(subject, heap, machine));
  }

  /** Whether a whole pass of the network would take more than is free. */
  boolean needsSlabs(final Subject subject, final MachineMemory machine) {
    return slabs < network && machine.isShort(of(subject) + network);
  }

  /** What is said then. */
  String slabsSentence(final Subject subject, final MachineMemory machine) {
    return subject.image().name()
        + " needs about "
        + MachineMemory.text(of(subject) + network)
        + " of memory to be segmented, of which "
        + MachineMemory.text(machine.available())
        + " are free now; the networks are computed in slabs, which takes about "
        + MachineMemory.text(of(subject) + slabs)
        + " and gives the same result but for rounding.";
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
        + MachineMemory.text(slabs)
        + "; close other programs, give Java less memory, or use a model with a larger spacing or fewer channels.";
  }
}
