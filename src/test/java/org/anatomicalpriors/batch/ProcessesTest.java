package org.anatomicalpriors.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.anatomicalpriors.fiji.FijiStudy;
import org.anatomicalpriors.files.Claims;
import org.anatomicalpriors.processes.ChildProcess;
import org.anatomicalpriors.tensorflow.TestEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches that are killed, and batches that share a folder. */
class ProcessesTest {

  private static final int IMAGES = 10;
  private static final String[] NAMES =
      IntStream.range(0, IMAGES).mapToObj(i -> "toy" + i).toArray(String[]::new);

  @TempDir Path folder;

  private static Map<String, byte[]> undisturbed;

  /** What a batch that nobody kills makes of the toys. */
  private Map<String, byte[]> expected(final ToyBatch toy) throws IOException {
    if (undisturbed == null) {
      final ToyBatch whole = toy.into(folder.resolve("undisturbed"));
      whole.segment();
      undisturbed = whole.contents();
    }
    return undisturbed;
  }

  private static ChildProcess start(final ToyBatch toy, final String halt) throws IOException {
    return BatchProcess.start(FijiStudy.prior(), toy, halt);
  }

  @Test
  void aBatchThatIsKilledAgainAndAgainEndsAsOneThatIsNot() throws Exception {
    final ToyBatch toy = new ToyBatch(folder, IMAGES);
    int before = 0;
    for (final String moment : List.of("Segmenting: 1 of", "labelling toy4", "Segmenting: 8 of"))
      try (ChildProcess process = start(toy, "")) {
        process.tell("");
        process.await(moment);
        process.kill();
        final int done = done(toy);
        assertTrue(done >= before && done < IMAGES, done + " after " + moment);
        before = done;
      }
    assertTrue(before >= 5, before + " done");
    assertEquals(IMAGES - before, toy.segment().segmented());
    final Map<String, byte[]> expected = expected(toy), found = toy.contents();
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach((name, bytes) -> assertArrayEquals(bytes, found.get(name), name));
    toy.assertTables(NAMES);
    toy.assertNothingBut(List.of(NAMES), "volumes.csv");
  }

  @Test
  void whateverAKilledBatchLeavesUnderAFinalNameIsWhole() throws Exception {
    final ToyBatch toy = new ToyBatch(folder, IMAGES);
    final Map<String, byte[]> expected = expected(toy);
    final Random moments = new Random();
    for (int kill = 0; kill < 4; kill++)
      try (ChildProcess process = start(toy, "")) {
        process.await("ready");
        process.tell("");
        final int millis = moments.nextInt(1000);
        Thread.sleep(millis);
        process.kill();
        for (final Map.Entry<String, byte[]> file : toy.contents().entrySet())
          if (!file.getKey().equals("volumes.csv")) // of what was done by then
          assertArrayEquals(
                expected.get(file.getKey()),
                file.getValue(),
                file.getKey() + " after " + millis + " ms");
        if (done(toy) == IMAGES) break;
      }
    toy.segment();
    assertEquals(expected.keySet(), toy.contents().keySet());
    toy.assertTables(NAMES);
    toy.assertNothingBut(List.of(NAMES), "volumes.csv");
  }

  private static int done(final ToyBatch toy) throws IOException {
    return (int) toy.names().stream().filter(n -> n.endsWith(".json")).count();
  }

  @Test
  void twoProcessesSegmentEachImageOnce() throws Exception {
    final ToyBatch toy = new ToyBatch(folder, IMAGES);
    try (ChildProcess one = start(toy, "");
        ChildProcess two = start(toy, "")) {
      for (final ChildProcess process : List.of(one, two)) process.await("ready");
      for (final ChildProcess process : List.of(one, two)) process.tell("");
      int segmented = 0;
      for (final ChildProcess process : List.of(one, two)) {
        final String[] report = process.await("report ").split(" ");
        final int own = Integer.parseInt(report[1]);
        assertEquals(IMAGES, own + Integer.parseInt(report[2]));
        assertTrue(own > 0, "had nothing to do");
        segmented += own;
        assertEquals(0, process.exit());
        toy.assertTables(NAMES);
      }
      assertEquals(IMAGES, segmented);
    }
    toy.assertNothingBut(List.of(NAMES), "volumes.csv");
  }

  @Test
  void whatADeadProcessHadClaimedIsDoneByTheLiving() throws Exception {
    final ToyBatch toy = new ToyBatch(folder, IMAGES);
    try (ChildProcess dying = start(toy, "labelling toy1")) {
      dying.tell("");
      dying.await("halted");
      try (Claims claims = Claims.in(toy.results)) {
        assertTrue(claims.tryClaim("toy1").isEmpty(), "is not claimed");
      }
      // Those that the dying one has read ahead are left to the end; the last is beyond these.
      final CountDownLatch waiting = new CountDownLatch(1);
      final CompletableFuture<BatchReport> report =
          CompletableFuture.supplyAsync(
              () ->
                  toy.batch()
                      .run(
                          TestEngine::get,
                          (stage, done, total, message) -> {
                            if (message.startsWith(NAMES[IMAGES - 1])) waiting.countDown();
                          }));
      assertTrue(waiting.await(60, TimeUnit.SECONDS), "the last image was not reached");
      dying.kill();
      final BatchReport ended = report.get(60, TimeUnit.SECONDS);
      assertEquals(IMAGES, ended.segmented() + ended.skipped());
      assertTrue(ended.segmented() >= 1 && ended.failures().isEmpty(), ended.toString());
    }
    toy.assertTables(NAMES);
    assertEquals(
        List.of(),
        toy.names().stream().filter(n -> n.endsWith(".part")).collect(Collectors.toList()));
  }
}
