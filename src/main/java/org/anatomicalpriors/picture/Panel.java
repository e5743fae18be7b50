package org.anatomicalpriors.picture;

import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.space.SpatialImage;

/** What one place of a gallery or comparison shows: an image, labels, or both. Immutable. */
public final class Panel {

  private final RasImage image;
  private final RasImage labels;
  private final String caption;

  private Panel(final RasImage image, final RasImage labels, final String caption) {
    this.image = image;
    this.labels = labels;
    this.caption = caption;
  }

  /** The grey image alone. */
  public static Panel image(final SpatialImage<? extends RealType<?>> image) {
    return new Panel(new RasImage(image), null, "");
  }

  /** The labels alone, filled. */
  public static Panel filled(
      final SpatialImage<? extends RealType<?>> labels, final String caption) {
    return new Panel(null, new RasImage(labels), caption);
  }

  /** The labels' outlines over the grey image. */
  public static Panel outlined(
      final SpatialImage<? extends RealType<?>> image,
      final SpatialImage<? extends RealType<?>> labels,
      final String caption) {
    return new Panel(new RasImage(image), new RasImage(labels), caption);
  }

  RasImage image() {
    return image;
  }

  RasImage labels() {
    return labels;
  }

  String caption() {
    return caption;
  }
}
