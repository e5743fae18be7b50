package org.anatomicalpriors.training;

import java.util.Optional;
import org.anatomicalpriors.progress.Progress;

/**
 * Who watches and steers a training. Immutable; each method returns a changed copy.
 *
 * <pre>{@code
 * Supervision.of(progress).listener(window).control(window);
 * }</pre>
 */
public final class Supervision {

  private final Progress progress;
  private final TrainingListener listener;
  private final TrainingControl control;
  private final ModelExport export;

  private Supervision(
      final Progress progress,
      final TrainingListener listener,
      final TrainingControl control,
      final ModelExport export) {
    this.progress = progress;
    this.listener = listener;
    this.control = control;
    this.export = export;
  }

  /** Progress and its cancelling alone. */
  public static Supervision of(final Progress progress) {
    return new Supervision(progress, TrainingListener.NONE, TrainingControl.NONE, null);
  }

  public Supervision listener(final TrainingListener watching) {
    return new Supervision(progress, watching, control, export);
  }

  public Supervision control(final TrainingControl steering) {
    return new Supervision(progress, listener, steering, export);
  }

  /** Where models go that {@link TrainingControl#takeExportRequest} asks for. */
  public Supervision export(final ModelExport to) {
    return new Supervision(progress, listener, control, to);
  }

  Progress progress() {
    return progress;
  }

  TrainingListener listener() {
    return listener;
  }

  TrainingControl control() {
    return control;
  }

  Optional<ModelExport> export() {
    return Optional.ofNullable(export);
  }
}
