package org.anatomicalpriors.ui;

import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.anatomicalpriors.training.TrainingListener;
import org.anatomicalpriors.training.TrainingPlan;
import org.anatomicalpriors.training.TrainingPoint;
import org.anatomicalpriors.training.TrainingPreview;
import org.anatomicalpriors.training.TrainingStep;

/**
 * Carries what a training tells from its thread to the event thread, which fetches it a few times a
 * second; so the training never waits for the window.
 */
final class TrainingFeed implements TrainingListener {

  private final Queue<Consumer<TrainingListener>> events = new ConcurrentLinkedQueue<>();
  private volatile boolean open = true;
  private volatile boolean previewUnderWay;

  /** Gives all that happened since the last call to a listener, in order. */
  void deliver(final TrainingListener to) {
    for (Consumer<TrainingListener> e = events.poll(); e != null; e = events.poll()) e.accept(to);
  }

  /** Nobody watches any longer. */
  void close() {
    open = false;
    events.clear();
  }

  /** The preview is on the screen; another one may come. */
  void previewShown() {
    previewUnderWay = false;
  }

  private void add(final Consumer<TrainingListener> event) {
    if (open) events.add(event);
  }

  @Override
  public void started(final TrainingPlan plan) {
    add(l -> l.started(plan));
  }

  @Override
  public void stepped(final TrainingStep step) {
    add(l -> l.stepped(step));
  }

  @Override
  public void validated(final TrainingPoint point) {
    add(l -> l.validated(point));
  }

  /** Only while somebody watches, and when the one before was shown. */
  @Override
  public boolean wantsPreview() {
    return open && !previewUnderWay;
  }

  @Override
  public void previewed(final TrainingPreview preview) {
    previewUnderWay = true;
    add(l -> l.previewed(preview));
  }

  @Override
  public void exported(final Path file) {
    add(l -> l.exported(file));
  }
}
