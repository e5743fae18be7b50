package org.anatomicalpriors.progress;

import java.util.function.BooleanSupplier;

/** Work that is asked to stop, and passes over how far it is. */
public final class CancelledProgress implements Progress {

  private final BooleanSupplier cancelled;

  /** From the beginning. */
  public CancelledProgress() {
    this(() -> true);
  }

  /**
   * @param cancelled whether to stop by now
   */
  public CancelledProgress(final BooleanSupplier cancelled) {
    this.cancelled = cancelled;
  }

  @Override
  public void update(final String stage, final long done, final long total, final String message) {}

  @Override
  public boolean isCancelled() {
    return cancelled.getAsBoolean();
  }
}
