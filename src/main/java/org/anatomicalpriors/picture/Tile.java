package org.anatomicalpriors.picture;

import java.awt.image.BufferedImage;

/** One picture of a sheet with the text under it and the letters of its sides. Immutable. */
final class Tile {

  final BufferedImage picture;
  final String caption;
  final String leftLetter;
  final String rightLetter;

  /**
   * @param caption text below, may be empty
   * @param plane whose sides are lettered, or null for no letters
   */
  Tile(final BufferedImage picture, final String caption, final Plane plane) {
    this.picture = picture;
    this.caption = caption;
    this.leftLetter = plane == null ? "" : plane.leftLetter();
    this.rightLetter = plane == null ? "" : plane.rightLetter();
  }
}
