package org.anatomicalpriors.model;

import java.util.List;
import java.util.Map;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.LandmarkReference;

/** All that a model file says about its networks: {@code model.json}. Immutable. */
public final class ModelDescription {

  /** Version of the file's layout; raised when older plugins could no longer read it. */
  public static final int FORMAT = 1;

  private final int format = FORMAT;
  private final Grid grid;
  private final LabelSet labels;
  private final Architecture architecture;
  private final LandmarkReference landmarks;
  private final boolean segmenter;
  private final boolean seesImages;
  private final Provenance provenance;

  /**
   * @param grid the prior's grid in the common space
   * @param labels what the label indices mean
   * @param architecture of the networks
   * @param landmarks mean label centroids in the common space, to which new label maps are aligned
   * @param segmenter whether there is an encoder that learned from images
   * @param seesImages whether the prior's own encoder learned from simulated images too
   * @param provenance how the model was made
   */
  public ModelDescription(
      final Grid grid,
      final LabelSet labels,
      final Architecture architecture,
      final LandmarkReference landmarks,
      final boolean segmenter,
      final boolean seesImages,
      final Provenance provenance) {
    if (architecture.voxels() != grid.voxelCount() || architecture.labels() != labels.size())
      throw new InvalidInputException(
          "The model's networks do not fit its grid ("
              + grid
              + ") and its "
              + labels.size()
              + " labels; the file is damaged.");
    this.grid = grid;
    this.labels = labels;
    this.architecture = architecture;
    this.landmarks = landmarks;
    this.segmenter = segmenter;
    this.seesImages = seesImages;
    this.provenance = provenance;
  }

  public int format() {
    return format;
  }

  public Grid grid() {
    return grid;
  }

  public LabelSet labels() {
    return labels;
  }

  public Architecture architecture() {
    return architecture;
  }

  /** Mean label centroids in the common space, to which new label maps are aligned. */
  public LandmarkReference landmarks() {
    return landmarks;
  }

  public boolean isSegmenter() {
    return segmenter;
  }

  /** Whether images can be encoded without making label maps of them first. */
  public boolean seesImages() {
    return segmenter || seesImages;
  }

  public Provenance provenance() {
    return provenance;
  }

  /** The same anatomy with an encoder for images, made as {@code how} says. */
  public ModelDescription asSegmenter(final Provenance how) {
    return new ModelDescription(grid, labels, architecture, landmarks, true, true, how);
  }

  /** How a model was made. */
  public static final class Provenance {
    private final String version;
    private final String tensorflow;
    private final String precision;
    private final Map<String, String> settings;
    private final Map<String, String> data;
    private final List<CurvePoint> curve;
    private final Provenance prior;

    /**
     * @param version of the plugin
     * @param tensorflow version of TensorFlow
     * @param precision in which the networks computed, such as {@code float32}
     * @param settings every setting as text
     * @param data names of the files learned from, with their SHA-256
     * @param curve losses along the way
     * @param prior how the prior of a segmenter was made, or null
     */
    public Provenance(
        final String version,
        final String tensorflow,
        final String precision,
        final Map<String, String> settings,
        final Map<String, String> data,
        final List<CurvePoint> curve,
        final Provenance prior) {
      this.version = version;
      this.tensorflow = tensorflow;
      this.precision = precision;
      this.settings = settings;
      this.data = data;
      this.curve = curve;
      this.prior = prior;
    }

    public String version() {
      return version;
    }

    public String tensorflow() {
      return tensorflow;
    }

    /** In which the networks computed; older files do not tell that it was float32. */
    public String precision() {
      return precision == null ? "float32" : precision;
    }

    public Map<String, String> settings() {
      return settings;
    }

    public Map<String, String> data() {
      return data;
    }

    public List<CurvePoint> curve() {
      return curve;
    }

    public Provenance prior() {
      return prior;
    }
  }

  /** Losses at one step, in nats per voxel; those not measured are NaN. */
  public static final class CurvePoint {
    private final long step;
    private final double training;
    private final double validation;
    private final double dice;

    public CurvePoint(
        final long step, final double training, final double validation, final double dice) {
      this.step = step;
      this.training = training;
      this.validation = validation;
      this.dice = dice;
    }

    public long step() {
      return step;
    }

    /** Mean loss of the steps since the point before. */
    public double training() {
      return training;
    }

    /** Loss of the held-out maps. */
    public double validation() {
      return validation;
    }

    /** Mean Dice of the held-out maps' reconstructions. */
    public double dice() {
      return dice;
    }
  }
}
