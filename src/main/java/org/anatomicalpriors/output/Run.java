package org.anatomicalpriors.output;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.anatomicalpriors.Version;
import org.anatomicalpriors.files.Sha256;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.Arithmetic;
import org.anatomicalpriors.tensorflow.Engine;

/** What all images that are segmented in one go share: model, settings, machine, outputs. */
public final class Run {

  private final Path model;
  private final String modelHash;
  private final Settings settings;
  private final Set<Extra> extras;
  private final Arithmetic arithmetic;

  /**
   * @param model file of the prior or segmenter
   * @param settings {@link SegmentationSettings}
   * @param extras what to write beside the labels
   * @param arithmetic in which the engine computes
   */
  public Run(
      final Path model,
      final Settings settings,
      final Set<Extra> extras,
      final Arithmetic arithmetic) {
    this.arithmetic = arithmetic;
    this.model = model;
    this.modelHash = Sha256.of(model);
    this.settings = settings;
    // Sorted, so that records list files in one order.
    this.extras = Collections.unmodifiableSet(new TreeSet<>(extras));
  }

  /** What is to be written beside the labels. */
  public Set<Extra> extras() {
    return extras;
  }

  String version() {
    return Version.current();
  }

  /** SHA-256 of the model's file. */
  public String modelHash() {
    return modelHash;
  }

  /** The settings on which the labels and volumes depend, as texts by name. */
  Map<String, String> labelSettings() {
    return SegmentationSettings.influential(settings, false);
  }

  /** The settings on which everything that is to be written depends, as texts by name. */
  Map<String, String> influentialSettings() {
    return SegmentationSettings.influential(settings, extras.contains(Extra.UNCERTAINTY));
  }

  /** In which numbers the networks compute, on which everything depends too. */
  String precision() {
    return arithmetic.toString();
  }

  /** File of the prior or segmenter. */
  public Path model() {
    return model;
  }

  /** {@link SegmentationSettings}. */
  public Settings settings() {
    return settings;
  }

  /**
   * Ready for JSON.
   *
   * @param engine that computed
   */
  Map<String, Object> toMap(final Engine engine) {
    final Map<String, Object> map = new LinkedHashMap<>();
    map.put("version", version());
    map.put("tensorflow", Engine.version());
    map.put("device", engine.device().toString());
    map.put("threads", engine.threads());
    map.put("precision", precision());
    final Map<String, String> file = new LinkedHashMap<>(); // in this order in every process
    file.put("name", model.getFileName().toString());
    file.put("sha256", modelHash);
    map.put("model", file);
    map.put("settings", settings.toTexts());
    return map;
  }
}
