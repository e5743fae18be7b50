package org.anatomicalpriors.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.CancelledProgress;
import org.anatomicalpriors.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PipelineTest {

  /** Does nothing, and notes how items ended. */
  private static class Steps implements Pipeline.Steps<Integer> {
    final Map<Integer, String> ends = Collections.synchronizedMap(new TreeMap<>());

    @Override
    public boolean read(final Integer item) throws Exception {
      return true;
    }

    @Override
    public long bytes(final Integer item) {
      return 1;
    }

    @Override
    public void segment(final Integer item) throws Exception {}

    @Override
    public void write(final Integer item) throws Exception {}

    @Override
    public void ended(final Integer item, final Throwable failure) {
      final String end = failure == null ? "done" : failure.getClass().getSimpleName();
      assertEquals(null, ends.put(item, end), "ended twice");
    }
  }

  private static List<Integer> items(final int count) {
    return IntStream.range(0, count).boxed().collect(Collectors.toList());
  }

  private static void run(final Steps steps, final int count, final Progress progress) {
    new Pipeline<>(steps, 1, 100).run(items(count), progress);
    assertEquals(List.of(), ToyBatch.threads());
  }

  @Test
  void oneIsSegmentedWhileTheNextIsReadAndTheLastIsWritten() {
    final CountDownLatch segmenting = new CountDownLatch(1);
    final CountDownLatch reading = new CountDownLatch(1);
    final CountDownLatch writing = new CountDownLatch(1);
    final Steps steps =
        new Steps() {
          @Override
          public boolean read(final Integer item) throws Exception {
            if (item == 2) {
              reading.countDown();
              segmenting.await();
            }
            return true;
          }

          @Override
          public void segment(final Integer item) throws Exception {
            if (item != 1) return;
            segmenting.countDown();
            reading.await();
            writing.await();
          }

          @Override
          public void write(final Integer item) throws Exception {
            if (item != 0) return;
            writing.countDown();
            segmenting.await();
          }
        };
    run(steps, 4, Progress.NONE);
    assertEquals("{0=done, 1=done, 2=done, 3=done}", steps.ends.toString());
  }

  @Test
  void whatFailsDoesNotStopTheOthers() {
    final Steps steps =
        new Steps() {
          @Override
          public boolean read(final Integer item) throws Exception {
            if (item == 1) throw new java.io.IOException();
            return item != 2;
          }

          @Override
          public void segment(final Integer item) {
            if (item == 3) throw new OutOfMemoryError("of this test");
          }

          @Override
          public void write(final Integer item) {
            if (item == 4) throw new IllegalStateException();
          }
        };
    run(steps, 6, Progress.NONE);
    assertEquals(
        "{0=done, 1=IOException, 2=done, 3=OutOfMemoryError, 4=IllegalStateException, 5=done}",
        steps.ends.toString());
  }

  @Test
  void itemsStayWithinTheMemory() {
    final AtomicLong inside = new AtomicLong(), most = new AtomicLong();
    final Steps steps =
        new Steps() {
          @Override
          public long bytes(final Integer item) {
            return item == 5 ? 1000 : 40; // one is larger than all there is, and goes alone
          }

          @Override
          public void segment(final Integer item) {
            final long now = inside.addAndGet(bytes(item));
            if (item == 5) assertEquals(1000, now);
            else most.accumulateAndGet(now, Math::max);
          }

          @Override
          public void write(final Integer item) {
            inside.addAndGet(-bytes(item));
          }
        };
    new Pipeline<>(steps, 4, 100).run(items(50), Progress.NONE);
    assertEquals(50, Collections.frequency(steps.ends.values(), "done"), steps.ends.toString());
    assertTrue(most.get() <= 80, most.toString());
  }

  @Test
  void stoppingInterruptsWhatIsUnderWay() {
    final CountDownLatch writing = new CountDownLatch(1), never = new CountDownLatch(1);
    final Steps steps =
        new Steps() {
          @Override
          public void write(final Integer item) throws Exception {
            writing.countDown();
            never.await();
          }
        };
    final Progress cancelled = new CancelledProgress(() -> writing.getCount() == 0);
    assertThrows(CancelledException.class, () -> run(steps, 100, cancelled));
    assertEquals(List.of(), ToyBatch.threads());
    assertTrue(!steps.ends.isEmpty() && steps.ends.size() < 10, steps.ends.toString());
    assertEquals(
        steps.ends.size(), Collections.frequency(steps.ends.values(), "CancelledException"));
  }

  @Test
  void anErrorOfTheProgramEndsAll() {
    final Steps steps =
        new Steps() {
          @Override
          public boolean read(final Integer item) {
            if (item == 20) throw new LinkageError("of this test");
            return true;
          }
        };
    assertThrows(LinkageError.class, () -> run(steps, 1000, Progress.NONE));
    assertEquals(List.of(), ToyBatch.threads());
    assertTrue(steps.ends.size() < 60, steps.ends.toString());
  }
}
