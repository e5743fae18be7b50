package org.anatomicalpriors.command;

import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Plugin;

/** Trains a segmenter for images with a prior, from images without labels. */
@Plugin(
    type = Command.class,
    headless = true,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "Segmentation"),
      @Menu(label = "Anatomical Priors"),
      @Menu(label = "Train Segmenter...", weight = 2)
    },
    description = "Trains a segmenter for images with a prior, from images without labels.")
public final class TrainSegmenterCommand extends TrainingCommand {

  public TrainSegmenterCommand() {
    super("train-segmenter");
  }
}
