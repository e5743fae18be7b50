package org.anatomicalpriors.command;

import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Plugin;

/** Segments all images of a folder. */
@Plugin(
    type = Command.class,
    headless = true,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "Segmentation"),
      @Menu(label = "Anatomical Priors"),
      @Menu(label = "Segment Folder...", weight = 4)
    },
    description = "Segments all images of a folder.")
public final class SegmentFolderCommand extends TableCommand {

  public SegmentFolderCommand() {
    super("segment");
  }
}
