package org.anatomicalpriors.accuracy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.anatomicalpriors.segmentation.ImageMask;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.segmentation.Subject;
import org.anatomicalpriors.settings.Settings;

/** A way to segment: a model, and settings that differ from the defaults. */
final class Variant {

  private final String name;
  private final Model model;
  private final Map<String, String> settings;
  private final boolean masked;

  private Variant(
      final String name,
      final Model model,
      final Map<String, String> settings,
      final boolean masked) {
    this.name = name;
    this.model = model;
    this.settings = settings;
    this.masked = masked;
  }

  /**
   * @param settings names and texts in turn, as in a shell
   */
  static Variant of(final String name, final Model model, final String... settings) {
    final Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < settings.length; i += 2) map.put(settings[i], settings[i + 1]);
    return new Variant(name, model, map, false);
  }

  /** The same way within the structures of the truth, as a person might give them as a mask. */
  Variant masked(final String newName) {
    return new Variant(newName, model, settings, true);
  }

  /** What is known of a case before it is segmented. */
  Subject subject(final Case c) {
    final Subject subject = c.subject();
    return masked ? subject.within(ImageMask.of(c.truth(), subject.image())) : subject;
  }

  String name() {
    return name;
  }

  Model model() {
    return model;
  }

  Settings settings() {
    return Settings.of(SegmentationSettings.ALL).withTexts(settings);
  }
}
