package org.anatomicalpriors.picture;

import java.util.List;

/**
 * How pictures of slices are made. Immutable; each method returns a changed copy.
 *
 * <pre>{@code
 * PictureOptions options = new PictureOptions().title("Subject 3").slices(6).tileSize(300);
 * }</pre>
 */
public final class PictureOptions {

  private final String title;
  private final int tileSize;
  private final int slices;
  private final List<Plane> planes;
  private final boolean legend;

  public PictureOptions() {
    this("", 240, 5, List.of(), true);
  }

  private PictureOptions(
      final String title,
      final int tileSize,
      final int slices,
      final List<Plane> planes,
      final boolean legend) {
    this.title = title;
    this.tileSize = tileSize;
    this.slices = slices;
    this.planes = planes;
    this.legend = legend;
  }

  /** Text above the picture; none at first. */
  public PictureOptions title(final String text) {
    return new PictureOptions(text, tileSize, slices, planes, legend);
  }

  /** Pixels along the longest side of the anatomy; 240 at first. */
  public PictureOptions tileSize(final int pixels) {
    return new PictureOptions(title, Math.max(8, pixels), slices, planes, legend);
  }

  /** Slices of each plane in a {@link Montage}; 5 at first. */
  public PictureOptions slices(final int count) {
    return new PictureOptions(title, tileSize, Math.max(1, count), planes, legend);
  }

  /** The planes to show; at first all three. A 2D image is always shown in its own plane. */
  public PictureOptions planes(final Plane... shown) {
    return new PictureOptions(title, tileSize, slices, List.of(shown), legend);
  }

  /** Without the label names below. */
  public PictureOptions withoutLegend() {
    return new PictureOptions(title, tileSize, slices, planes, false);
  }

  String title() {
    return title;
  }

  int tileSize() {
    return tileSize;
  }

  int slices() {
    return slices;
  }

  List<Plane> planes(final RasImage image) {
    return planes.isEmpty() || image.grid().is2D() ? Plane.of(image.grid()) : planes;
  }

  boolean hasLegend() {
    return legend;
  }
}
