package org.anatomicalpriors.spark;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.batch.BatchImage;
import org.anatomicalpriors.batch.BatchWork;
import org.anatomicalpriors.batch.Outcome;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;

/**
 * What comes back from executors. An image is entered as done only when its results are to be seen
 * from here: a network drive may show them late, and a result that got lost is made again.
 */
final class Returns {

  private static final long POLL_MILLIS = 500;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final BatchWork work;
  private final FolderMark mark;
  private final Progress progress;
  private final Map<BatchImage, Outcome> unseen = new LinkedHashMap<>();
  private final Set<BatchImage> again = new HashSet<>();

  Returns(final BatchWork work, final FolderMark mark, final Progress progress) {
    this.work = work;
    this.mark = mark;
    this.progress = progress;
  }

  /** Takes what became of an image. */
  void add(final BatchImage image, final Outcome outcome) {
    final boolean done =
        outcome.kind() == Outcome.Kind.SEGMENTED || outcome.kind() == Outcome.Kind.SKIPPED;
    if (done && !isMade(image)) unseen.put(image, outcome);
    else work.enter(image, outcome, progress);
  }

  /** Waits for results that cannot be seen yet; the images whose results do not come. */
  List<BatchImage> settle() {
    final long start = System.nanoTime();
    while (!unseen.isEmpty() && System.nanoTime() - start < PATIENCE_NANOS) {
      mark.refresh();
      enterSeen();
      if (!unseen.isEmpty()) pause();
    }
    final List<BatchImage> lost = new ArrayList<>();
    unseen.forEach(
        (image, outcome) -> {
          if (again.add(image)) lost.add(image);
          else
            work.enter(
                image,
                Outcome.failed(
                    "An executor has segmented this image, but its results are not to be seen in "
                        + work.folder()
                        + "; give a folder on storage that all computers of the cluster share."),
                progress);
        });
    unseen.clear();
    return lost;
  }

  private void enterSeen() {
    unseen
        .entrySet()
        .removeIf(
            e -> {
              if (!isMade(e.getKey())) return false;
              work.enter(e.getKey(), e.getValue(), progress);
              return true;
            });
  }

  private boolean isMade(final BatchImage image) {
    try {
      return work.isMade(image);
    } catch (final InvalidInputException e) {
      return false; // The image is not to be seen any more.
    }
  }

  private void pause() {
    progress.checkCancelled();
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException();
    }
  }
}
