package org.anatomicalpriors.command;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;

/** Puts outlines over an image in the place of earlier ones; what a person drew stays. */
final class Outlining {

  /** Property of each outline; others have none of this name. */
  private static final String LABEL = "label";

  private Outlining() {}

  static void draw(final ImagePlus image, final Overlay outlines) {
    final Overlay all = new Overlay();
    if (image.getOverlay() != null)
      for (final Roi roi : image.getOverlay().toArray())
        if (roi.getProperty(LABEL) == null) all.add(roi);
    for (final Roi roi : outlines.toArray()) all.add(roi);
    image.setOverlay(all);
  }
}
