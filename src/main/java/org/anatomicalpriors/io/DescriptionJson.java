package org.anatomicalpriors.io;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.labels.Label;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.model.Architecture;
import org.anatomicalpriors.model.ModelDescription;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.LandmarkReference;

/**
 * {@code model.json}: a model's description as JSON, rebuilt through constructors that check it.
 */
final class DescriptionJson {

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().serializeSpecialFloatingPointValues().create();

  private DescriptionJson() {}

  static String write(final ModelDescription d) {
    return GSON.toJson(new Record(d));
  }

  static ModelDescription read(final String json, final Path file) {
    final Record r;
    try {
      r = Objects.requireNonNull(GSON.fromJson(JsonNesting.checked(json), Record.class));
    } catch (final RuntimeException e) { // Gson has no common exception for what is no number
      throw unreadable(file, e);
    }
    if (r.format > ModelDescription.FORMAT)
      throw new InvalidInputException(
          file
              + " was written by a newer version of this plugin (format "
              + r.format
              + ", this one reads "
              + ModelDescription.FORMAT
              + "); update the plugin.");
    try {
      return r.description();
    } catch (final RuntimeException e) { // whatever constructors refuse numbers and gaps with
      throw unreadable(file, e);
    }
  }

  private static InvalidInputException unreadable(final Path file, final RuntimeException cause) {
    return new InvalidInputException(
        file + " holds a description that cannot be read; get it again or train a new one.", cause);
  }

  /** The layout of the file. */
  private static final class Record {
    int format = ModelDescription.FORMAT;
    boolean segmenter;
    boolean seesImages;
    int[] gridSize;
    double[][] gridToWorld;
    String unit;
    java.util.List<Label> labels;
    int[] channels;
    Architecture.Latent latent;
    int latentSize;
    java.util.Map<Integer, double[]> landmarks;
    java.util.Map<Integer, Double> landmarkWeights;
    boolean landmarksTwoSided;
    double landmarkScatter;
    double landmarkRadius;
    ModelDescription.Provenance provenance;

    Record(final ModelDescription d) {
      segmenter = d.isSegmenter();
      seesImages = d.seesImages();
      gridSize = d.grid().size();
      gridToWorld = d.grid().toWorld().toRows();
      unit = d.grid().unit();
      labels = d.labels().labels();
      final Architecture a = d.architecture();
      channels = new int[a.levels()];
      for (int i = 0; i < channels.length; i++) channels[i] = a.channels(i);
      latent = a.latent();
      latentSize = a.latentSize();
      landmarks = d.landmarks().positions();
      landmarkWeights = new TreeMap<>(d.landmarks().weights());
      landmarksTwoSided = d.landmarks().isTwoSided();
      landmarkScatter = d.landmarks().scatter();
      landmarkRadius = d.landmarks().radius();
      provenance = d.provenance();
    }

    ModelDescription description() {
      final LabelSet set =
          new LabelSet(labels.stream().map(Record::whole).collect(Collectors.toList()));
      landmarks.values().forEach(p -> requireFinite(3, p));
      landmarkWeights.values().forEach(w -> requireFinite(1, w));
      requireFinite(2, landmarkScatter, landmarkRadius);
      for (final double[] row : gridToWorld) requireFinite(4, row);
      requireWhole(provenance);
      return new ModelDescription(
          new Grid(gridSize, Affine.ofRows(gridToWorld), Objects.requireNonNull(unit)),
          set,
          new Architecture(
              gridSize, set.size(), channels, Objects.requireNonNull(latent), latentSize),
          new LandmarkReference(
              landmarks, landmarkWeights, landmarksTwoSided, landmarkScatter, landmarkRadius),
          segmenter,
          seesImages,
          provenance);
    }

    /** Gson fills fields as it finds them; the constructor checks them. */
    private static Label whole(final Label l) {
      return new Label(
          l.id(),
          Objects.requireNonNull(l.name()),
          l.rgb(),
          l.sourceIds(),
          Objects.requireNonNull(l.group()),
          l.mirrorId());
    }

    private static void requireFinite(final int count, final double... values) {
      if (values.length != count || !Arrays.stream(values).allMatch(Double::isFinite))
        throw new IllegalArgumentException(Arrays.toString(values));
    }

    /** Models say how they were made, and of what. */
    private static void requireWhole(final ModelDescription.Provenance made) {
      Objects.requireNonNull(made.version());
      Objects.requireNonNull(made.tensorflow());
      made.settings().values().forEach(Objects::requireNonNull);
      made.data().values().forEach(Objects::requireNonNull);
      made.curve().forEach(Objects::requireNonNull);
      if (made.prior() != null) requireWhole(made.prior());
    }
  }
}
