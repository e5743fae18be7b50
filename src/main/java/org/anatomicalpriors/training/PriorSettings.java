package org.anatomicalpriors.training;

import java.util.List;
import org.anatomicalpriors.model.Architecture;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.settings.Setting;

/** How a prior is learned. */
public final class PriorSettings {

  public static final Setting<Double> SPACING =
      Setting.real(
              "spacing",
              0,
              0,
              1e6,
              "units of the label maps (mm)",
              "Voxel size of the prior's grid; 0 chooses one so that the grid has about a million voxels, but none smaller than those of the label maps.")
          .example("2");

  public static final Setting<Long> STEPS =
      Setting.integer("steps", 2800, 1, 10_000_000, "steps", "Training steps, one label map each.");

  public static final Setting<List<Integer>> CHANNELS =
      Setting.integers(
          "channels",
          List.of(16, 32, 64, 64),
          1,
          4096,
          "channels",
          "Channels of the network, finest level first; every further level halves the grid. Multiples of 16 are fastest.");

  public static final Setting<Architecture.Latent> LATENT =
      Setting.choice(
          "latent",
          Architecture.Latent.GRID,
          "Layout of the shape code: a grid of short vectors, which learns from few maps, or one dense vector, as in the paper.");

  public static final Setting<Long> LATENT_SIZE =
      Setting.integer(
          "latent-size",
          6,
          1,
          65536,
          "numbers",
          "Length of the shape code: of each vector of the grid, or of the dense vector, where about 48 is right.");

  public static final Setting<Double> LEARNING_RATE =
      Setting.real(
          "learning-rate",
          5e-4,
          1e-8,
          1,
          "",
          "Largest step size of Adam (no unit); it rises over the first steps and falls to zero along a cosine.");

  public static final Setting<Double> WARM_UP =
      Setting.real(
          "kl-warm-up",
          0.8,
          0,
          1,
          "of all steps",
          "Share of the steps over which the weight of the divergence rises to its full value, by a constant factor a step.");

  public static final Setting<Double> KL_WEIGHT =
      Setting.real(
          "kl-weight",
          1,
          0,
          1e6,
          "",
          "Weight (a factor, no unit) of the divergence KL[q(z|s) || p(z)] after the warm-up; 1 is the model's own.");

  public static final Setting<Double> CLIP =
      Setting.real(
          "gradient-clip",
          1,
          1e-6,
          1e6,
          "",
          "Norm to which the whole gradient is scaled down if it is larger (no unit).");

  public static final Setting<Double> VALIDATION =
      Setting.real(
          "validation-share",
          0.1,
          0,
          0.9,
          "of the maps",
          "Share of the label maps that is held out to find the best step (at least one if there are four or more, at most 50; 0 keeps all for training).");

  public static final Setting<Double> DEFORMATION =
      Setting.real(
          "augment-deformation",
          0.5,
          0,
          10,
          "times the usual",
          "Strength of the random smooth deformations of the label maps; 0 switches them off.");

  public static final Setting<Double> AFFINE =
      Setting.real(
          "augment-affine",
          0.15,
          0,
          10,
          "times the usual",
          "Strength of the random rotations, scalings, shears and shifts of the label maps; 0 switches them off.");

  public static final Setting<Boolean> FLIP =
      Setting.flag(
          "augment-flip",
          true,
          "Flip label maps left to right at random, swapping the labels of the two sides. Switch off for anatomies without a plane of symmetry.");

  public static final Setting<Double> IMAGE_SHARE =
      Setting.real(
          "image-share",
          0.7,
          0,
          1,
          "of all steps",
          "Share of the steps in which the encoder sees a simulated image of the label map in its place, so that it learns to read real ones; images come in after four tenths of the steps. 0 learns from label maps alone, which is faster.");

  public static final Setting<Double> ATLAS_SMOOTHING =
      Setting.real(
          "atlas-smoothing",
          0.75,
          0,
          100,
          "voxels",
          "Standard deviation of the Gaussian that smooths the label frequencies from which the decoder starts.");

  public static final Setting<Boolean> ALIGN =
      Setting.flag(
          "align",
          true,
          "Bring the label maps to a common space by their label centroids; switch off if they are aligned already.");

  public static final Setting<Long> SEED = SegmentationSettings.SEED;

  public static final Setting<Long> CHECKPOINT_EVERY =
      Setting.integer(
          "checkpoint-every",
          200,
          1,
          10_000_000,
          "steps",
          "How often the state is validated and saved, so that an interrupted training can be resumed from there.");

  public static final Setting<Recomputation> RECOMPUTATION =
      Setting.choice(
          "recomputation",
          Recomputation.AUTO,
          "Whether gradients compute the networks' levels again instead of keeping them, which takes less memory and about a third more time for the same result: on, off, or auto, which does so if the memory that is free would not do otherwise, or once it has run out. Unless it is off, the finest level is computed in slabs where that does not do either: about half more time than without recomputation, and the same result but for rounding.");

  public static final List<Setting<?>> ALL =
      List.of(
          SPACING,
          STEPS,
          CHANNELS,
          LATENT,
          LATENT_SIZE,
          LEARNING_RATE,
          WARM_UP,
          KL_WEIGHT,
          CLIP,
          VALIDATION,
          DEFORMATION,
          AFFINE,
          FLIP,
          IMAGE_SHARE,
          ATLAS_SMOOTHING,
          ALIGN,
          SEED,
          CHECKPOINT_EVERY,
          RECOMPUTATION);

  private PriorSettings() {}
}
