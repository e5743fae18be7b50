package org.anatomicalpriors.segmentation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.model.IntensityFit;
import org.anatomicalpriors.model.IntensityModel;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.SegmentationSettings.Method;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.tensorflow.MachineMemory;
import org.anatomicalpriors.tensorflow.OutOfMemory;

/**
 * Segments images with a prior or a trained segmenter. Safe for use by several threads.
 *
 * <pre>{@code
 * Segmenter segmenter = Segmenter.of(model, Settings.of(SegmentationSettings.ALL));
 * byte[] labels = segmenter.segment(image, Progress.NONE).labels();
 * }</pre>
 */
public final class Segmenter {

  private static final String STAGE = "Segmenting";
  private static final int STAGES = 5;

  /** About so many voxels of the image tell its intensities. */
  private static final double ENOUGH_VOXELS = 3e5;

  /**
   * A head is not turned further than this in a scanner; a header may be wrong by a quarter turn.
   */
  private static final double TURNED_DEGREES = 45;

  /** Updates of the intensities at the image's own resolution. */
  private static final int NATIVE_ITERATIONS = 8;

  private final AnatomicalPrior model;
  private final Settings settings;
  private final AtlasStart atlasStart;
  private final ShapeFit shapeFit;
  private final SegmentationMemory memory;

  private Segmenter(final AnatomicalPrior model, final Settings settings) {
    this.model = model;
    this.settings = settings;
    if (settings.get(SegmentationSettings.METHOD) == Method.PRIOR) model.prepare();
    atlasStart = new AtlasStart(model, settings);
    shapeFit = new ShapeFit(model, settings, atlasStart.atlas());
    memory = new SegmentationMemory(model, settings);
  }

  /** A segmenter of these {@link SegmentationSettings}; the model stays the caller's to close. */
  public static Segmenter of(final AnatomicalPrior model, final Settings settings) {
    return new Segmenter(model, settings);
  }

  /**
   * Segments one image; the result lies on the image's own grid.
   *
   * @throws InvalidInputException if the image cannot be used
   * @throws org.anatomicalpriors.progress.CancelledException if stopped on request
   */
  public Segmentation segment(
      final SpatialImage<? extends RealType<?>> image, final Progress progress) {
    return segment(Subject.of(image), progress);
  }

  /**
   * Segments one image of which something is known.
   *
   * @throws InvalidInputException if the image cannot be used, too few voxels are labelled, or
   *     there is far too little memory
   * @throws org.anatomicalpriors.tensorflow.EngineException if the memory runs out all the same
   * @throws org.anatomicalpriors.progress.CancelledException if stopped on request
   */
  public Segmentation segment(final Subject subject, final Progress progress) {
    atlasStart.requireFit(subject.image());
    final MachineMemory machine = MachineMemory.now();
    memory.require(subject, memory.of(subject), machine);
    if (usesNetworks() && !model.isInSlabs() && memory.needsSlabs(subject, machine)) {
      progress.log(memory.slabsSentence(subject, machine));
      model.useSlabs();
    }
    return OutOfMemory.guard(
        () -> fitted(subject, progress),
        () -> memory.javaSentence(subject, MachineMemory.now()),
        () -> memory.engineSentence(subject));
  }

  private boolean usesNetworks() {
    return settings.get(SegmentationSettings.METHOD) == Method.PRIOR;
  }

  private Segmentation fitted(final Subject subject, final Progress progress) {
    final SpatialImage<? extends RealType<?>> image = subject.image();
    final Grid prior = model.description().grid();
    final Method method = settings.get(SegmentationSettings.METHOD);
    final Stopwatch watch = new Stopwatch();
    final Map<String, Object> report = new LinkedHashMap<>();
    final int threads = model.engine().threads();
    progress.update(STAGE, 0, STAGES, "aligning " + image.name());
    report.put(
        "channel_names",
        subject.channels().stream().map(SpatialImage::name).collect(Collectors.toList()));
    if (subject.mask() != null) report.put("mask_voxels", subject.mask().count());
    final SubjectVoxels voxels = new SubjectVoxels(subject);
    final ImageVector own = voxels.vector();
    final PickedIntensities picked =
        subject.picked() == null
            ? PickedIntensities.none()
            : PickedIntensities.of(
                subject.picked(), own, model.description().labels(), image.name());
    watch.lap("preparing");
    final Affine toCommon =
        subject.place() != null
            ? subject.place()
            : atlasStart.align(image.name(), voxels, progress);
    watch.lap("alignment");
    warnIfTurned(image.name(), toCommon, report, progress);
    progress.update(STAGE, 1, STAGES, "fitting intensities of " + image.name());
    final AtlasStart.Fitted start =
        atlasStart.fit(image.name(), voxels, toCommon, picked, method == Method.ATLAS, progress);
    watch.lap("intensities");
    progress.update(STAGE, 2, STAGES, "fitting the anatomy to " + image.name());
    final FittedShape shape =
        method == Method.PRIOR
            ? shapeFit.fit(start, report, watch, progress)
            : FittedShape.ofAtlas(atlasStart.atlas(), start);
    progress.update(STAGE, 3, STAGES, "labelling " + image.name());
    final List<Supplier<float[]>> logGains = logGains(image.grid(), toCommon, shape.fit.bias());
    final ImageVector corrected =
        logGains.isEmpty() ? own : own.dividedBy(c -> logGains.get(c).get());
    final Function<float[], LabelField> labelling =
        f ->
            new LabelField(
                f,
                prior,
                image.grid(),
                toCommon,
                shape.warp,
                corrected,
                subject.mask(),
                atlasStart.region(),
                threads);
    final LabelField field = labelling.apply(shape.probabilities);
    final IntensityModel intensities =
        method == Method.NONE
            ? null
            : nativeIntensities(field.within(null), shape.fit.intensities(), progress);
    final double temperature = settings.get(SegmentationSettings.TEMPERATURE);
    final LabelField fitted = field.with(intensities, temperature);
    final LabelTally tally =
        new LabelTally(model.description().labels().size(), image.grid().size());
    fitted.forEach(tally::add, progress);
    watch.lap("closed form");
    if (usesNetworks() && model.isInSlabs()) report.put("networks_in_slabs", true);
    progress.update(STAGE, STAGES, STAGES, image.name());
    report.put("method", method.name().toLowerCase(java.util.Locale.ROOT));
    report.put("image_to_prior", toCommon.toRows());
    if (intensities != null)
      report.put(
          "intensities",
          IntensityReport.of(intensities, voxels.scales(), model.description().labels()));
    if (shape.warp != null) report.put("smallest_jacobian", shape.warp.smallestJacobian());
    if (method != Method.NONE)
      warnIfUnexplained(image.name(), shape.fit.explanation(), report, progress);
    report.put("seconds", watch.seconds());
    return new Segmentation(
        image.name(),
        image.grid(),
        model.description().labels(),
        toCommon,
        fitted,
        () -> draws(shape, f -> labelling.apply(f).with(intensities, temperature), fitted),
        logGains,
        tally.winners(),
        tally.confidence(),
        tally.expectedDice(),
        threads,
        report);
  }

  private static void warnIfTurned(
      final String name,
      final Affine toCommon,
      final Map<String, Object> report,
      final Progress progress) {
    final double degrees = Math.toDegrees(toCommon.turn());
    report.put("turned_degrees", degrees);
    if (degrees > TURNED_DEGREES)
      progress.log(
          name
              + ": the anatomy was found turned by "
              + Math.round(degrees)
              + " degrees against the image's header; see whether the outlines are right, and correct the header or switch alignment off if they are not.");
  }

  private static void warnIfUnexplained(
      final String name,
      final Explanation explanation,
      final Map<String, Object> report,
      final Progress progress) {
    report.put("explained_nats", explanation.nats());
    report.put("explained_share", explanation.share());
    if (!explanation.fits())
      progress.log(
          name
              + ": the anatomy explains little of this image ("
              + Math.round(100 * Math.max(0, explanation.share()))
              + " % of what it could), so the labels are likely to be wrong; see whether it shows this anatomy, whole and in the right unit.");
  }

  /** The bias that was found on the prior's grid, on the image's own, for every channel. */
  private List<Supplier<float[]>> logGains(
      final Grid grid, final Affine toCommon, final List<BiasField> bias) {
    final Affine toPriorVoxel =
        model.description().grid().toWorld().inverse().after(toCommon).after(grid.toWorld());
    final int threads = model.engine().threads();
    final List<Supplier<float[]>> gains = new ArrayList<>();
    for (final BiasField b : bias) gains.add(() -> b.logGain(grid, toPriorVoxel, threads));
    return gains;
  }

  /** The closed form for draws of z; that of the mean alone if there is no z. */
  private List<LabelField> draws(
      final FittedShape shape, final Function<float[], LabelField> field, final LabelField mean) {
    if (shape.code == null) return List.of(mean);
    final SplittableRandom random = new SplittableRandom(settings.get(SegmentationSettings.SEED));
    final List<LabelField> fields = new ArrayList<>();
    for (int i = 0; i < settings.get(SegmentationSettings.SAMPLES); i++)
      fields.add(field.apply(shapeFit.decode(shape.code.sample(random))));
    return fields;
  }

  /** The intensities on the image's own grid, where voxels mix less tissue and more noise. */
  private IntensityModel nativeIntensities(
      final LabelField field, final IntensityModel start, final Progress progress) {
    final int[] groups = model.description().labels().groupIndices();
    final int step = (int) Math.max(1, Math.floor(Math.cbrt(field.voxelCount() / ENOUGH_VOXELS)));
    final LabelField.Sample sample =
        field.sample(groups, model.description().labels().groupNames().size(), step, progress);
    return IntensityFit.run(sample.groups, sample.image, start, NATIVE_ITERATIONS).model();
  }
}
