package org.anatomicalpriors.training;

import java.util.List;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.settings.Setting;

/** How a segmenter is trained; what it shares with segmenting is defined there. */
public final class SegmenterSettings {

  public static final Setting<Long> STEPS =
      Setting.integer("steps", 200, 1, 10_000_000, "steps", "Training steps, one image each.");

  public static final Setting<Double> LEARNING_RATE =
      Setting.real(
          "learning-rate",
          5e-5,
          1e-8,
          1,
          "",
          "Largest step size of Adam (no unit); it rises over the first steps and falls to zero along a cosine.");

  public static final Setting<Boolean> TRAIN_DECODER =
      Setting.flag(
          "train-decoder",
          false,
          "Let the decoder learn from the images too, instead of keeping the prior as it is.");

  public static final Setting<Long> CHECKPOINT_EVERY =
      Setting.integer(
          "checkpoint-every",
          50,
          1,
          10_000_000,
          "steps",
          "How often the state is validated and saved, so that an interrupted training can be resumed from there.");

  public static final List<Setting<?>> ALL =
      List.of(
          SegmentationSettings.OBJECTIVE,
          STEPS,
          LEARNING_RATE,
          TRAIN_DECODER,
          PriorSettings.KL_WEIGHT,
          PriorSettings.CLIP,
          PriorSettings.VALIDATION,
          SegmentationSettings.ALIGN,
          SegmentationSettings.BIAS,
          SegmentationSettings.BIAS_SPACING,
          SegmentationSettings.BIAS_STIFFNESS,
          SegmentationSettings.BACKGROUND_COMPONENTS,
          SegmentationSettings.FIND_MASK,
          SegmentationSettings.INTENSITY_STRENGTH,
          SegmentationSettings.EM_ITERATIONS,
          SegmentationSettings.SEED,
          CHECKPOINT_EVERY,
          PriorSettings.RECOMPUTATION);

  private SegmenterSettings() {}
}
