package org.anatomicalpriors.fiji;

import ij.ImagePlus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.io.ReadyModels;
import org.anatomicalpriors.job.Job;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.labels.LabelMaps;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.Segmentation;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.segmentation.Segmenter;
import org.anatomicalpriors.service.Backend;
import org.anatomicalpriors.service.SegmentedImage;
import org.anatomicalpriors.service.TrainedModel;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.DownloadConsent;
import org.anatomicalpriors.tensorflow.EngineSettings;
import org.anatomicalpriors.ui.ExplorerWindow;
import org.anatomicalpriors.ui.TrainingRun;
import org.anatomicalpriors.workflow.FileSettings;
import org.anatomicalpriors.workflow.Jobs;
import org.anatomicalpriors.workflow.OutputPaths;

/** The core as Fiji's commands and scripts reach it. */
public final class FijiBackend implements Backend {

  private final List<Job> jobs;

  public FijiBackend() {
    this(Jobs.all());
  }

  /**
   * @param jobs those that {@link #run} knows
   */
  public FijiBackend(final List<Job> jobs) {
    this.jobs = List.copyOf(jobs);
  }

  @Override
  public List<Job> jobs() {
    return jobs;
  }

  private Job job(final String name) {
    return jobs().stream()
        .filter(j -> j.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new InvalidInputException("There is no job \"" + name + "\"."));
  }

  @Override
  public List<Setting<?>> imageSettings() {
    return ImageParameters.all();
  }

  @Override
  public List<Setting<?>> machineSettings() {
    return EngineSettings.ALL;
  }

  @Override
  public JobResult run(final String name, final Map<String, ?> values, final JobContext context) {
    return InCore.call(() -> run(Job::run, job(name), values, context));
  }

  /** How a job is run: as it is, or in a window. */
  @FunctionalInterface
  private interface Runner {
    JobResult run(Job job, Settings values, JobContext context) throws IOException;
  }

  private static JobResult run(
      final Runner runner, final Job job, final Map<String, ?> values, final JobContext context) {
    try (GivenFiles files = new GivenFiles(values, context.progress())) {
      return runner.run(
          job, Options.of(job.parameters(), files.values()).complete(), asking(context));
    } catch (final IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** The context, which can ask for a download too. */
  private static JobContext asking(final JobContext context) {
    return new JobContext() {
      @Override
      public Progress progress() {
        return context.progress();
      }

      @Override
      public <T> Optional<T> find(final Class<T> type) {
        final Optional<T> found = context.find(type);
        return found.isEmpty() && type == DownloadConsent.class
            ? Optional.of(type.cast(DownloadQuestion.ask()))
            : found;
      }
    };
  }

  @Override
  public JobResult runInWindow(
      final String name, final Map<String, ?> values, final JobContext context) {
    return InCore.call(() -> run(TrainingRun::run, job(name), values, context));
  }

  @Override
  public TrainedModel load(
      final String file, final Map<String, ?> options, final Progress progress) {
    final Path path = ReadyModels.find(Inputs.path(file));
    final Settings machine = Options.of(EngineSettings.ALL, options);
    ModelBundle.describe(path); // a wrong file is found out before the engine starts
    progress.update("Opening the model", 0, 0, path.toString());
    return InCore.call(
        () ->
            new FijiModel(
                path.toFile(),
                ModelBundle.open(
                    path, EngineSettings.start(machine, progress, DownloadQuestion.ask()))));
  }

  @Override
  public SegmentedImage segment(
      final TrainedModel model,
      final Object image,
      final Map<String, ?> options,
      final Progress progress) {
    final FijiModel opened = FijiModel.of(model);
    return opened.use(() -> segment(opened, image, options, progress));
  }

  private static SegmentedImage segment(
      final FijiModel opened,
      final Object image,
      final Map<String, ?> options,
      final Progress progress) {
    final Settings settings = segmentationSettings(options);
    final boolean flat = opened.prior().description().grid().is2D();
    final InputImage input = new Inputs(settings, flat, progress).open(image);
    final GivenMask mask = new GivenMask(options, input, settings, flat);
    checkOutput(options);
    final Segmenter segmenter =
        Segmenter.of(opened.prior(), Options.part(SegmentationSettings.ALL, settings));
    final List<Segmentation> results =
        InCore.call(() -> segmentAll(segmenter, input, mask, progress));
    return new FijiSegmentedImage(opened, settings, input, mask, results, progress);
  }

  private static List<Segmentation> segmentAll(
      final Segmenter segmenter,
      final InputImage input,
      final GivenMask mask,
      final Progress progress) {
    final List<Segmentation> results = new ArrayList<>();
    for (int t = 0; t < input.frames(); t++) {
      progress.checkCancelled();
      results.add(segmenter.segment(input.subjects().get(t).within(mask.of(t)), progress));
    }
    return results;
  }

  /** Finds out before the work whether its results can be saved where they are to be. */
  private static void checkOutput(final Map<String, ?> options) {
    final String folder = Options.texts(options).get(ImageParameters.OUTPUT.name());
    if (folder != null && !folder.isEmpty()) OutputPaths.folder(Inputs.path(folder));
  }

  /** What belongs to the model and the machine was said when the model was opened. */
  private static Settings segmentationSettings(final Map<String, ?> options) {
    final List<Setting<?>> known = new ArrayList<>(ImageParameters.ofImage());
    known.addAll(SegmentationSettings.ALL);
    final Map<String, String> given = new LinkedHashMap<>(Options.texts(options));
    given.remove(FileSettings.MODEL.name());
    given.remove(ImageParameters.MASK.name());
    ImageParameters.outputs().forEach(s -> given.remove(s.name()));
    EngineSettings.ALL.forEach(s -> given.remove(s.name()));
    return Options.of(known, given);
  }

  @Override
  public SegmentedImage refine(
      final TrainedModel model,
      final ImagePlus image,
      final ImagePlus labels,
      final Map<String, ?> options,
      final Progress progress) {
    final FijiModel opened = FijiModel.of(model);
    return opened.use(() -> refine(opened, image, labels, options, progress));
  }

  private static SegmentedImage refine(
      final FijiModel opened,
      final ImagePlus image,
      final ImagePlus labels,
      final Map<String, ?> options,
      final Progress progress) {
    final Settings settings = segmentationSettings(options);
    final boolean flat = opened.prior().description().grid().is2D();
    final InputImage input = new Inputs(settings, flat, progress).open(image);
    final Settings plain = Settings.of(settings.settings());
    final InputImage picked = new Inputs(plain, flat, progress).open(labels);
    if (picked.frames() != input.frames())
      throw new InvalidInputException(
          labels.getTitle()
              + " has "
              + picked.frames()
              + " time points and the image "
              + input.frames()
              + "; give labels for each of the image's time points, or choose a frame.");
    final GivenMask mask = new GivenMask(options, input, settings, flat);
    checkOutput(options);
    final Segmenter segmenter =
        Segmenter.of(opened.prior(), Options.part(SegmentationSettings.ALL, settings));
    final List<Segmentation> results =
        InCore.call(() -> refineAll(segmenter, opened, input, picked, mask, progress));
    return new FijiSegmentedImage(opened, settings, input, mask, results, progress);
  }

  private static List<Segmentation> refineAll(
      final Segmenter segmenter,
      final FijiModel model,
      final InputImage input,
      final InputImage picked,
      final GivenMask mask,
      final Progress progress) {
    final LabelSet set = model.prior().description().labels();
    final List<Segmentation> results = new ArrayList<>();
    for (int i = 0; i < input.frames(); i++) {
      progress.checkCancelled();
      final byte[] indices = LabelMaps.toIndices(picked.volume(i), set, progress);
      results.add(
          segmenter.segment(input.subjects().get(i).picked(indices).within(mask.of(i)), progress));
    }
    return results;
  }

  @Override
  public List<ImagePlus> sample(
      final TrainedModel model, final int count, final long seed, final Progress progress) {
    final FijiModel opened = FijiModel.of(model);
    return InCore.call(() -> opened.use(() -> new Samples(opened).draw(count, seed, progress)));
  }

  @Override
  public float[] encode(
      final TrainedModel model,
      final Object labels,
      final Map<String, ?> options,
      final Progress progress) {
    final FijiModel opened = FijiModel.of(model);
    return InCore.call(() -> opened.use(() -> new Codes(opened).encode(labels, options, progress)));
  }

  @Override
  public ImagePlus decode(final TrainedModel model, final float[] code, final Progress progress) {
    final FijiModel opened = FijiModel.of(model);
    return InCore.call(() -> opened.use(() -> new Codes(opened).decode(code)));
  }

  @Override
  public ResultTable evaluate(
      final Object segmentation,
      final Object reference,
      final Map<String, ?> options,
      final Progress progress) {
    return InCore.call(() -> new Scores(options, progress).evaluate(segmentation, reference));
  }

  @Override
  public void explore(final TrainedModel model) {
    final FijiModel opened = FijiModel.of(model);
    opened.begin(); // until the window is closed
    try {
      InCore.run(
          () ->
              ExplorerWindow.open(
                  opened.prior(),
                  opened.file().getName(),
                  () -> {
                    opened.close();
                    opened.end();
                  }));
    } catch (final RuntimeException e) {
      opened.end();
      throw e;
    }
  }
}
