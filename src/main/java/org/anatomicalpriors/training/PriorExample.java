package org.anatomicalpriors.training;

import org.anatomicalpriors.model.FittedImage;

/** A label map on the prior's grid and an image of it that is seen in its place, or null. */
final class PriorExample {

  final byte[] map;
  final FittedImage image;

  PriorExample(final byte[] map, final FittedImage image) {
    this.map = map;
    this.image = image;
  }
}
