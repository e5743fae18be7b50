package org.anatomicalpriors.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import org.anatomicalpriors.Version;
import org.anatomicalpriors.labels.LabelMaps;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.GroupProbabilities;
import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.model.IntensityFit;
import org.anatomicalpriors.model.IntensityModel;
import org.anatomicalpriors.model.LabelPosteriors;
import org.anatomicalpriors.model.Learning;
import org.anatomicalpriors.model.ModelDescription;
import org.anatomicalpriors.model.ModelDescription.CurvePoint;
import org.anatomicalpriors.model.ModelDescription.Provenance;
import org.anatomicalpriors.model.SegmenterTrainer;
import org.anatomicalpriors.model.SegmenterTrainer.Example;
import org.anatomicalpriors.model.SegmenterTrainer.Outcome;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.AtlasStart;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.segmentation.Subject;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.Resampler;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.tensorflow.Engine;
import org.anatomicalpriors.tensorflow.Gaussians;
import org.anatomicalpriors.training.TrainingPreview.Kind;
import org.anatomicalpriors.training.TrainingPreview.View;

/** One training of a segmenter under way. */
final class SegmenterRun implements Trainee {

  /** Fewer images than this are all needed for training. */
  private static final int FEWEST_TO_SPLIT = 4;

  private final Settings settings;
  private final AnatomicalPrior prior;
  private final Learning<SegmenterTrainer> learning;
  private final Map<String, String> hashes = new LinkedHashMap<>();
  private final SpillStore<Example> store;
  private final List<Supplier<Example>> examples = new ArrayList<>();
  private final List<IntensityModel> intensities = new ArrayList<>();
  private final List<Integer> training = new ArrayList<>();
  private final List<Integer> validation = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final long seed;
  private Prefetch<Example> coming;

  /**
   * @param store keeps the images; has to stay open while they are used
   */
  SegmenterRun(
      final Settings settings,
      final AnatomicalPrior prior,
      final Learning<SegmenterTrainer> learning,
      final SpillStore<Example> store) {
    this.settings = settings;
    this.store = store;
    this.prior = prior;
    this.learning = learning;
    seed = settings.get(SegmentationSettings.SEED);
  }

  /**
   * Aligns the images and fits their intensities.
   *
   * @param labels label maps of some of the images, or null
   * @param labelled which label map belongs to the image of a name
   */
  void prepare(
      final ImageSource images,
      final ImageSource labels,
      final Map<String, Integer> labelled,
      final Progress progress) {
    final AtlasStart start = new AtlasStart(prior, settings);
    for (int i = 0; i < images.size(); i++) {
      progress.checkCancelled();
      progress.update("Aligning images", i, images.size(), images.name(i));
      final AtlasStart.Fitted fitted = start.start(subject(images, i, progress), progress);
      final Integer map = labelled.get(images.name(i));
      examples.add(
          store.add(
              map == null
                  ? new Example(fitted.posteriors(), fitted.image(), null, 0)
                  : labelled(fitted, labels.load(map), progress)));
      intensities.add(fitted.intensities());
      names.add(images.name(i));
      hashes.put(images.name(i), images.hash(i));
      if (map != null) hashes.put(images.name(i) + " (labels)", labels.hash(map));
    }
    progress.update("Aligning images", images.size(), images.size(), "");
    store.tell("images", images.size(), progress);
    split(images.size());
  }

  private static Subject subject(
      final ImageSource images, final int index, final Progress progress) {
    Subject subject = Subject.of(images.load(index));
    for (final SpatialImage<? extends RealType<?>> channel : images.loadOtherChannels(index))
      subject = subject.with(channel, progress);
    return subject;
  }

  Map<String, String> hashes() {
    return hashes;
  }

  private Example labelled(
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
            settings.getInt(SegmentationSettings.EM_ITERATIONS),
            progress);
    return new Example(
        fitted.posteriors(), fitted.image(), onGrid, -fit.logLikelihood() / onGrid.length);
  }

  private void split(final int n) {
    for (int i = 0; i < n; i++) training.add(i);
    Collections.shuffle(training, new Random(seed));
    final double share = settings.get(PriorSettings.VALIDATION);
    final int held =
        share > 0 && n >= FEWEST_TO_SPLIT
            ? (int) Math.min(PriorData.MOST_HELD_OUT, Math.max(1, share * n))
            : 0;
    for (int i = 0; i < held; i++) validation.add(training.remove(0));
  }

  @Override
  public String title() {
    return "Training the segmenter";
  }

  @Override
  public String dataTerm() {
    return "data term";
  }

  @Override
  public String device() {
    return prior.engine().describe();
  }

  @Override
  public void startAt(final long step) {
    coming =
        new Prefetch<>(
            s -> examples.get(image(Seeds.at(seed, "image", s))).get(),
            step,
            settings.get(SegmenterSettings.STEPS),
            prior.engine().threads());
  }

  /** Draws an image to learn from. */
  private int image(final SplittableRandom random) {
    return training.get(random.nextInt(training.size()));
  }

  @Override
  public LossParts step(
      final long step, final double learningRate, final double weight, final Progress progress) {
    final SplittableRandom random = Seeds.at(seed, "image", step);
    final int i = image(random);
    final float[] epsilon = new float[prior.description().architecture().latentCount()];
    Gaussians.fill(epsilon, random, 1);
    final Example example = coming.take(progress);
    final Outcome o =
        learning.step(
            step, t -> t.step(example, intensities.get(i), epsilon, step, learningRate, weight));
    intensities.set(i, o.intensities());
    return LossParts.of(o.dataTerm(), o.divergence());
  }

  @Override
  public Validation validate(final Progress progress) {
    if (validation.isEmpty()) return Validation.NONE;
    final LossMean mean = new LossMean();
    final List<IntensityModel> updated = new ArrayList<>(); // taken up once all are known
    new HeldOut<>(
            k -> examples.get(validation.get((int) k)).get(),
            validation.size(),
            0,
            prior.engine().threads(),
            progress)
        .forEach(
            progress,
            example -> {
              final int i = validation.get(updated.size());
              final Outcome o = learning.learner().evaluate(example, intensities.get(i));
              updated.add(o.intensities());
              mean.add(LossParts.of(o.dataTerm(), o.divergence()));
            });
    for (int k = 0; k < updated.size(); k++) intensities.set(validation.get(k), updated.get(k));
    return new Validation(mean.parts(), Double.NaN);
  }

  @Override
  public TrainingPreview preview(final long step, final Progress progress) {
    final int i = validation.isEmpty() ? training.get(0) : validation.get(0);
    final String whose = validation.isEmpty() ? "Training image " : "Held-out image ";
    final ModelDescription d = prior.description();
    final Example example = examples.get(i).get();
    final float[] p = learning.learner().posteriors(example, intensities.get(i));
    final String name = names.get(i);
    return new TrainingPreview(
        step,
        d.labels(),
        List.of(
            new View(Kind.IMAGE, whose + name, onGrid(intensities(example.image()), name)),
            new View(
                Kind.LABELS,
                "Its labels",
                LabelMaps.toIds(
                    LabelPosteriors.mostProbable(p, d.labels().size()),
                    d.grid(),
                    d.labels(),
                    "labels")),
            new View(
                Kind.UNCERTAINTY,
                "Their uncertainty",
                onGrid(LabelPosteriors.uncertainty(p, d.labels().size()), "uncertainty"))));
  }

  /** The image's own intensities; 0 outside the field of view. */
  private static float[] intensities(final ImageVector x) {
    final float[] raw = new float[x.voxels()];
    for (int v = 0; v < raw.length; v++) if (x.mask()[v] != 0) raw[v] = x.raw(v, 0);
    return raw;
  }

  private SpatialImage<FloatType> onGrid(final float[] values, final String name) {
    final Grid grid = prior.description().grid();
    return new SpatialImage<>(
        ArrayImgs.floats(values, grid.size(0), grid.size(1), grid.size(2)), grid, name);
  }

  @Override
  public AnatomicalPrior model(final Map<String, float[]> weights, final List<CurvePoint> curve) {
    learning.rest();
    final Map<String, float[]> all = new TreeMap<>(prior.weights());
    all.putAll(weights);
    final ModelDescription d = prior.description();
    final AnatomicalPrior segmenter =
        AnatomicalPrior.of(
            d.asSegmenter(
                new Provenance(
                    Version.current(),
                    Engine.version(),
                    prior.engine().arithmetic().toString(),
                    settings.toTexts(),
                    hashes,
                    curve,
                    d.provenance())),
            all,
            prior.engine());
    prior.shapes().ifPresent(segmenter::withShapes); // its decoder is the prior's
    return segmenter;
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
    final Map<String, double[]> states = new TreeMap<>();
    for (int i = 0; i < intensities.size(); i++)
      states.put("intensities." + i, intensities.get(i).state());
    return states;
  }

  @Override
  public void restore(final Map<String, float[]> state, final Map<String, double[]> extra) {
    learning.learner().restore(state);
    for (int i = 0; i < intensities.size(); i++)
      intensities.set(i, intensities.get(i).withState(extra.get("intensities." + i)));
  }

  @Override
  public void close() {
    if (coming != null) coming.close(); // what learns is closed by whoever made it
  }
}
