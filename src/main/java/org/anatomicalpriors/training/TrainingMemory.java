package org.anatomicalpriors.training;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.model.Architecture;
import org.anatomicalpriors.model.Keeping;
import org.anatomicalpriors.model.NetworkMemory;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.tensorflow.Engine;
import org.anatomicalpriors.tensorflow.MachineMemory;
import org.anatomicalpriors.tensorflow.OutOfMemory;

/**
 * Estimates the memory of a training before it begins: that of the networks ({@link
 * NetworkMemory}), of Java's heap, and what Java and TensorFlow themselves take.
 */
final class TrainingMemory {

  /** Of Java and TensorFlow with a small graph; measured. */
  private static final long STARTED = 450_000_000;

  /** Of a voxel of an image or label map on the prior's grid. */
  private static final long MAP = 1, IMAGE = 9;

  /** Of a voxel of a {@link PriorExample}. */
  static final long EXAMPLE = MAP + IMAGE;

  /** Examples that are prepared ahead, and those that are being used or made. */
  private static final int AHEAD = 6;

  /** Weights of now, the best ones, both moments, and the copies that are saved. */
  private static final int WEIGHTS = 6;

  private static final double COARSER = 1.05;
  private static final double COARSEST = 100;

  private final ToLongFunction<Architecture> heap;
  private final Recomputation recomputation;

  private TrainingMemory(
      final ToLongFunction<Architecture> heap, final Recomputation recomputation) {
    this.heap = heap;
    this.recomputation = recomputation;
  }

  private TrainingMemory(final ToLongFunction<Architecture> heap) {
    this(heap, Recomputation.AUTO);
  }

  /** Of the same training with this setting; others have {@link Recomputation#AUTO}. */
  TrainingMemory with(final Recomputation setting) {
    return new TrainingMemory(heap, setting);
  }

  /**
   * Of a prior.
   *
   * @param store keeps its label maps
   * @param share bytes of held-out examples to keep in memory
   */
  static TrainingMemory ofPrior(
      final PriorData data, final SpillStore<byte[]> store, final long share) {
    final long read = store.isOnDisk() ? AHEAD * store.largest() : 0;
    return ofPrior(store.held() + read, data.validation.size(), share);
  }

  /**
   * Of a prior: the atlas (as counted, as kept, rounded), and label maps and images of them.
   *
   * @param maps bytes of the label maps in memory
   * @param validation how many are held out
   * @param share bytes of held-out examples to keep in memory
   */
  static TrainingMemory ofPrior(final long maps, final int validation, final long share) {
    return new TrainingMemory(
        a ->
            3 * NetworkMemory.labels(a)
                + WEIGHTS * NetworkMemory.weights(a)
                + maps
                + Math.min(share, EXAMPLE * validation * a.voxels())
                + EXAMPLE * AHEAD * a.voxels());
  }

  /**
   * Of a segmenter: the atlas in four forms, and of every image its posteriors in bytes.
   *
   * @param share bytes of images to keep in memory
   */
  static TrainingMemory ofSegmenter(final int images, final long share) {
    return new TrainingMemory(
        a -> {
          final long one = NetworkMemory.labels(a) / Float.BYTES + IMAGE * a.voxels();
          return 4 * NetworkMemory.labels(a)
              + WEIGHTS * NetworkMemory.weights(a)
              + (images * one <= share ? images * one : share + AHEAD * one);
        });
  }

  /** Bytes of Java's heap. */
  long heap(final Architecture a) {
    return heap.applyAsLong(a);
  }

  /** Bytes of the process. */
  long all(final Architecture a, final Keeping keeping) {
    return STARTED + heap(a) + NetworkMemory.step(a, keeping);
  }

  /** Bytes of the process with as little as the setting allows. */
  private long least(final Architecture a) {
    return all(a, recomputation.least());
  }

  /**
   * Decides what is kept in memory, refuses what would fail after a long time all the same, and
   * says what would not.
   *
   * @param grid of the prior
   * @return what gradients find in memory from the start: as much as is free, if the setting allows
   * @throws InvalidInputException if there is far too little memory
   */
  Keeping plan(
      final Architecture a, final Grid grid, final Engine engine, final Progress progress) {
    // A GPU's library plans with its own memory; there recomputation comes once that runs out.
    if (engine.device().isGpu()) return recomputation.most();
    return plan(a, grid, MachineMemory.now(), progress);
  }

  Keeping plan(
      final Architecture a, final Grid grid, final MachineMemory machine, final Progress progress) {
    final String what =
        "Training on "
            + grid.size(0)
            + " x "
            + grid.size(1)
            + " x "
            + grid.size(2)
            + " voxels with "
            + a.labels()
            + " labels and "
            + a.toString().split(", latent")[0]
            + " needs about ";
    if (machine.isTooSmall(least(a)))
      throw new InvalidInputException(
          what
              + leastText(a)
              + " and this machine has "
              + MachineMemory.text(machine.total())
              + "; "
              + instead(a, c -> c <= machine.total())
              + "give fewer channels, or a larger spacing for the prior"
              + fitting(a, grid, c -> least(c) <= machine.total())
              + ".");
    if (machine.isHeapTooSmall(heap(a)))
      throw new InvalidInputException(
          what
              + MachineMemory.text(heap(a))
              + " of Java's memory and Java may use "
              + MachineMemory.text(machine.heap())
              + "; start Java with "
              + MachineMemory.option(heap(a))
              + ", or give a larger spacing for the prior"
              + fitting(a, grid, c -> heap(c) <= machine.heap())
              + ".");
    final Keeping most = recomputation.most();
    Keeping keeping = most;
    while (keeping != recomputation.least() && machine.isShort(all(a, keeping)))
      keeping = keeping.next();
    if (machine.isShort(all(a, keeping)))
      progress.log(
          what
              + leastText(a)
              + ", more than the "
              + MachineMemory.text(machine.available())
              + " that are free now: close other programs, "
              + instead(a, c -> c <= machine.available())
              + "or give a larger spacing for the prior"
              + fitting(a, grid, c -> least(c) <= machine.available())
              + ".");
    else if (keeping != most)
      progress.log(
          what
              + MachineMemory.text(all(a, most))
              + " of memory, of which "
              + MachineMemory.text(machine.available())
              + " are free now; it goes on "
              + keeping.how()
              + ", and needs about "
              + MachineMemory.text(all(a, keeping))
              + ".");
    return keeping;
  }

  private String leastText(final Architecture a) {
    return MachineMemory.text(least(a))
        + " of memory"
        + (recomputation == Recomputation.OFF ? "" : " with recomputation in slabs");
  }

  /** A piece of advice where recomputation, which is off, would do. */
  private String instead(final Architecture a, final LongPredicate fits) {
    final long slabs = all(a, Keeping.SLABS);
    return recomputation == Recomputation.OFF && fits.test(slabs)
        ? "let recomputation be auto, which needs about " + MachineMemory.text(slabs) + ", "
        : "";
  }

  /**
   * Trains; where the memory runs out all the same, a sentence says what would do. What was saved
   * before stays.
   */
  <T> T guard(final Architecture a, final Grid grid, final Supplier<T> training) {
    return OutOfMemory.guard(
        training,
        () ->
            "Java's memory ran out in the training, which needs about "
                + MachineMemory.text(heap(a))
                + " of it; start Java with "
                + MachineMemory.option(Math.max(heap(a), MachineMemory.now().heap()))
                + ", or give a larger spacing for the prior"
                + fitting(a, grid, c -> 2 * heap(c) <= heap(a))
                + ".",
        () ->
            "TensorFlow's memory ran out in the training, which needs about "
                + leastText(a)
                + " in all; "
                + instead(a, c -> true)
                + "close other programs, give Java less memory, or give fewer channels or a larger spacing for the prior"
                + fitting(a, grid, c -> 2 * least(c) <= least(a))
                + ".");
  }

  /** The finest coarser spacing that fits, in words; empty if there is none. */
  private static String fitting(
      final Architecture a, final Grid grid, final Predicate<Architecture> fits) {
    for (double k = COARSER; k < COARSEST; k *= COARSER)
      if (fits.test(a.coarser(k)))
        return ", such as "
            + BigDecimal.valueOf(k * grid.spacing()[0])
                .round(new MathContext(2, RoundingMode.UP))
                .toPlainString()
            + " "
            + grid.unit();
    return "";
  }
}
