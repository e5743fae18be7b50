package org.anatomicalpriors.fiji;

import ij.ImagePlus;
import java.util.Map;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.io.ImagePlusImages;
import org.anatomicalpriors.model.AnatomySampler;
import org.anatomicalpriors.progress.Progress;

/** Between label images and shape codes. */
final class Codes {

  private final FijiModel model;

  Codes(final FijiModel model) {
    this.model = model;
  }

  /**
   * The mean of q(z|s).
   *
   * @throws InvalidInputException if there are several time points, or no label of the prior's
   */
  float[] encode(final Object labels, final Map<String, ?> options, final Progress progress) {
    final InputImage input =
        new Inputs(
                Options.of(ImageParameters.ofImage(), options),
                model.prior().description().grid().is2D(),
                progress)
            .open(labels);
    if (input.frames() != 1)
      throw new InvalidInputException(
          input.name()
              + " has "
              + input.frames()
              + " time points and one label map is needed; choose a frame.");
    return new AnatomySampler(model.prior()).encode(input.volume(0), progress);
  }

  /**
   * The most probable anatomy of p(s|z).
   *
   * @throws InvalidInputException if the code has another length than this prior's
   */
  ImagePlus decode(final float[] code) {
    final int length = model.prior().description().architecture().latentCount();
    if (code.length != length)
      throw new InvalidInputException(
          "A code of "
              + code.length
              + " numbers was given; give one of "
              + length
              + ", which encode makes with this prior.");
    final ImagePlus image =
        ImagePlusImages.toImagePlus(new AnatomySampler(model.prior()).decode(code, "decoded"));
    new LabelLook(model.prior().description().labels()).applyTo(image);
    return image;
  }
}
