package org.anatomicalpriors.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.anatomicalpriors.progress.Progress;

/** Progress of an image that nobody watches: what is worth keeping is kept, for later. */
final class Notes implements Progress {

  private final BooleanSupplier cancelled;
  private final List<String> messages = new ArrayList<>();

  Notes(final BooleanSupplier cancelled) {
    this.cancelled = cancelled;
  }

  @Override
  public void update(final String stage, final long done, final long total, final String message) {
    // Nobody watches.
  }

  @Override
  public synchronized void log(final String message) {
    if (!messages.contains(message)) messages.add(message);
  }

  @Override
  public boolean isCancelled() {
    return cancelled.getAsBoolean();
  }

  synchronized List<String> messages() {
    return List.copyOf(messages);
  }
}
