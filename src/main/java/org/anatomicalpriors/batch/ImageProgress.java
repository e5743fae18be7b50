package org.anatomicalpriors.batch;

import org.anatomicalpriors.progress.Progress;

/** Progress of one image of several: what it does is told, how far it is is not. */
final class ImageProgress implements Progress {

  private final Ledger ledger;
  private final Progress batch;

  ImageProgress(final Ledger ledger, final Progress batch) {
    this.ledger = ledger;
    this.batch = batch;
  }

  @Override
  public void update(final String stage, final long done, final long total, final String message) {
    if (!message.isEmpty() && done < total) ledger.say(message);
  }

  @Override
  public void log(final String message) {
    batch.log(message);
  }

  @Override
  public boolean isCancelled() {
    return batch.isCancelled();
  }
}
