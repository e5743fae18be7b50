package org.anatomicalpriors.service;

import ij.ImagePlus;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.isolation.CoreLoader;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.progress.Progress;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.service.AbstractService;
import org.scijava.service.Service;

/** The service of Fiji's context. Loads the core when something is asked of it, not before. */
@Plugin(type = Service.class)
public final class DefaultAnatomicalPriorService extends AbstractService
    implements AnatomicalPriorService {

  private static final String CORE = "org.anatomicalpriors.fiji.FijiBackend";

  @Parameter private LogService log;

  private final Set<TrainedModel> opened =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
  private Backend backend;

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
    final TrainedModel model = backend().load(file.toString(), options, progress());
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
    return backend().segment(model, image, options, progress());
  }

  @Override
  public List<ImagePlus> sample(final TrainedModel model, final int count, final long seed) {
    return backend().sample(model, count, seed, progress());
  }

  @Override
  public ResultTable evaluate(final Object segmentation, final Object reference) {
    return backend().evaluate(segmentation, reference, Collections.emptyMap(), progress());
  }

  @Override
  public JobResult run(final String job, final Map<String, ?> values) {
    return backend().run(job, values, JobContext.of(progress()));
  }

  @Override
  public synchronized Backend backend() {
    if (backend == null) backend = CoreLoader.load(Backend.class, CORE);
    return backend;
  }

  /** Messages of scripts go to the log. */
  private Progress progress() {
    return new Progress() {
      @Override
      public void update(
          final String stage, final long done, final long total, final String message) {
        log.debug(stage + " " + done + "/" + total + " " + message);
      }

      @Override
      public void log(final String message) {
        log.info(message);
      }

      @Override
      public boolean isCancelled() {
        return Thread.currentThread().isInterrupted();
      }
    };
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
