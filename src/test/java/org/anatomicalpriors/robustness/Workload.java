package org.anatomicalpriors.robustness;

import static org.anatomicalpriors.fiji.FijiStudy.hyperstack;
import static org.anatomicalpriors.fiji.FijiStudy.prior;
import static org.anatomicalpriors.fiji.FijiStudy.truth;
import static org.anatomicalpriors.fiji.FijiStudy.values;
import static org.anatomicalpriors.fiji.FijiStudy.volume;

import ij.ImagePlus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.anatomicalpriors.service.AnatomicalPriorService;
import org.anatomicalpriors.service.SegmentedImage;
import org.anatomicalpriors.service.TrainedModel;
import org.anatomicalpriors.tensorflow.TemporaryFolder;
import org.scijava.Context;

/**
 * Segmentations by number, as scripts ask the service for them: several images, each in several
 * ways. The same number has the same result. Safe for use by several threads.
 */
final class Workload implements AutoCloseable {

  private static final int IMAGES = 3;

  private static final Map<String, Object> MACHINE = Map.of("device", "cpu", "threads", 2);

  /** Finding the place takes most of the time; some ways do. */
  private static final Map<String, Object> IN_PLACE = Map.of("align", false);

  /** One way to segment an image: all bytes of what comes of it. */
  @FunctionalInterface
  private interface Way {
    byte[] of(int image) throws IOException;
  }

  private final TemporaryFolder folder = new TemporaryFolder("segmenter.zip");
  private final AnatomicalPriorService priors;
  private final TrainedModel prior;
  private final TrainedModel segmenter;
  private final List<Way> ways =
      List.of(
          this::plain,
          this::posteriors,
          this::uncertainty,
          this::refined,
          this::withSegmenter,
          this::secondChannel,
          this::masked,
          this::modelOfItsOwn,
          this::picked,
          this::saved);

  Workload(final Context context) {
    priors = context.service(AnatomicalPriorService.class);
    prior = priors.load(prior(), MACHINE);
    segmenter =
        priors.trainSegmenter(
            prior,
            List.of(volume(4), volume(5)),
            Map.of("output", folder.path().resolve("segmenter.zip"), "steps", 5, "threads", 2));
  }

  /** How many there are: number n is number n + count again. */
  int count() {
    return IMAGES * ways.size();
  }

  /** How many next to each other are all different ways. */
  int ways() {
    return ways.size();
  }

  /** All bytes of what comes of a segmentation. */
  byte[] segment(final int number) throws IOException {
    return ways.get(number % ways.size()).of(number / ways.size() % IMAGES);
  }

  private byte[] plain(final int image) {
    final SegmentedImage result = priors.segment(prior, volume(image));
    return joined(values(result.labels()), bytes(result.volumes().toString()));
  }

  private byte[] posteriors(final int image) {
    final SegmentedImage result = priors.segment(prior, volume(image), IN_PLACE);
    return joined(bytes(result.posteriorMaps()), floats(result.posteriors()));
  }

  private byte[] uncertainty(final int image) {
    final SegmentedImage result =
        priors.segment(prior, volume(image), Map.of("align", false, "samples", 3));
    return joined(floats(result.uncertainty()), floats(result.biasField()));
  }

  private byte[] refined(final int image) {
    return values(
        priors.segment(prior, volume(image), Map.of("align", false, "refine", 4)).labels());
  }

  private byte[] withSegmenter(final int image) {
    return bytes(priors.segment(segmenter, volume(image), IN_PLACE).posteriorMaps());
  }

  private byte[] secondChannel(final int image) {
    final ImagePlus two = hyperstack(2, List.of(volume(5), volume(image)));
    return values(priors.segment(prior, two, Map.of("channel", 2)).labels());
  }

  private byte[] masked(final int image) {
    final Map<String, Object> options = Map.of("align", false, "mask", truth(image));
    return values(priors.segment(prior, volume(image), options).labels());
  }

  private byte[] modelOfItsOwn(final int image) {
    try (TrainedModel own = priors.load(prior(), MACHINE)) {
      return bytes(priors.segment(own, volume(image), IN_PLACE).posteriorMaps());
    }
  }

  private byte[] picked(final int image) {
    return bytes(priors.refine(prior, volume(image), truth(image), IN_PLACE).posteriorMaps());
  }

  private byte[] saved(final int image) throws IOException {
    try (TemporaryFolder results = new TemporaryFolder()) {
      priors.segment(prior, volume(image)).save(results.path().toFile());
      final Path labels = results.path().resolve("toy" + image + "-labels.nii.gz");
      return Files.readAllBytes(labels);
    }
  }

  private static byte[] bytes(final String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(final RandomAccessibleInterval<FloatType> maps) {
    final ByteBuffer all = ByteBuffer.allocate(4 * (int) Views.iterable(maps).size());
    for (final FloatType t : Views.flatIterable(maps)) all.putFloat(t.get());
    return all.array();
  }

  private static byte[] floats(final ImagePlus image) {
    final List<byte[]> slices = new ArrayList<>();
    for (int s = 1; s <= image.getStackSize(); s++) {
      final float[] slice = (float[]) image.getStack().getPixels(s);
      final ByteBuffer all = ByteBuffer.allocate(4 * slice.length);
      for (final float v : slice) all.putFloat(v);
      slices.add(all.array());
    }
    return joined(slices.toArray(new byte[0][]));
  }

  private static byte[] joined(final byte[]... parts) {
    int length = 0;
    for (final byte[] p : parts) length += p.length;
    final ByteBuffer all = ByteBuffer.allocate(length);
    for (final byte[] p : parts) all.put(p);
    return all.array();
  }

  @Override
  public void close() {
    segmenter.close();
    prior.close();
    folder.close();
  }
}
