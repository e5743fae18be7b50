package org.anatomicalpriors.ui;

import java.awt.image.BufferedImage;
import org.anatomicalpriors.picture.Crosshair;
import org.anatomicalpriors.picture.OrthogonalView;

/** What the explorer shows at one moment. Immutable. */
final class ExplorerFrame {

  final Anatomy anatomy;
  final Anatomy mean;
  final OrthogonalView view;
  final BufferedImage picture;
  final ExplorerQuestion question;
  final Crosshair crosshair;

  /**
   * @param mean the anatomy with which volumes are compared
   * @param crosshair the voxel through which the slices go
   */
  ExplorerFrame(
      final Anatomy anatomy,
      final Anatomy mean,
      final OrthogonalView view,
      final BufferedImage picture,
      final ExplorerQuestion question,
      final Crosshair crosshair) {
    this.anatomy = anatomy;
    this.mean = mean;
    this.view = view;
    this.picture = picture;
    this.question = question;
    this.crosshair = crosshair;
  }
}
