package org.anatomicalpriors.fiji;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ImageProcessor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.io.ImagePlusImages;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.segmentation.Segmenter;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.tensorflow.TemporaryFolder;
import org.anatomicalpriors.tensorflow.TestEngine;
import org.anatomicalpriors.training.ToyImages;

/** A tiny prior in a file and images of its anatomy, once for all tests. */
public final class FijiStudy {

  public static final int DEPTH = 12;

  private static final TemporaryFolder FOLDER = new TemporaryFolder("volumes.zip", "slices.zip");
  private static final Map<List<Object>, byte[]> SEGMENTED = new HashMap<>();
  private static final ToyImages VOLUMES = new ToyImages(6, DEPTH);
  private static final ToyImages SLICES = new ToyImages(6, 1);

  private FijiStudy() {}

  /** A prior of volumes. */
  public static synchronized Path prior() {
    return prior("volumes.zip", DEPTH);
  }

  /** A prior of slices. */
  public static synchronized Path flatPrior() {
    return prior("slices.zip", 1);
  }

  private static Path prior(final String name, final int depth) {
    final Path file = FOLDER.path().resolve(name);
    if (!file.toFile().exists())
      try (TemporaryFolder training = new TemporaryFolder();
          AnatomicalPrior prior = ToyImages.prior(depth, 120, training.path())) {
        ModelBundle.save(prior, file);
      }
    return file;
  }

  /** A calibrated stack of 12 slices. */
  public static ImagePlus volume(final int index) {
    return ImagePlusImages.toImagePlus(VOLUMES.load(index));
  }

  public static ImagePlus slice(final int index) {
    return ImagePlusImages.toImagePlus(SLICES.load(index));
  }

  /** The label map of a volume. */
  public static ImagePlus truth(final int index) {
    return ImagePlusImages.toImagePlus(spatial(index));
  }

  private static <T extends RealType<T>> SpatialImage<T> spatial(final int index) {
    @SuppressWarnings("unchecked")
    final SpatialImage<T> map = (SpatialImage<T>) VOLUMES.maps().load(index);
    return map;
  }

  /** A hyperstack of volumes: one for each channel of each time point, in ImageJ's order. */
  public static ImagePlus hyperstack(final int channels, final List<ImagePlus> volumes) {
    final ImagePlus first = volumes.get(0);
    final int frames = volumes.size() / channels;
    final ImageStack stack = new ImageStack(first.getWidth(), first.getHeight());
    for (int t = 0; t < frames; t++)
      for (int z = 1; z <= first.getStackSize(); z++)
        for (int c = 0; c < channels; c++) {
          final ImageStack from = volumes.get(t * channels + c).getStack();
          stack.addSlice("c" + (c + 1) + " z" + z + " t" + (t + 1), from.getProcessor(z));
        }
    final ImagePlus image = new ImagePlus("hyper.tif", stack);
    image.setDimensions(channels, first.getStackSize(), frames);
    image.setOpenAsHyperStack(true);
    image.setCalibration(first.getCalibration().copy());
    return image;
  }

  /**
   * What the core finds in a stack, without anything of Fiji's; label indices, which are ids. Many
   * tests ask for the same.
   */
  public static synchronized byte[] segmented(final Path model, final ImagePlus stack) {
    return SEGMENTED
        .computeIfAbsent(
            List.of(
                model,
                stack.getWidth(),
                stack.getHeight(),
                stack.getCalibration().toString(),
                voxels(stack)),
            k -> segment(model, stack))
        .clone();
  }

  private static byte[] segment(final Path model, final ImagePlus stack) {
    try (AnatomicalPrior prior = ModelBundle.open(model, TestEngine.get())) {
      return Segmenter.of(prior, Settings.of(SegmentationSettings.ALL))
          .segment(ImagePlusImages.copyOf(stack, stack.getTitle(), Progress.NONE), Progress.NONE)
          .labels();
    }
  }

  private static List<Float> voxels(final ImagePlus stack) {
    final List<Float> voxels = new ArrayList<>();
    for (int s = 1; s <= stack.getStackSize(); s++) {
      final ImageProcessor slice = stack.getStack().getProcessor(s);
      for (int i = 0; i < slice.getPixelCount(); i++) voxels.add(slice.getf(i));
    }
    return voxels;
  }

  /** Values of a stack, x fastest, which have to be whole numbers below 128. */
  public static byte[] values(final ImagePlus image) {
    final int plane = image.getWidth() * image.getHeight();
    final byte[] values = new byte[plane * image.getStackSize()];
    for (int s = 0; s < image.getStackSize(); s++)
      for (int i = 0; i < plane; i++)
        values[s * plane + i] = (byte) image.getStack().getProcessor(s + 1).get(i);
    return values;
  }

  /** Mean Dice of labels 1 to 3. */
  public static double dice(final byte[] a, final byte[] b) {
    double sum = 0;
    for (int l = 1; l < 4; l++) {
      int both = 0, either = 0;
      for (int v = 0; v < a.length; v++) {
        if (a[v] == l && b[v] == l) both++;
        if (a[v] == l) either++;
        if (b[v] == l) either++;
      }
      sum += 2.0 * both / either / 3;
    }
    return sum;
  }
}
