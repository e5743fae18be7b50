package org.anatomicalpriors.segmentation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.Parallel;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;

/**
 * What was found in one image, on the image's own grid. Posteriors and the uncertainty are computed
 * when asked for. Arrays are in x-fastest order.
 */
public final class Segmentation {

  private final String name;
  private final Grid grid;
  private final LabelSet labelSet;
  private final Affine toCommon;
  private final LabelField field;
  private final Supplier<List<LabelField>> draws;
  private final List<Supplier<float[]>> logGains;
  private final Map<String, Object> report;
  private final byte[] labels;
  private final double[] confidence;
  private final double[] expectedDice;
  private final int threads;

  /**
   * @param field the closed form for z at its mean
   * @param draws the closed form for draws of z
   * @param logGains logarithm of the bias field at every voxel, for every channel; empty if none
   *     was estimated
   * @param labels most probable label index of every voxel
   * @param confidence mean posterior probability of each label where it is the most probable one
   * @param expectedDice Dice of each label if the posterior is right
   */
  Segmentation(
      final String name,
      final Grid grid,
      final LabelSet labelSet,
      final Affine toCommon,
      final LabelField field,
      final Supplier<List<LabelField>> draws,
      final List<Supplier<float[]>> logGains,
      final byte[] labels,
      final double[] confidence,
      final double[] expectedDice,
      final int threads,
      final Map<String, Object> report) {
    this.name = name;
    this.grid = grid;
    this.labelSet = labelSet;
    this.toCommon = toCommon;
    this.field = field;
    this.draws = draws;
    this.logGains = List.copyOf(logGains);
    this.labels = labels;
    this.confidence = confidence;
    this.expectedDice = expectedDice;
    this.threads = threads;
    this.report = report;
  }

  /** Name of the image. */
  public String name() {
    return name;
  }

  /** The image's own grid. */
  public Grid grid() {
    return grid;
  }

  public LabelSet labelSet() {
    return labelSet;
  }

  /** The map from the image's world to the prior's. */
  public Affine toCommon() {
    return toCommon;
  }

  /** Most probable label index of every voxel; the array is not copied. */
  public byte[] labels() {
    return labels;
  }

  /** Volume, confidence and expected Dice of every structure, background left out. */
  public List<StructureVolume> volumes() {
    final long[] counts = new long[labelSet.size()];
    for (final byte l : labels) counts[l & 0xff]++;
    final List<StructureVolume> volumes = new ArrayList<>();
    for (int l = 1; l < labelSet.size(); l++)
      volumes.add(
          new StructureVolume(
              labelSet.get(l),
              counts[l] * grid.voxelVolume(),
              grid.unit(),
              confidence[l],
              expectedDice[l]));
    return volumes;
  }

  /** p(s_j = l | x, z) of one label at z's mean, on the image's grid. */
  public SpatialImage<FloatType> posterior(final int label, final Progress progress) {
    final float[] p = new float[grid.voxelCount()];
    if (label == 0) Arrays.fill(p, 1);
    field.forEach((voxel, scores) -> p[voxel] = (float) Softmax.at(scores, label), progress);
    return image(p, labelSet.get(label).name());
  }

  /**
   * Entropy of the label posterior, averaged over draws of z, as a share of the largest possible
   * one: 0 is certain, 1 knows nothing. Needs the model to be open.
   */
  public SpatialImage<FloatType> uncertainty(final Progress progress) {
    final int nx = grid.size(0), ny = grid.size(1), n = labelSet.size();
    final float[] entropy = new float[grid.voxelCount()];
    final List<LabelField> fields = draws.get();
    Parallel.forEach(
        grid.size(2),
        threads,
        progress,
        z -> {
          final List<LabelField.Reader> readers = new ArrayList<>();
          fields.forEach(f -> readers.add(f.reader()));
          final double[] mean = new double[n];
          for (int y = 0; y < ny; y++)
            for (int x = 0; x < nx; x++) {
              Arrays.fill(mean, 0);
              for (final LabelField.Reader reader : readers) {
                final float[] scores = reader.at(x, y, z);
                if (scores == null) break;
                Softmax.add(scores, 1.0 / readers.size(), mean);
              }
              double h = 0;
              for (final double p : mean) if (p > 0) h -= p * Math.log(p);
              entropy[(z * ny + y) * nx + x] = (float) (h / Math.log(n));
            }
        });
    return image(entropy, "uncertainty");
  }

  /**
   * The bias field of a channel: the factor by which it is too bright at every voxel, about 1 on
   * average over the structures; 1 everywhere if none was estimated. It is known where the prior
   * reaches, and goes on beyond as at its border.
   *
   * @param channel from 0
   */
  public SpatialImage<FloatType> biasField(final int channel, final Progress progress) {
    final float[] gain = logGain(channel, progress);
    for (int v = 0; v < gain.length; v++) gain[v] = (float) Math.exp(gain[v]);
    return image(gain, "bias field");
  }

  /**
   * A channel divided by its bias field, in its own units.
   *
   * @param channel from 0
   * @param image that channel of the {@link Subject}
   */
  public SpatialImage<FloatType> corrected(
      final int channel, final SpatialImage<? extends RealType<?>> image, final Progress progress) {
    if (!Arrays.equals(image.grid().size(), grid.size()))
      throw new IllegalArgumentException(image.name() + " is not the image that was segmented");
    final float[] gain = logGain(channel, progress);
    final float[] values = VoxelRows.toFloats(image.voxels());
    for (int v = 0; v < gain.length; v++) values[v] *= (float) Math.exp(-gain[v]);
    return image(values, "corrected");
  }

  private float[] logGain(final int channel, final Progress progress) {
    progress.checkCancelled();
    return logGains.isEmpty() ? new float[grid.voxelCount()] : logGains.get(channel).get();
  }

  private SpatialImage<FloatType> image(final float[] values, final String what) {
    return new SpatialImage<>(
        ArrayImgs.floats(values, grid.size(0), grid.size(1), grid.size(2)),
        grid,
        name + " " + what);
  }

  /**
   * How it was found, ready for JSON: objective, intensities in the image's units, alignment,
   * seconds per stage.
   */
  public Map<String, Object> report() {
    return report;
  }
}
