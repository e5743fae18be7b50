package org.anatomicalpriors.service;

import static org.anatomicalpriors.fiji.FijiStudy.prior;
import static org.anatomicalpriors.fiji.FijiStudy.values;
import static org.anatomicalpriors.fiji.FijiStudy.volume;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.anatomicalpriors.progress.CancelledException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.task.Task;
import org.scijava.task.event.TaskEvent;

/**
 * A result is its caller's: what happens to the task or the thread that made it matters no more.
 */
class ResultsOutliveTasksTest {

  private static final Map<String, Object> OPTIONS = Map.of("align", false);

  private static Context context;
  private static AnatomicalPriorService priors;
  private static TrainedModel model;

  private volatile Task task;

  @BeforeAll
  static void start() {
    context = new Context();
    priors = context.service(AnatomicalPriorService.class);
    model = priors.load(prior(), Map.of("device", "cpu", "threads", 2));
  }

  @AfterAll
  static void end() {
    context.dispose();
  }

  @EventHandler
  void onEvent(final TaskEvent e) {
    task = e.getTask();
  }

  @Test
  void aTaskThatIsCancelledTooLateSpoilsNothing() {
    context.service(EventService.class).subscribe(this);
    final SegmentedImage result = priors.segment(model, volume(1), OPTIONS);
    task.cancel("too late");
    assertEquals(4, result.posteriors().getNChannels());
    assertEquals(12, result.uncertainty().getStackSize());
  }

  @Test
  void aThreadThatIsInterruptedLaterSpoilsNothing() throws Exception {
    final CompletableFuture<SegmentedImage> made = new CompletableFuture<>();
    final CountDownLatch used = new CountDownLatch(1);
    final Thread maker =
        new Thread(
            () -> {
              made.complete(priors.segment(model, volume(1), OPTIONS));
              while (used.getCount() > 0) Thread.onSpinWait(); // stays interrupted
            });
    maker.start();
    final SegmentedImage result = made.get();
    maker.interrupt();
    try {
      assertEquals(4, result.posteriors().getNChannels());
    } finally {
      used.countDown();
      maker.join();
    }
  }

  @Test
  void theThreadThatAsksForMoreCanBeStopped() {
    final SegmentedImage result = priors.segment(model, volume(1), OPTIONS);
    Thread.currentThread().interrupt();
    try {
      assertThrows(CancelledException.class, result::posteriors);
    } finally {
      Thread.interrupted();
    }
    assertArrayEquals(
        values(result.labels()), values(priors.segment(model, volume(1), OPTIONS).labels()));
    assertEquals(4, result.posteriors().getNChannels());
  }
}
