package org.anatomicalpriors.segmentation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.model.Objective;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;

/** How an image is segmented. */
public final class SegmentationSettings {

  /** Where the label probabilities come from. */
  public enum Method {
    /** The learned anatomy, its shape code fitted to the image. */
    PRIOR,
    /** The voxel-wise atlas of the same label maps, for comparison. */
    ATLAS,
    /** The most probable label of the voxel-wise atlas; the image's intensities are not used. */
    NONE
  }

  public static final Setting<Method> METHOD =
      Setting.choice(
          "method",
          Method.PRIOR,
          "Where label probabilities come from: prior, the learned anatomy fitted to the image; atlas, the voxel-wise atlas of the same label maps; none, that atlas without looking at intensities. The last two are baselines.");

  public static final Setting<Objective> OBJECTIVE =
      Setting.choice(
          "objective",
          Objective.EXACT,
          "What gradient steps maximise, in training a segmenter and in refining: exact, the likelihood with the sum over all label maps; bound, the paper's lower bound (equation 14). Without such steps it changes nothing.");

  public static final Setting<Long> REFINE =
      Setting.integer(
              "refine",
              0,
              0,
              100_000,
              "steps",
              "Gradient steps at most that fit the shape code to this image after the encoder's start, fewer if they no longer gain; on the brains that we measured they took 0.01 from the Dice.")
          .example("30");

  public static final Setting<Double> REFINE_RATE =
      Setting.real(
          "refine-rate",
          0.02,
          1e-6,
          10,
          "units of the shape code",
          "Step size of the refinement; the shape code's prior has a standard deviation of 1 unit.");

  public static final Setting<Long> ENCODINGS =
      Setting.integer(
          "encodings",
          2,
          1,
          100,
          "times",
          "How often an image is encoded: what is decoded tells the intensities better, and these show the encoder a clearer image. Models whose encoder never saw images encode once.");

  public static final Setting<Double> ATLAS_SHARE =
      Setting.real(
          "atlas-share",
          0.1,
          0,
          1,
          "of the probability",
          "Share of the voxel-wise atlas in the label probabilities, which keeps the decoder from being too sure of itself on anatomies unlike those learned.");

  public static final Setting<Boolean> ALIGN =
      Setting.flag(
          "align",
          true,
          "Find the affine map from the image to the prior's space, starting from the image's header; switch off if the image lies there already.");

  public static final Setting<Boolean> BIAS =
      Setting.flag(
          "bias",
          true,
          "Estimate a smooth multiplicative brightness (bias field) together with the rest, as MRI has it from its coils and microscopes from their lamps; switch off for images that have been corrected.");

  public static final Setting<Double> BIAS_SPACING =
      Setting.real(
          "bias-spacing",
          0.25,
          0.02,
          10,
          "of the prior's extent",
          "Distance of the bias field's knots; smaller follows faster changes of brightness.");

  public static final Setting<Double> BIAS_STIFFNESS =
      Setting.real(
          "bias-stiffness",
          0.01,
          0,
          1e12,
          "nats",
          "Weight against bending of the bias field; larger keeps it smoother.");

  public static final Setting<Boolean> DEFORM =
      Setting.flag(
          "deform",
          true,
          "Fit a smooth deformation that moves the prior's structures to where the image has them; nothing folds.");

  public static final Setting<Double> DEFORMATION_SPACING =
      Setting.real(
          "deformation-spacing",
          0.05,
          0.005,
          10,
          "of the prior's extent",
          "Distance of the deformation's knots; smaller follows finer shapes.");

  public static final Setting<Double> DEFORMATION_STIFFNESS =
      Setting.real(
          "deformation-stiffness",
          30,
          0,
          1e12,
          "nats",
          "Weight against bending of the deformation; larger keeps the prior's shapes.");

  public static final Setting<Long> BACKGROUND_COMPONENTS =
      Setting.integer(
          "background-components",
          3,
          1,
          20,
          "Gaussians",
          "Gaussians of the background's intensities, which mix air and tissue that has no label.");

  public static final Setting<Double> TEMPERATURE =
      Setting.real(
          "temperature",
          1.2,
          0.05,
          100,
          "",
          "Temperature T of the posterior, which is taken to the power 1/T (no unit): larger is less sure of itself. It changes probabilities, uncertainty and expected Dice, not the labels; 1 is the model's own.");

  public static final Setting<Boolean> FIND_MASK =
      Setting.flag(
          "find-mask",
          true,
          "Look for the anatomy only where at least one in a hundred of the prior's label maps has any, and 0.06 of the prior's extent beyond, within the mask if one is given: all else is background and does not count. Switch off to look everywhere on the prior's grid.");

  public static final Setting<Double> INTENSITY_STRENGTH =
      Setting.real(
          "intensity-strength",
          100,
          1e-3,
          1e9,
          "voxels",
          "Weight of the conjugate prior that ties each group's intensities to their start, so that small structures do not collapse.");

  public static final Setting<Long> EM_ITERATIONS =
      Setting.integer(
          "em-iterations",
          30,
          1,
          10_000,
          "iterations",
          "At most so many updates of an image's intensities; fewer if they converge.");

  public static final Setting<Long> SAMPLES =
      Setting.integer(
          "samples",
          8,
          1,
          1000,
          "samples",
          "Draws of the shape code over which the uncertainty is averaged.");

  public static final Setting<Long> SEED =
      Setting.integer(
          "seed",
          1,
          Long.MIN_VALUE,
          Long.MAX_VALUE,
          "",
          "Start of all random numbers (no unit): the same seed gives the same result on the same machine.");

  public static final List<Setting<?>> ALL =
      List.of(
          METHOD,
          OBJECTIVE,
          REFINE,
          REFINE_RATE,
          ENCODINGS,
          ATLAS_SHARE,
          ALIGN,
          BIAS,
          BIAS_SPACING,
          BIAS_STIFFNESS,
          DEFORM,
          DEFORMATION_SPACING,
          DEFORMATION_STIFFNESS,
          BACKGROUND_COMPONENTS,
          FIND_MASK,
          TEMPERATURE,
          INTENSITY_STRENGTH,
          EM_ITERATIONS,
          SAMPLES,
          SEED);

  private SegmentationSettings() {}

  /**
   * Those settings on which results depend, as texts by name: two segmentations of one image by one
   * model that agree in these have equal labels.
   *
   * @param uncertainty whether an uncertainty map is among the results
   */
  public static Map<String, String> influential(
      final Settings settings, final boolean uncertainty) {
    final Map<String, String> texts = new LinkedHashMap<>(settings.toTexts());
    final boolean refined = settings.get(REFINE) > 0;
    if (!refined) texts.keySet().removeAll(List.of(OBJECTIVE.name(), REFINE_RATE.name()));
    if (!uncertainty) texts.remove(SAMPLES.name());
    if (!refined && !uncertainty) texts.remove(SEED.name());
    return texts;
  }
}
