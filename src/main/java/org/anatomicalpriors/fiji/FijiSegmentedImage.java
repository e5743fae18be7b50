package org.anatomicalpriors.fiji;

import ij.ImagePlus;
import ij.gui.Overlay;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedIntType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.Segmentation;
import org.anatomicalpriors.segmentation.StructureVolume;
import org.anatomicalpriors.service.SegmentedImage;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;

/** A segmented image of one or more time points. */
final class FijiSegmentedImage implements SegmentedImage {

  private final FijiModel model;
  private final Settings settings;
  private final InputImage input;
  private final GivenMask mask;
  private final List<Segmentation> results;
  private final LabelSet set;
  private final Progress progress;
  private final ResultStacks stacks;

  /**
   * @param settings of the segmentation and the image
   * @param results one for each time point
   * @param progress asked whether to go on by everything that takes long
   */
  FijiSegmentedImage(
      final FijiModel model,
      final Settings settings,
      final InputImage input,
      final GivenMask mask,
      final List<Segmentation> results,
      final Progress progress) {
    this.model = model;
    this.settings = settings;
    this.input = input;
    this.mask = mask;
    this.results = results;
    this.progress = progress;
    set = results.get(0).labelSet();
    stacks = new ResultStacks(input);
  }

  private byte[][] indices() {
    return results.stream().map(Segmentation::labels).toArray(byte[][]::new);
  }

  @Override
  public ImagePlus labels() {
    return stacks.labels("-labels", set, indices());
  }

  @Override
  public RandomAccessibleInterval<UnsignedIntType> labelIds() {
    final List<RandomAccessibleInterval<UnsignedIntType>> frames = new ArrayList<>();
    for (final Segmentation r : results) {
      final int[] ids = new int[r.labels().length];
      for (int i = 0; i < ids.length; i++) ids[i] = set.get(r.labels()[i] & 0xff).id();
      frames.add(flattened(ArrayImgs.unsignedInts(ids, size())));
    }
    return frames.size() == 1 ? frames.get(0) : Views.stack(frames);
  }

  @Override
  public ImagePlus posteriors() {
    return InCore.call(this::makePosteriors);
  }

  private ImagePlus makePosteriors() {
    final float[][][] p = new float[results.size()][set.size()][];
    for (int t = 0; t < p.length; t++)
      for (int l = 0; l < set.size(); l++)
        p[t][l] = VoxelRows.toFloats(results.get(t).posterior(l, progress).voxels());
    return unitRange(
        stacks.stack(
            "-posteriors",
            set.size(),
            (c, z, t) -> slice(p[t][c], z),
            (c, z, t) -> set.get(c).name()));
  }

  @Override
  public RandomAccessibleInterval<FloatType> posteriorMaps() {
    return InCore.call(this::makePosteriorMaps);
  }

  private RandomAccessibleInterval<FloatType> makePosteriorMaps() {
    final List<RandomAccessibleInterval<FloatType>> maps = new ArrayList<>();
    for (int l = 0; l < set.size(); l++) {
      final List<RandomAccessibleInterval<FloatType>> frames = new ArrayList<>();
      for (final Segmentation r : results) frames.add(flattened(r.posterior(l, progress).voxels()));
      maps.add(frames.size() == 1 ? frames.get(0) : Views.stack(frames));
    }
    return Views.stack(maps);
  }

  @Override
  public ImagePlus uncertainty() {
    return InCore.call(() -> model.use(this::makeUncertainty));
  }

  private ImagePlus makeUncertainty() {
    return unitRange(floats("-uncertainty", 1, (c, t) -> results.get(t).uncertainty(progress)));
  }

  @Override
  public ImagePlus biasField() {
    return InCore.call(
        () ->
            floats(
                "-bias-field", input.channels(), (c, t) -> results.get(t).biasField(c, progress)));
  }

  @Override
  public ImagePlus corrected() {
    return InCore.call(
        () ->
            floats(
                "-corrected",
                input.channels(),
                (c, t) ->
                    results
                        .get(t)
                        .corrected(c, input.subjects().get(t).channels().get(c), progress)));
  }

  /** Makes the volume of a channel, from 0, and a time point. */
  private interface Volumes {
    SpatialImage<FloatType> at(int channel, int frame);
  }

  /** An image of numbers, shown from its least value to its largest. */
  private ImagePlus floats(final String suffix, final int channels, final Volumes volumes) {
    final float[][][] values = new float[results.size()][channels][];
    double least = Double.POSITIVE_INFINITY, most = Double.NEGATIVE_INFINITY;
    for (int t = 0; t < values.length; t++)
      for (int c = 0; c < channels; c++) {
        values[t][c] = VoxelRows.toFloats(volumes.at(c, t).voxels());
        for (final float v : values[t][c])
          if (v - v == 0) { // finite
            least = Math.min(least, v);
            most = Math.max(most, v);
          }
      }
    final ImagePlus image =
        stacks.stack(
            suffix,
            channels,
            (c, z, t) -> slice(values[t][c], z),
            (c, z, t) -> input.sliceLabel(z + 1, t));
    if (least <= most) image.setDisplayRange(least, most);
    return image;
  }

  private static ImagePlus unitRange(final ImagePlus image) {
    image.setDisplayRange(0, 1);
    return image;
  }

  private float[] slice(final float[] volume, final int z) {
    final int plane = input.grid().size(0) * input.grid().size(1);
    return Arrays.copyOfRange(volume, z * plane, (z + 1) * plane);
  }

  private long[] size() {
    return Arrays.stream(input.grid().size()).asLongStream().toArray();
  }

  private <T> RandomAccessibleInterval<T> flattened(final RandomAccessibleInterval<T> volume) {
    return input.dimensions() == 2 ? Views.hyperSlice(volume, 2, 0) : volume;
  }

  @Override
  public Overlay outlines() {
    final Outlines outlines = new Outlines(input, set);
    for (int t = 0; t < results.size(); t++) {
      progress.checkCancelled();
      outlines.add(results.get(t).labels(), t);
    }
    return outlines.overlay();
  }

  @Override
  public ResultTable volumes() {
    final ResultTable table =
        new ResultTable(
            input.name() + "-volumes",
            "image",
            "frame",
            "id",
            "name",
            "volume",
            "unit",
            "confidence",
            "expected_dice");
    for (int t = 0; t < results.size(); t++)
      for (final StructureVolume v : results.get(t).volumes())
        table.row(
            input.name(),
            input.frame(t),
            v.label().id(),
            v.label().name(),
            v.volume(),
            v.unit() + (input.grid().is2D() ? "^2" : "^3"),
            v.confidence(),
            v.expectedDice());
    return table;
  }

  @Override
  public String report() {
    return InCore.call(() -> Report.json(model, settings, input, results));
  }

  @Override
  public void save(final File folder) {
    InCore.run(
        () ->
            new ResultFiles(model, settings).save(input, mask, results, folder.toPath(), progress));
  }
}
