package org.anatomicalpriors.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.anatomicalpriors.Version;
import org.anatomicalpriors.labels.LabelMaps;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.Architecture;
import org.anatomicalpriors.model.FittedImage;
import org.anatomicalpriors.model.Keeping;
import org.anatomicalpriors.model.LabelPosteriors;
import org.anatomicalpriors.model.Learning;
import org.anatomicalpriors.model.ModelDescription;
import org.anatomicalpriors.model.ModelDescription.CurvePoint;
import org.anatomicalpriors.model.ModelDescription.Provenance;
import org.anatomicalpriors.model.PriorTrainer;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.Engine;
import org.anatomicalpriors.tensorflow.Gaussians;
import org.anatomicalpriors.training.TrainingPreview.Kind;
import org.anatomicalpriors.training.TrainingPreview.View;

/** One training of a prior under way. */
final class PriorRun implements Trainee {

  /**
   * Parts of the training at which the encoder sees the first images, and its full share of them.
   */
  private static final double FIRST_IMAGES = 0.4;

  private static final double FULL_SHARE = 0.6;

  /** By so much its Dice has to be above its atlas's for a prior to be worth its name. */
  private static final double LITTLE = 0.01;

  private final Settings settings;
  private final PriorData data;
  private final Architecture architecture;
  private final float[] atlas;
  private final Learning<PriorTrainer> learning;
  private final Engine engine;
  private final Augmentation augmentation;
  private final ImageSimulation simulation;
  private final double imageShare;
  private final HeldOut<PriorExample> validation;
  private final long seed;
  private final Progress progress;
  private Prefetch<PriorExample> examples;
  private byte[] example;

  /**
   * @param share bytes of held-out examples to keep in memory
   * @param keeping what gradients find in memory from the start
   */
  PriorRun(
      final Settings settings,
      final PriorData data,
      final Architecture architecture,
      final float[] atlas,
      final long share,
      final Keeping keeping,
      final Engine engine,
      final Progress progress) {
    this.settings = settings;
    this.data = data;
    this.architecture = architecture;
    this.atlas = atlas;
    this.engine = engine;
    this.progress = progress;
    seed = settings.get(PriorSettings.SEED);
    augmentation = new Augmentation(data.grid, data.labels.mirrorIndices(), augmentation());
    simulation = new ImageSimulation(data.grid, data.labels.groupIndices(), atlas);
    imageShare = settings.get(PriorSettings.IMAGE_SHARE);
    validation =
        new HeldOut<>(
            this::heldOut,
            data.validation.size(),
            share / (TrainingMemory.EXAMPLE * architecture.voxels()),
            engine.threads(),
            progress);
    progress.checkCancelled();
    final double clip = settings.get(PriorSettings.CLIP);
    learning =
        new Learning<>(
            k -> new PriorTrainer(architecture, engine, atlas, seed, clip, k),
            keeping,
            settings.get(PriorSettings.RECOMPUTATION).least(),
            "training",
            progress);
  }

  @Override
  public String title() {
    return "Training the prior";
  }

  @Override
  public String dataTerm() {
    return "reconstruction";
  }

  @Override
  public String device() {
    return engine.describe();
  }

  @Override
  public void startAt(final long step) {
    examples =
        new Prefetch<>(this::example, step, settings.get(PriorSettings.STEPS), engine.threads());
  }

  /**
   * A code that is noise for too long is given up for good; the user has to know that all that was
   * learned is the atlas.
   */
  private void warnIfLittleLearned(final List<CurvePoint> curve) {
    if (validation.isEmpty() || curve.isEmpty()) return;
    final int labels = data.labels.size();
    final byte[] still = LabelPosteriors.mostProbable(atlas, labels);
    double alone = 0;
    for (final StoredMap held : data.validation)
      alone +=
          OverlapScore.meanDice(still, data.onGrid(held, engine.threads(), progress), labels)
              / data.validation.size();
    final double reached =
        curve.stream()
            .min(Comparator.comparingDouble(CurvePoint::validation))
            .map(CurvePoint::dice)
            .orElseThrow();
    if (reached > alone + LITTLE) return;
    progress.log(
        String.format(
            Locale.ROOT,
            "The prior encodes and decodes held-out label maps with a Dice of %.3f and its atlas alone has %.3f: little more was learned; train with a smaller learning-rate, more steps or more label maps.",
            reached,
            alone));
  }

  /**
   * The encoder has to know the anatomy before it can make out one in an image: shown images from
   * the start, it leaves the code alone and the decoder stays with the mean.
   */
  private double imageShare(final long step) {
    final double done = (double) step / settings.get(PriorSettings.STEPS);
    return imageShare
        * Math.max(0, Math.min(1, (done - FIRST_IMAGES) / (FULL_SHARE - FIRST_IMAGES)));
  }

  /** A held-out map and, if images are seen, an image of it. */
  private PriorExample heldOut(final long number) {
    final byte[] map = data.onGrid(data.validation.get((int) number), 1, Progress.NONE);
    return new PriorExample(
        map,
        imageShare > 0
            ? simulation.simulate(map, Seeds.at(seed, "validation", 2 * number + 1))
            : null);
  }

  private PriorExample example(final long step) {
    final SplittableRandom random = Seeds.at(seed, "map", step);
    final StoredMap chosen = data.training.get(random.nextInt(data.training.size()));
    final byte[] map = augmentation.augment(chosen.load(), random.nextLong());
    final boolean seen = random.nextDouble() < imageShare(step);
    return new PriorExample(map, seen ? simulation.simulate(map, random) : null);
  }

  @Override
  public LossParts step(
      final long step, final double learningRate, final double weight, final Progress progress) {
    final float[] epsilon = new float[architecture.latentCount()];
    Gaussians.fill(epsilon, Seeds.at(seed, "noise", step), 1);
    final PriorExample e = examples.take(progress);
    return learning.step(
        step, t -> parts(t.step(e.map, e.image, epsilon, step, learningRate, weight)));
  }

  private static LossParts parts(final PriorTrainer.Loss loss) {
    return LossParts.of(loss.reconstruction(), loss.divergence());
  }

  @Override
  public Validation validate(final Progress progress) {
    if (validation.isEmpty()) return Validation.NONE;
    final LossMean mean = new LossMean();
    final List<Double> dice = new ArrayList<>();
    validation.forEach(
        progress,
        held -> {
          evaluate(held.map, null, mean, dice);
          if (held.image != null) evaluate(held.map, held.image, mean, dice);
        });
    double meanDice = 0;
    for (final double d : dice) meanDice += d / dice.size();
    return new Validation(mean.parts(), meanDice);
  }

  private void evaluate(
      final byte[] map, final FittedImage image, final LossMean mean, final List<Double> dice) {
    final PriorTrainer.Evaluation e = learning.learner().evaluate(map, image);
    mean.add(parts(e.loss()));
    dice.add(OverlapScore.meanDice(e.reconstruction(), map, data.labels.size()));
  }

  @Override
  public TrainingPreview preview(final long step, final Progress progress) {
    if (example == null)
      example =
          data.onGrid(
              (validation.isEmpty() ? data.training : data.validation).get(0),
              engine.threads(),
              progress);
    // The same code each time, so that one sees the same sample become an anatomy.
    final float[] z = new float[architecture.latentCount()];
    Gaussians.fill(z, Seeds.at(seed, "preview", 0), 1);
    final String whose = validation.isEmpty() ? "Training map " : "Held-out map ";
    final String name = (validation.isEmpty() ? data.training : data.validation).get(0).name();
    return new TrainingPreview(
        step,
        data.labels,
        List.of(
            view(example, whose + name),
            view(learning.learner().evaluate(example, null).reconstruction(), "Its reconstruction"),
            view(learning.learner().decode(z), "A sample of the prior")));
  }

  private View view(final byte[] indices, final String title) {
    return new View(Kind.LABELS, title, LabelMaps.toIds(indices, data.grid, data.labels, title));
  }

  @Override
  public AnatomicalPrior model(final Map<String, float[]> weights, final List<CurvePoint> curve) {
    warnIfLittleLearned(curve);
    learning.rest();
    final Map<String, float[]> all = new TreeMap<>(weights);
    all.put(AnatomicalPrior.ATLAS, atlas);
    final Provenance provenance =
        new Provenance(
            Version.current(),
            Engine.version(),
            engine.arithmetic().toString(),
            settings.toTexts(),
            data.hashes,
            curve,
            null);
    final AnatomicalPrior prior =
        AnatomicalPrior.of(
            new ModelDescription(
                data.grid,
                data.labels,
                architecture,
                data.landmarks,
                false,
                imageShare > 0,
                provenance),
            all,
            engine);
    try {
      if (learning.isInSlabs()) prior.useSlabs();
      return prior.withShapes(TrainingCodes.of(prior, data, engine.threads(), progress));
    } catch (final RuntimeException e) {
      prior.close();
      throw e;
    }
  }

  @Override
  public Map<String, float[]> weights() {
    return learning.learner().weights();
  }

  @Override
  public Map<String, float[]> optimiser() {
    return learning.learner().optimiser();
  }

  @Override
  public Map<String, double[]> extra() {
    return Map.of();
  }

  @Override
  public void restore(final Map<String, float[]> state, final Map<String, double[]> extra) {
    learning.learner().restore(state);
  }

  @Override
  public void close() {
    if (examples != null) examples.close();
    learning.close();
  }

  private AugmentationSettings augmentation() {
    final double a = settings.get(PriorSettings.AFFINE);
    final double d = settings.get(PriorSettings.DEFORMATION);
    final AugmentationSettings usual = AugmentationSettings.defaults();
    return usual
        .withAffine(
            a * usual.rotation(), a * usual.scale(), a * usual.shear(), a * usual.translation())
        .withDeformation(
            d * usual.deformation(),
            usual.deformationSpacing(),
            d * usual.coarseDeformation(),
            usual.coarseSpacing())
        .withFlip(data.symmetric);
  }
}
