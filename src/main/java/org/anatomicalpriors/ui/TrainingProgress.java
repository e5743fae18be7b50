package org.anatomicalpriors.ui;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.anatomicalpriors.progress.Progress;

/** Progress of a training that has a window: goes to whoever started it and to the window. */
final class TrainingProgress implements Progress {

  private final Progress outer;
  private final TrainingRequests requests;
  private final Queue<String> messages = new ConcurrentLinkedQueue<>();
  private volatile Stage stage = new Stage("Starting", 0, 0);

  TrainingProgress(final Progress outer, final TrainingRequests requests) {
    this.outer = outer;
    this.requests = requests;
  }

  /** How far something is. */
  static final class Stage {
    final String name;
    final long done;
    final long total;

    Stage(final String name, final long done, final long total) {
      this.name = name;
      this.done = done;
      this.total = total;
    }
  }

  Stage stage() {
    return stage;
  }

  /** The next message that was not yet taken, or null. */
  String nextMessage() {
    return messages.poll();
  }

  @Override
  public void update(final String name, final long done, final long total, final String message) {
    stage = new Stage(name, done, total);
    outer.update(name, done, total, message);
  }

  @Override
  public void log(final String message) {
    messages.add(message);
    outer.log(message);
  }

  @Override
  public boolean isCancelled() {
    return requests.isCancelled() || outer.isCancelled();
  }
}
