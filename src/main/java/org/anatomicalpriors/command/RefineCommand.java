package org.anatomicalpriors.command;

import ij.ImagePlus;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.service.SegmentedImage;
import org.anatomicalpriors.service.TrainedModel;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Segments an image anew, with intensities fitted to labels that were picked or corrected by hand.
 */
@Plugin(
    type = Command.class,
    headless = true,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "Segmentation"),
      @Menu(label = "Anatomical Priors"),
      @Menu(label = "Refine Segmentation...", weight = 5)
    },
    description =
        "Segments an image anew, with intensities fitted to labels that were picked or corrected by hand.")
public final class RefineCommand extends ImageCommand {

  @Parameter(required = false, persist = false, description = "Image to segment anew.")
  private ImagePlus image;

  @Parameter(
      required = false,
      persist = false,
      label = "Picked labels",
      description =
          "Label ids on the image's voxels: an edited label image, or a few voxels of each structure; 0 where nothing is said.")
  private ImagePlus picked;

  @Override
  protected SegmentedImage segment(final TrainedModel model, final Progress progress) {
    require(image, "image to segment anew");
    require(picked, "image of picked labels");
    return backend().refine(model, image, picked, values(), progress);
  }

  @Override
  protected ImagePlus image() {
    return image;
  }
}
