package org.anatomicalpriors.ui;

import java.util.List;
import org.anatomicalpriors.model.ShapePoint;
import org.anatomicalpriors.picture.Crosshair;

/** Which anatomy is to be shown, and how. Immutable. */
final class ExplorerQuestion {

  final ShapePoint point;
  final Crosshair crosshair;
  final List<String> lines;
  final int width;
  final int height;
  final double zoom;
  final long asked = System.nanoTime();

  /**
   * @param crosshair the voxel to look at, or null for where there is most to see
   * @param lines text beside the slices
   * @param width of the picture in pixels
   * @param height of the picture in pixels
   * @param zoom pixels for a pixel of a plain screen
   */
  ExplorerQuestion(
      final ShapePoint point,
      final Crosshair crosshair,
      final List<String> lines,
      final int width,
      final int height,
      final double zoom) {
    this.point = point;
    this.crosshair = crosshair;
    this.lines = lines;
    this.width = width;
    this.height = height;
    this.zoom = zoom;
  }
}
