package org.anatomicalpriors.command;

import ij.ImagePlus;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.service.SegmentedImage;
import org.anatomicalpriors.service.TrainedModel;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Segments the active image, or a file, with a prior or a segmenter. */
@Plugin(
    type = Command.class,
    headless = true,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "Segmentation"),
      @Menu(label = "Anatomical Priors"),
      @Menu(label = "Segment Image...", weight = 3)
    },
    description = "Segments the active image, or a file, with a prior or a segmenter.")
public final class SegmentImageCommand extends ImageCommand {

  @Parameter(
      required = false,
      persist = false,
      description = "Image to segment: a stack or slice with its calibration set.")
  private ImagePlus image;

  @Parameter(
      required = false,
      persist = false,
      style = "open",
      description = "File to segment in the place of the open image, such as subject.nii.gz.")
  private String file = "";

  @Override
  protected SegmentedImage segment(final TrainedModel model, final Progress progress) {
    final boolean isFile = file != null && !file.trim().isEmpty();
    if (!isFile) require(image, "image to segment");
    return backend().segment(model, isFile ? file : image, values(), progress);
  }

  @Override
  protected ImagePlus image() {
    return file == null || file.trim().isEmpty() ? image : null;
  }
}
