package org.anatomicalpriors.fiji;

import ij.ImagePlus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.imglib2.type.numeric.IntegerType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.io.ImagePlusImages;
import org.anatomicalpriors.model.AnatomySampler;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.SpatialImage;

/** Anatomies drawn from a prior, as label images. */
final class Samples {

  private final FijiModel model;

  Samples(final FijiModel model) {
    this.model = model;
  }

  /**
   * @throws InvalidInputException if the count is below 1
   */
  List<ImagePlus> draw(final int count, final long seed, final Progress progress) {
    if (count < 1)
      throw new InvalidInputException(
          count + " samples were asked for; give a count of 1 or more.");
    final AnatomySampler sampler = new AnatomySampler(model.prior());
    final LabelLook look = new LabelLook(model.prior().description().labels());
    final List<ImagePlus> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      progress.checkCancelled();
      progress.update("Drawing anatomies", i, count, "");
      final SpatialImage<? extends IntegerType<?>> map =
          sampler.draw(seed, i, String.format(Locale.ROOT, "sample_%03d", i + 1));
      final ImagePlus image = ImagePlusImages.toImagePlus(map);
      look.applyTo(image);
      images.add(image);
    }
    return images;
  }
}
