package org.anatomicalpriors.output;

import java.util.EnumSet;
import java.util.Set;

/** What is written beside the labels on request. */
public enum Extra {
  /** The probability of every label, a volume per label in the label set's order. */
  POSTERIORS("-posteriors"),
  /** The entropy of the labels, 0 (certain) to 1. */
  UNCERTAINTY("-uncertainty"),
  /** The factor by which the image is too bright. */
  BIAS_FIELD("-bias-field"),
  /** The image divided by its bias field. */
  CORRECTED("-corrected");

  private final String suffix;

  Extra(final String suffix) {
    this.suffix = suffix;
  }

  /** What is added to the image's name. */
  public String suffix() {
    return suffix;
  }

  /**
   * From the outputs that people ask for.
   *
   * @param bias whether the bias field and the corrected image are
   */
  public static Set<Extra> of(
      final boolean posteriors, final boolean uncertainty, final boolean bias) {
    final Set<Extra> extras = EnumSet.noneOf(Extra.class);
    if (posteriors) extras.add(POSTERIORS);
    if (uncertainty) extras.add(UNCERTAINTY);
    if (bias) {
      extras.add(BIAS_FIELD);
      extras.add(CORRECTED);
    }
    return extras;
  }
}
