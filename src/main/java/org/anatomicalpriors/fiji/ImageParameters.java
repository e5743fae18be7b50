package org.anatomicalpriors.fiji;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.EngineSettings;
import org.anatomicalpriors.workflow.FileSettings;

/** What the segmentation of one image takes, beside the image. */
final class ImageParameters {

  static final Setting<List<Integer>> CHANNEL =
      Setting.integers(
              "channel",
              List.of(),
              0,
              100_000,
              "",
              "Which channels to segment from, counted from 1 (no unit): one, or several with commas that together tell the structures apart; empty or 0 takes the only one there is.")
          .example("1,3")
          .ofOneRun();

  static final Setting<Long> FRAME =
      Setting.integer(
              "frame",
              0,
              0,
              1_000_000,
              "",
              "Which time point to segment, counted from 1 (no unit); 0 segments every one, each by itself.")
          .ofOneRun();

  static final Setting<String> VOXEL_SIZE =
      Setting.text(
              "voxel-size",
              "",
              "Distance between voxels along x, y and z, with the unit, for images that do not say it themselves; empty for those that do.")
          .example("1x1x1.5 mm")
          .ofOneRun();

  static final Setting<Path> MASK =
      Setting.file(
              "mask",
              "Mask, above 0 where the anatomy may be and on the image's voxels: all else is background; nothing is masked if it is empty.")
          .example("mask.tif")
          .ofOneRun();

  static final Setting<Boolean> OUTLINES =
      Setting.flag("outlines", true, "Draw the labels' outlines over the image.");

  static final Setting<Boolean> POSTERIORS =
      Setting.flag(
          "posteriors",
          false,
          "Make the probability of every label, 0 to 1, too: a channel per label.");

  static final Setting<Boolean> UNCERTAINTY =
      Setting.flag(
          "uncertainty",
          false,
          "Make the entropy of the labels, 0 (certain) to 1 (nothing known), too.");

  static final Setting<Boolean> BIAS_FIELD =
      Setting.flag(
          "bias-field",
          false,
          "Make the bias field, the factor by which the image is too bright, and the image divided by it, too.");

  static final Setting<Path> OUTPUT =
      Setting.folder(
              "output",
              "Where to save labels, volumes, a picture and how they were made; nothing is saved if it is empty.")
          .example("results");

  private ImageParameters() {}

  /** The channels that are asked for; empty for the only one. */
  static List<Integer> channels(final Settings settings) {
    final List<Integer> given = settings.get(CHANNEL);
    return given.equals(List.of(0)) ? List.of() : given;
  }

  /** All, in the order in which people are asked. */
  static List<Setting<?>> all() {
    final List<Setting<?>> all = new ArrayList<>();
    all.add(FileSettings.MODEL);
    all.addAll(ofImage());
    all.add(MASK);
    all.addAll(outputs());
    all.addAll(SegmentationSettings.ALL);
    all.addAll(EngineSettings.ALL);
    return Collections.unmodifiableList(all);
  }

  /** What is made beside the labels. */
  static List<Setting<?>> outputs() {
    return List.of(OUTLINES, POSTERIORS, UNCERTAINTY, BIAS_FIELD, OUTPUT);
  }

  /** Those that say which part of an image is meant. */
  static List<Setting<?>> ofImage() {
    return List.of(CHANNEL, FRAME, VOXEL_SIZE);
  }
}
