package org.anatomicalpriors.service;

import ij.ImagePlus;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Function;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.progress.Progress;
import org.scijava.app.StatusService;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.service.AbstractService;
import org.scijava.service.Service;
import org.scijava.task.TaskService;

/** The service of Fiji's context. Loads the core when something is asked of it, not before. */
@Plugin(type = Service.class)
public final class DefaultAnatomicalPriorService extends AbstractService
    implements AnatomicalPriorService {

  @Parameter private LogService log;
  @Parameter private StatusService status;
  @Parameter private TaskService tasks;

  private final Set<TrainedModel> opened =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  // -- AnatomicalPriorService methods --

  @Override
  public TrainedModel load(final Object file) {
    return load(file, Collections.emptyMap());
  }

  @Override
  public TrainedModel load(final Object file, final Map<String, ?> options) {
    if (file instanceof TrainedModel) return (TrainedModel) file;
    if (file == null)
      throw new InvalidInputException("No model was given; give the file of a trained model.");
    final TrainedModel model =
        doing("Load model", p -> backend().load(file.toString(), options, p));
    opened.add(model);
    return model;
  }

  @Override
  public TrainedModel train(final Object labelMaps, final Map<String, ?> options) {
    return trained("train-prior", with(options, "labels", labelMaps));
  }

  @Override
  public TrainedModel trainSegmenter(
      final Object prior, final Object images, final Map<String, ?> options) {
    final Object file = prior instanceof TrainedModel ? ((TrainedModel) prior).file() : prior;
    return trained("train-segmenter", with(with(options, "prior", file), "images", images));
  }

  private TrainedModel trained(final String job, final Map<String, ?> values) {
    run(job, values);
    return load(values.get("output"));
  }

  private static Map<String, Object> with(
      final Map<String, ?> options, final String name, final Object value) {
    final Map<String, Object> all = new LinkedHashMap<>(options);
    all.put(name, value);
    return all;
  }

  @Override
  public SegmentedImage segment(final TrainedModel model, final Object image) {
    return segment(model, image, Collections.emptyMap());
  }

  @Override
  public SegmentedImage segment(
      final TrainedModel model, final Object image, final Map<String, ?> options) {
    return doing("Segment image", p -> backend().segment(model, image, options, p));
  }

  @Override
  public SegmentedImage refine(
      final TrainedModel model,
      final ImagePlus image,
      final ImagePlus labels,
      final Map<String, ?> options) {
    return doing("Refine segmentation", p -> backend().refine(model, image, labels, options, p));
  }

  @Override
  public List<ImagePlus> sample(final TrainedModel model, final int count, final long seed) {
    return doing("Draw samples", p -> backend().sample(model, count, seed, p));
  }

  @Override
  public ResultTable evaluate(final Object segmentation, final Object reference) {
    return evaluate(segmentation, reference, Collections.emptyMap());
  }

  @Override
  public ResultTable evaluate(
      final Object segmentation, final Object reference, final Map<String, ?> options) {
    return doing(
        "Evaluate segmentation", p -> backend().evaluate(segmentation, reference, options, p));
  }

  @Override
  public JobResult run(final String job, final Map<String, ?> values) {
    final JobResult result = doing(job, p -> backend().run(job, values, JobContext.of(p)));
    result.messages().forEach(log::info);
    if (!result.failures().isEmpty())
      throw new InvalidInputException(String.join(" ", result.failures()));
    return result;
  }

  @Override
  public Backend backend() {
    return Core.backend();
  }

  private <T> T doing(final String what, final Function<Progress, T> work) {
    try (TaskProgress progress =
        new TaskProgress(
            tasks.createTask(what), status, log, Thread.currentThread()::isInterrupted)) {
      final T result = work.apply(progress);
      progress.succeed();
      return result;
    }
  }

  // -- Disposable methods --

  @Override
  public void dispose() {
    synchronized (opened) {
      opened.forEach(TrainedModel::close);
      opened.clear();
    }
  }
}
