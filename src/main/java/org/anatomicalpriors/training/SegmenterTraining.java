package org.anatomicalpriors.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.Version;
import org.anatomicalpriors.labels.LabelMaps;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.GroupProbabilities;
import org.anatomicalpriors.model.IntensityFit;
import org.anatomicalpriors.model.IntensityModel;
import org.anatomicalpriors.model.ModelDescription;
import org.anatomicalpriors.model.ModelDescription.Provenance;
import org.anatomicalpriors.model.SegmenterTrainer;
import org.anatomicalpriors.model.SegmenterTrainer.Example;
import org.anatomicalpriors.model.SegmenterTrainer.Outcome;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.AtlasStart;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.Resampler;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.tensorflow.Engine;
import org.anatomicalpriors.tensorflow.Gaussians;

/**
 * Learns q(z|x) from images, most or all of which have no labels, so that a new image takes one
 * pass of a network. Every image keeps intensities of its own, updated in closed form at each
 * visit.
 *
 * <pre>{@code
 * AnatomicalPrior segmenter =
 *     SegmenterTraining.with(Settings.of(SegmenterSettings.ALL))
 *         .train(prior, images, null, Path.of("segmenter.checkpoint"), false, progress);
 * }</pre>
 */
public final class SegmenterTraining {

  private static final String STAGE = "Training the segmenter";

  /** Fewer images than this are all needed for training. */
  private static final int FEWEST_TO_SPLIT = 4;

  private final Settings settings;

  private SegmenterTraining(final Settings settings) {
    this.settings = settings;
  }

  /** A training with these {@link SegmenterSettings}. */
  public static SegmenterTraining with(final Settings settings) {
    return new SegmenterTraining(settings);
  }

  /**
   * Trains to the end, or until cancelled. The weights with the lowest validation loss win.
   *
   * @param images the images
   * @param labels label maps of some of the images, matched by name (that of the folder before a
   *     slash may be missing), or null
   * @param checkpoint where the state is kept on the way; deleted by the caller once the result is
   *     saved
   * @param resume whether to go on from the checkpoint
   * @throws InvalidInputException if an image, a label map or a setting cannot be used
   * @throws org.anatomicalpriors.progress.CancelledException if stopped on request; the message
   *     says where the state is
   */
  public AnatomicalPrior train(
      final AnatomicalPrior prior,
      final ImageSource images,
      final ImageSource labels,
      final Path checkpoint,
      final boolean resume,
      final Progress progress) {
    final Map<String, Integer> labelled = match(images, labels);
    try (SegmenterTrainer trainer =
            new SegmenterTrainer(
                prior,
                settings.get(SegmentationSettings.OBJECTIVE),
                settings.get(SegmenterSettings.TRAIN_DECODER),
                settings.get(PriorSettings.CLIP));
        Run run = new Run(prior, images, labels, labelled, trainer, progress)) {
      final Map<String, String> fingerprint = new TreeMap<>(settings.toTexts());
      fingerprint.put("the images", run.hashes.toString());
      fingerprint.put("the prior", fingerprint(prior.weights()));
      final long steps = settings.get(SegmenterSettings.STEPS);
      final TrainingLoop loop =
          new TrainingLoop(
              STAGE,
              steps,
              settings.get(SegmenterSettings.CHECKPOINT_EVERY),
              // The code carries its information from the start: no warm-up.
              new Schedule(
                  steps,
                  settings.get(SegmenterSettings.LEARNING_RATE),
                  0,
                  settings.get(PriorSettings.KL_WEIGHT)),
              fingerprint,
              checkpoint,
              progress);
      loop.run(run, resume);
      final Map<String, float[]> weights = new TreeMap<>(prior.weights());
      weights.putAll(loop.best());
      final ModelDescription d = prior.description();
      return AnatomicalPrior.of(
          d.asSegmenter(
              new Provenance(
                  Version.current(),
                  Engine.version(),
                  settings.toTexts(),
                  run.hashes,
                  loop.curve(),
                  d.provenance())),
          weights,
          prior.engine());
    }
  }

  private static String fingerprint(final Map<String, float[]> weights) {
    int hash = 1;
    for (final Map.Entry<String, float[]> w : weights.entrySet())
      hash = 31 * (31 * hash + w.getKey().hashCode()) + Arrays.hashCode(w.getValue());
    return Integer.toHexString(hash);
  }

  private static Map<String, Integer> match(final ImageSource images, final ImageSource labels) {
    final Map<String, Integer> matched = new HashMap<>();
    if (labels == null) return matched;
    final Map<String, Integer> byName = new HashMap<>();
    for (int i = 0; i < labels.size(); i++) byName.put(labels.name(i), i);
    for (int i = 0; i < images.size(); i++) {
      final String name = images.name(i);
      // Images of one name in several folders, such as contrasts, are of one anatomy.
      final String plain = name.substring(name.lastIndexOf('/') + 1);
      final Integer map = byName.getOrDefault(name, byName.get(plain));
      if (map != null) matched.put(name, map);
    }
    if (matched.isEmpty())
      throw new InvalidInputException(
          "None of the "
              + labels.size()
              + " paired label maps has the name of an image; give each the file name of its image.");
    return matched;
  }

  /** One training under way. */
  private final class Run implements TrainingLoop.Trainee {
    private final SegmenterTrainer trainer;
    private final int latentCount;
    private final Map<String, String> hashes = new LinkedHashMap<>();
    private final List<Example> examples = new ArrayList<>();
    private final List<IntensityModel> intensities = new ArrayList<>();
    private final List<Integer> training = new ArrayList<>();
    private final List<Integer> validation = new ArrayList<>();
    private final long seed = settings.get(SegmentationSettings.SEED);
    private Outcome latest;

    Run(
        final AnatomicalPrior prior,
        final ImageSource images,
        final ImageSource labels,
        final Map<String, Integer> labelled,
        final SegmenterTrainer trainer,
        final Progress progress) {
      this.trainer = trainer;
      latentCount = prior.description().architecture().latentCount();
      final AtlasStart start = new AtlasStart(prior, settings);
      for (int i = 0; i < images.size(); i++) {
        progress.checkCancelled();
        progress.update("Aligning images", i, images.size(), images.name(i));
        final AtlasStart.Fitted fitted = start.start(images.load(i), progress);
        final Integer map = labelled.get(images.name(i));
        examples.add(
            map == null
                ? new Example(fitted.posteriors(), fitted.image(), null, 0)
                : labelled(prior, fitted, labels.load(map), progress));
        intensities.add(fitted.intensities());
        hashes.put(images.name(i), images.hash(i));
        if (map != null) hashes.put(images.name(i) + " (labels)", labels.hash(map));
      }
      progress.update("Aligning images", images.size(), images.size(), "");
      split(images.size());
    }

    private Example labelled(
        final AnatomicalPrior prior,
        final AtlasStart.Fitted fitted,
        final SpatialImage<? extends RealType<?>> map,
        final Progress progress) {
      final ModelDescription d = prior.description();
      final byte[] onGrid =
          Resampler.labels(
              LabelMaps.toIndices(map, d.labels(), progress),
              map.grid(),
              fitted.toCommon(),
              d.grid(),
              prior.engine().threads(),
              progress);
      final int n = d.labels().size();
      final float[] oneHot = new float[onGrid.length * n];
      for (int v = 0; v < onGrid.length; v++)
        oneHot[v * n + ((onGrid[v] & 0xff) < n ? onGrid[v] & 0xff : 0)] = 1;
      final IntensityFit fit =
          IntensityFit.run(
              GroupProbabilities.of(oneHot, d.labels().groupIndices()),
              fitted.image(),
              fitted.intensities(),
              settings.getInt(SegmentationSettings.EM_ITERATIONS));
      return new Example(
          fitted.posteriors(), fitted.image(), onGrid, -fit.logLikelihood() / onGrid.length);
    }

    private void split(final int n) {
      for (int i = 0; i < n; i++) training.add(i);
      Collections.shuffle(training, new Random(seed));
      final double share = settings.get(PriorSettings.VALIDATION);
      final int held = share > 0 && n >= FEWEST_TO_SPLIT ? (int) Math.max(1, share * n) : 0;
      for (int i = 0; i < held; i++) validation.add(training.remove(0));
    }

    @Override
    public void startAt(final long step) {
      // Everything that the steps need is in memory.
    }

    @Override
    public double step(final long step, final double learningRate, final double weight) {
      final SplittableRandom random = Seeds.at(seed, "image", step);
      final int i = training.get(random.nextInt(training.size()));
      final float[] epsilon = new float[latentCount];
      Gaussians.fill(epsilon, random, 1);
      latest =
          trainer.step(examples.get(i), intensities.get(i), epsilon, step, learningRate, weight);
      intensities.set(i, latest.intensities());
      return latest.total();
    }

    @Override
    public String describe() {
      return String.format(
          Locale.ROOT, "data term %.4f, divergence %.4f", latest.dataTerm(), latest.divergence());
    }

    @Override
    public double[] validate() {
      if (validation.isEmpty()) return new double[] {Double.NaN, Double.NaN};
      double loss = 0;
      for (final int i : validation) {
        final Outcome o = trainer.evaluate(examples.get(i), intensities.get(i));
        intensities.set(i, o.intensities());
        loss += o.total() / validation.size();
      }
      return new double[] {loss, Double.NaN};
    }

    @Override
    public Map<String, float[]> weights() {
      return trainer.weights();
    }

    @Override
    public Map<String, float[]> optimiser() {
      return trainer.optimiser();
    }

    @Override
    public Map<String, double[]> extra() {
      final Map<String, double[]> states = new TreeMap<>();
      for (int i = 0; i < intensities.size(); i++)
        states.put("intensities." + i, intensities.get(i).state());
      return states;
    }

    @Override
    public void restore(final Map<String, float[]> state, final Map<String, double[]> extra) {
      trainer.restore(state);
      for (int i = 0; i < intensities.size(); i++)
        intensities.set(i, intensities.get(i).withState(extra.get("intensities." + i)));
    }

    @Override
    public void close() {
      // The trainer is closed by whoever made it.
    }
  }
}
