package org.anatomicalpriors.service;

import ij.ImagePlus;
import ij.process.ImageProcessor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedIntType;
import net.imglib2.type.numeric.real.FloatType;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.progress.Progress;

/**
 * What SciJava Ops finds of this plugin; {@code ops.yaml} lists it. In Groovy:
 *
 * <pre>{@code
 * #@ OpEnvironment ops
 * model = ops.op("anatomicalPriors.load").input("brain.zip").apply()
 * labels = ops.op("anatomicalPriors.segment").input(image, model, [1, 1, 1.5] as double[]).apply()
 * }</pre>
 *
 * Images have 2 or 3 dimensions (x, y, z). Spacing is in mm, for each axis. Anatomies of a prior
 * are on its own grid. All throw {@link org.anatomicalpriors.InvalidInputException} for what cannot
 * be used.
 */
public final class PriorOps {

  private PriorOps() {}

  /** Work ends soon after the thread that asked for it was interrupted. */
  private static Progress progress() {
    final Thread caller = Thread.currentThread();
    return new Progress() {
      @Override
      public void update(
          final String stage, final long done, final long total, final String message) {}

      @Override
      public boolean isCancelled() {
        return caller.isInterrupted();
      }
    };
  }

  /** Opens a prior or segmenter, which holds native memory until it is closed. */
  public static TrainedModel load(final String file) {
    return Core.backend().load(file, Collections.emptyMap(), progress());
  }

  /** Learns a prior from label maps, writes it to a file and opens it. */
  public static <T extends RealType<T>> TrainedModel train(
      final List<RandomAccessibleInterval<T>> labels,
      final double[] spacing,
      final String output,
      final Integer steps) {
    return trained("train-prior", "labels", labels, spacing, output, steps, "");
  }

  /** Trains a segmenter with a prior on images without labels, writes it to a file, opens it. */
  public static <T extends RealType<T>> TrainedModel trainSegmenter(
      final List<RandomAccessibleInterval<T>> images,
      final TrainedModel prior,
      final double[] spacing,
      final String output,
      final Integer steps) {
    return trained(
        "train-segmenter", "images", images, spacing, output, steps, prior.file().toString());
  }

  private static TrainedModel trained(
      final String job,
      final String name,
      final List<?> images,
      final double[] spacing,
      final String output,
      final Integer steps,
      final String prior) {
    final Map<String, Object> values = new LinkedHashMap<>(voxelSize(spacing));
    if (!prior.isEmpty()) values.put("prior", prior);
    values.put(name, images);
    values.put("output", output);
    values.put("steps", steps);
    Core.backend().run(job, values, JobContext.of(progress()));
    return load(output);
  }

  /** Label ids of an image, on its voxels. */
  public static <T extends RealType<T>> RandomAccessibleInterval<UnsignedIntType> segment(
      final RandomAccessibleInterval<T> image, final TrainedModel model, final double[] spacing) {
    return segmented(image, model, spacing).labelIds();
  }

  /** As {@link #segment(RandomAccessibleInterval, TrainedModel, double[])} with a model's file. */
  public static <T extends RealType<T>> RandomAccessibleInterval<UnsignedIntType> segment(
      final RandomAccessibleInterval<T> image, final String model, final double[] spacing) {
    try (TrainedModel opened = load(model)) {
      return segment(image, opened, spacing);
    }
  }

  /** Probabilities of the labels of an image: its axes, then the label. */
  public static <T extends RealType<T>> RandomAccessibleInterval<FloatType> posteriors(
      final RandomAccessibleInterval<T> image, final TrainedModel model, final double[] spacing) {
    return segmented(image, model, spacing).posteriorMaps();
  }

  private static SegmentedImage segmented(
      final RandomAccessibleInterval<?> image, final TrainedModel model, final double[] spacing) {
    return Core.backend().segment(model, image, voxelSize(spacing), progress());
  }

  /** An anatomy drawn from p(z), as label ids; the same seed draws the same. */
  public static RandomAccessibleInterval<UnsignedIntType> sample(
      final TrainedModel model, final Long seed) {
    return ids(Core.backend().sample(model, 1, seed, progress()).get(0));
  }

  /** Shape code of a label map: the mean of q(z|s). */
  public static <T extends RealType<T>> float[] encode(
      final RandomAccessibleInterval<T> labels, final TrainedModel model, final double[] spacing) {
    return Core.backend().encode(model, labels, voxelSize(spacing), progress());
  }

  /** The most probable anatomy of a shape code, as label ids. */
  public static RandomAccessibleInterval<UnsignedIntType> decode(
      final float[] code, final TrainedModel model) {
    return ids(Core.backend().decode(model, code, progress()));
  }

  /** A label map as the prior sees it, encoded and decoded, as label ids. */
  public static <T extends RealType<T>> RandomAccessibleInterval<UnsignedIntType> reconstruct(
      final RandomAccessibleInterval<T> labels, final TrainedModel model, final double[] spacing) {
    return decode(encode(labels, model, spacing), model);
  }

  /** Dice overlap, 0 to 1, of every label of two label maps, by id. */
  public static <T extends RealType<T>, R extends RealType<R>> Map<Integer, Double> dice(
      final RandomAccessibleInterval<T> segmentation, final RandomAccessibleInterval<R> reference) {
    final ResultTable scores = evaluate(segmentation, reference, new double[] {1, 1, 1});
    final List<Object> ids = scores.column("id"), dice = scores.column("dice");
    final Map<Integer, Double> byId = new LinkedHashMap<>();
    for (int i = 0; i < ids.size(); i++)
      byId.put(((Number) ids.get(i)).intValue(), ((Number) dice.get(i)).doubleValue());
    return byId;
  }

  /** Scores of a segmentation against a reference: a row for each label, distances in mm. */
  public static <T extends RealType<T>, R extends RealType<R>> ResultTable evaluate(
      final RandomAccessibleInterval<T> segmentation,
      final RandomAccessibleInterval<R> reference,
      final double[] spacing) {
    return Core.backend().evaluate(segmentation, reference, voxelSize(spacing), progress());
  }

  private static Map<String, String> voxelSize(final double[] spacing) {
    final StringBuilder text = new StringBuilder();
    for (final double s : spacing) text.append(text.length() == 0 ? "" : "x").append(s);
    return Collections.singletonMap("voxel_size", text + " mm");
  }

  private static RandomAccessibleInterval<UnsignedIntType> ids(final ImagePlus image) {
    final int plane = image.getWidth() * image.getHeight(), depth = image.getStackSize();
    final int[] ids = new int[plane * depth];
    for (int z = 0; z < depth; z++) {
      final ImageProcessor slice = image.getStack().getProcessor(z + 1);
      for (int i = 0; i < plane; i++) ids[z * plane + i] = (int) slice.getf(i);
    }
    return depth == 1
        ? ArrayImgs.unsignedInts(ids, image.getWidth(), image.getHeight())
        : ArrayImgs.unsignedInts(ids, image.getWidth(), image.getHeight(), depth);
  }
}
