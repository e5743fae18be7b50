package org.anatomicalpriors.training;

import java.util.ArrayList;
import java.util.List;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.space.SpatialImage;

/**
 * How a model under training does on one example, as images on the prior's grid: for a prior a
 * label map, its reconstruction and a sample of p(s); for a segmenter an image, its labels and
 * their uncertainty. Immutable.
 */
public final class TrainingPreview {

  /** How an image is to be shown. */
  public enum Kind {
    /** A label map of ids. */
    LABELS,
    /** Intensities. */
    IMAGE,
    /** From 0 to 1. */
    UNCERTAINTY
  }

  /** One image of a preview. */
  public static final class View {
    private final Kind kind;
    private final String title;
    private final SpatialImage<? extends RealType<?>> image;

    View(final Kind kind, final String title, final SpatialImage<? extends RealType<?>> image) {
      this.kind = kind;
      this.title = title;
      this.image = image;
    }

    public Kind kind() {
      return kind;
    }

    public String title() {
      return title;
    }

    public SpatialImage<? extends RealType<?>> image() {
      return image;
    }
  }

  private final long step;
  private final LabelSet labels;
  private final List<View> views = new ArrayList<>();

  TrainingPreview(final long step, final LabelSet labels, final List<View> views) {
    this.step = step;
    this.labels = labels;
    this.views.addAll(views);
  }

  /** Number of steps done. */
  public long step() {
    return step;
  }

  /** What the ids of the label maps mean. */
  public LabelSet labels() {
    return labels;
  }

  public List<View> views() {
    return List.copyOf(views);
  }
}
