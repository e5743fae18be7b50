package org.anatomicalpriors.picture;

/** The values of one slice as the picture shows it: left to right, top row first. */
final class Slice {

  private final float[] values;
  private final int width;
  private final int height;

  Slice(final float[] values, final int width, final int height) {
    this.values = values;
    this.width = width;
    this.height = height;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  float get(final int column, final int row) {
    return values[column + width * row];
  }

  /** The value at a place, or that of the nearest place inside. */
  float getClamped(final int column, final int row) {
    return get(Math.max(0, Math.min(width - 1, column)), Math.max(0, Math.min(height - 1, row)));
  }
}
