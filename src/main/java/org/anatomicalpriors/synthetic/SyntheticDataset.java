package org.anatomicalpriors.synthetic;

import java.io.IOException;
import java.util.Locale;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.SpatialImage;

/**
 * Writes a synthetic study: label maps of some individuals, from which a prior is learned, and
 * images of others with their truth, which only measuring may read.
 *
 * <ul>
 *   <li>{@code labels/subject_NNN}: label maps to learn from
 *   <li>{@code images/t1_like/subject_NNN}, {@code images/t2_like/subject_NNN}: images of other
 *       individuals
 *   <li>{@code truth/subject_NNN}: the label maps of those individuals
 * </ul>
 */
public final class SyntheticDataset {

  /** Where the images go. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes one image.
     *
     * @param image a label map of bytes or an image of floats
     * @param name folder and name without extension, parted by slashes
     */
    void write(SpatialImage<?> image, String name) throws IOException;
  }

  private final SyntheticAnatomy anatomy;
  private final int labelMaps;
  private final int images;

  /**
   * @param labelMaps number of label maps to learn from: individuals 0 to {@code labelMaps} - 1
   * @param images number of individuals after them that get an image of each contrast
   */
  public SyntheticDataset(final SyntheticAnatomy anatomy, final int labelMaps, final int images) {
    this.anatomy = anatomy;
    this.labelMaps = labelMaps;
    this.images = images;
  }

  /** Makes all individuals, one after the other, and hands their images to the sink. */
  public void write(final Sink sink, final Progress progress) throws IOException {
    final int total = labelMaps + images;
    for (int i = 0; i < total; i++) {
      progress.checkCancelled();
      progress.update("Synthetic anatomies", i, total, "");
      final SyntheticSubject subject = anatomy.subject(i);
      final String folder = i < labelMaps ? "labels/" : "truth/";
      sink.write(subject.labels(), folder + subject.name());
      if (i < labelMaps) continue;
      for (final Contrast contrast : Contrast.values())
        sink.write(
            subject.image(contrast),
            "images/" + contrast.name().toLowerCase(Locale.ROOT) + "/" + subject.name());
    }
    progress.update("Synthetic anatomies", total, total, "");
  }
}
