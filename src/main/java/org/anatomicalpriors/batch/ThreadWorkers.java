package org.anatomicalpriors.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.progress.Ahead;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.tensorflow.Engine;

/** Threads of this process: while one image is segmented, others are read and written. */
public final class ThreadWorkers implements Workers {

  private static final long POLL_MILLIS = 100;
  private static final int CORES_A_READER = 4;

  private final Supplier<Engine> engine;

  /**
   * @param engine asked for only if there is something to segment
   */
  public ThreadWorkers(final Supplier<Engine> engine) {
    this.engine = engine;
  }

  @Override
  public void segment(final BatchWork work, final Progress progress) {
    // Started while the model is read: each takes about a second, and one core.
    final Ahead<Engine> starting = new Ahead<>("engine", engine::get).begin();
    try (AnatomicalPrior model = ModelBundle.openEarly(work.run().model(), starting)) {
      final SegmentSteps steps =
          new SegmentSteps(
              work.claims,
              new ImageSteps(work.done, model, work.run()),
              work.ledger,
              work.tables,
              work.ledger.isOfOne() ? progress : new ImageProgress(work.ledger, progress));
      work.begin();
      segment(
          work.images().stream().map(Flight::new).collect(Collectors.toList()), steps, progress);
    } finally {
      starting.end(); // a process that ends in the middle of it may crash
    }
    if (!work.claims.isGuarding())
      progress.log(
          "The file system of "
              + work.folder()
              + " knows no locks: let no more than one process at a time write there.");
  }

  private static void segment(
      final List<Flight> todo, final SegmentSteps steps, final Progress progress) {
    final int cores = Runtime.getRuntime().availableProcessors();
    final Pipeline<Flight> pipeline =
        new Pipeline<>(
            steps,
            Math.max(1, Math.min(CORES_A_READER, cores / CORES_A_READER)),
            Runtime.getRuntime().maxMemory() / 2);
    final List<Flight> tooLarge = new ArrayList<>();
    List<Flight> left = todo;
    while (!left.isEmpty()) {
      pipeline.run(left, progress);
      steps.takeTooLarge(tooLarge);
      left = new ArrayList<>();
      steps.takeBusy(left); // of other processes, which may be killed before they are done
      if (!left.isEmpty()) pause(progress);
    }
    if (tooLarge.isEmpty()) return;
    progress.log(
        "The memory ran out at " + tooLarge.size() + " images; trying each of them alone.");
    steps.alone();
    for (left = tooLarge; !left.isEmpty(); pause(progress)) {
      pipeline.runSingly(left, progress);
      left = new ArrayList<>();
      steps.takeBusy(left);
    }
  }

  private static void pause(final Progress progress) {
    progress.checkCancelled();
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException();
    }
  }
}
