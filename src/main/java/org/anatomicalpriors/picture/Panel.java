package org.anatomicalpriors.picture;

import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.space.SpatialImage;

/** What one place of a gallery or comparison shows: an image, labels, or both. Immutable. */
public final class Panel {

  private final RasImage image;
  private final RasImage labels;
  private final String caption;
  private final float hottest;

  private Panel(final RasImage image, final RasImage labels, final String caption) {
    this(image, labels, caption, 0);
  }

  private Panel(
      final RasImage image, final RasImage labels, final String caption, final float hottest) {
    this.image = image;
    this.labels = labels;
    this.caption = caption;
    this.hottest = hottest;
  }

  /** The grey image alone. */
  public static Panel image(final SpatialImage<? extends RealType<?>> image) {
    return new Panel(new RasImage(image), null, "");
  }

  /** Values from 0 to a largest one in the colours of heat. */
  public static Panel heat(
      final SpatialImage<? extends RealType<?>> image, final double hottest, final String caption) {
    return new Panel(new RasImage(image), null, caption, (float) hottest);
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

  /** The largest value of colours of heat, or 0 for a grey image. */
  float hottest() {
    return hottest;
  }

  String caption() {
    return caption;
  }
}
