package org.anatomicalpriors.progress;

import java.util.List;

/** Keeps what is logged, and passes over how far the work is. */
public final class LoggedProgress implements Progress {

  private final List<String> log;

  /**
   * @param log to which lines are added
   */
  public LoggedProgress(final List<String> log) {
    this.log = log;
  }

  @Override
  public void update(final String stage, final long done, final long total, final String message) {}

  @Override
  public void log(final String message) {
    log.add(message);
  }
}
