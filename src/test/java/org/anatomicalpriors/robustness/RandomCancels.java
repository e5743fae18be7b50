package org.anatomicalpriors.robustness;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.anatomicalpriors.progress.CancelledException;
import org.scijava.Context;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.event.EventSubscriber;
import org.scijava.task.Task;
import org.scijava.task.event.TaskEvent;

/**
 * Cancels segmentations at random moments through SciJava's task, as its task bar does. What was
 * asked for too late has to come to its right end.
 */
final class RandomCancels implements AutoCloseable {

  private final Workload work;
  private final Alone alone;
  private final SplittableRandom random;
  private final EventService events;
  private final List<EventSubscriber<?>> subscription;
  private final ExecutorService caller = Executors.newSingleThreadExecutor();
  private final List<Double> milliseconds = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private int late;
  private volatile CountDownLatch begun = new CountDownLatch(1);
  private volatile Task task;

  RandomCancels(final Context context, final Workload work, final Alone alone, final long seed) {
    this.work = work;
    this.alone = alone;
    random = new SplittableRandom(seed);
    events = context.service(EventService.class);
    subscription = events.subscribe(this);
  }

  @EventHandler
  void onEvent(final TaskEvent e) {
    if (e.getTask() == task || e.getTask().isDone()) return;
    task = e.getTask();
    begun.countDown();
  }

  /** Starts a segmentation, cancels it within the time that it takes, and waits for it. */
  void cancelOnce() throws Exception {
    final int n = random.nextInt(work.count());
    alone.learn(n);
    final long wait = random.nextLong(alone.nanoseconds(n) * 5 / 4); // some too late
    begun = new CountDownLatch(1);
    final Future<byte[]> result = caller.submit(() -> work.segment(n));
    begun.await();
    TimeUnit.NANOSECONDS.sleep(wait);
    final long asked = System.nanoTime();
    task.cancel("enough");
    try {
      final String wrong = alone.compare(n, result.get());
      late++;
      if (!wrong.isEmpty()) complaints.add("cancelled too late, " + wrong);
    } catch (final ExecutionException e) {
      if (!(e.getCause() instanceof CancelledException))
        complaints.add("cancelling segmentation " + n + " ended in " + e.getCause());
      milliseconds.add((System.nanoTime() - asked) / 1e6);
    }
  }

  /** What was neither cancelled nor came to its right end. */
  List<String> complaints() {
    return complaints;
  }

  /** How many stopped, how soon, and how many had come to their end before. */
  String summary() {
    if (milliseconds.isEmpty()) return "0 stopped, " + late + " had ended before";
    final List<Double> sorted = new ArrayList<>(milliseconds);
    Collections.sort(sorted);
    return String.format(
        Locale.ROOT,
        "%d stopped, in the median %.0f ms and at the latest %.0f ms after it was asked for; %d ended before",
        sorted.size(),
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() - 1),
        late);
  }

  int stopped() {
    return milliseconds.size();
  }

  @Override
  public void close() {
    caller.shutdown();
    events.unsubscribe(subscription);
  }
}
