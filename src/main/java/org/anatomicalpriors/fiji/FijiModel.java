package org.anatomicalpriors.fiji;

import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.labels.Label;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.service.TrainedModel;
import org.anatomicalpriors.tensorflow.Engine;
import org.anatomicalpriors.workflow.ModelSummary;

/**
 * A model that was opened from a file. The engine does not bear that a network is closed while it
 * runs, so work is counted, and the last one closes what was to be closed meanwhile.
 */
final class FijiModel implements TrainedModel {

  private final File file;
  private final AnatomicalPrior prior;
  private boolean closed;
  private int uses;

  FijiModel(final File file, final AnatomicalPrior prior) {
    this.file = file;
    this.prior = prior;
  }

  /** The model of a {@link TrainedModel} that this core opened. */
  static FijiModel of(final TrainedModel model) {
    if (!(model instanceof FijiModel))
      throw new InvalidInputException(
          (model == null ? "No model" : "A model of another kind")
              + " was given; give one that load opened.");
    return (FijiModel) model;
  }

  /**
   * Does work for which the model has to stay open.
   *
   * @throws InvalidInputException if it was closed already
   */
  <T> T use(final Supplier<T> work) {
    begin();
    try {
      return work.get();
    } finally {
      end();
    }
  }

  /** As {@link #use}, for work that returns before it has ended. */
  synchronized void begin() {
    if (closed)
      throw new InvalidInputException(
          "The model " + file + " was closed already; load it again, or close it later.");
    uses++;
  }

  /** Tells that the work has ended. */
  synchronized void end() {
    uses--;
    closeIfUnused();
  }

  AnatomicalPrior prior() {
    return prior;
  }

  Engine engine() {
    return prior.engine();
  }

  @Override
  public File file() {
    return file;
  }

  @Override
  public boolean isSegmenter() {
    return prior.description().isSegmenter();
  }

  @Override
  public Map<Integer, String> labels() {
    final Map<Integer, String> names = new LinkedHashMap<>();
    for (final Label l : prior.description().labels().labels()) names.put(l.id(), l.name());
    return names;
  }

  @Override
  public String summary() {
    return new ModelSummary(prior.description()).text(file.toPath());
  }

  @Override
  public synchronized void close() {
    if (closed) return;
    closed = true;
    closeIfUnused();
  }

  private void closeIfUnused() {
    if (closed && uses == 0) InCore.run(prior::close);
  }

  @Override
  public String toString() {
    return (isSegmenter() ? "segmenter " : "prior ") + file;
  }
}
