package org.anatomicalpriors.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.output.Run;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.tensorflow.TestEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedWorkerTest {

  @TempDir Path folder;

  private static List<BatchImage> images(final ToyBatch toy) {
    return BatchImage.of(
        BatchInputs.of(List.of(toy.images)).with(List.of(), null, toy.results), toy.results);
  }

  private static SharedWorker worker(final ToyBatch toy) {
    final Run run = ToyBatch.run(ToyBatch.settings());
    return new SharedWorker(toy.results, run, false, Instant.now(), TestEngine.get());
  }

  private static List<Outcome.Kind> segmentTwice(
      final SharedWorker one, final SharedWorker two, final BatchImage image) {
    final List<CompletableFuture<Outcome>> both = new ArrayList<>();
    for (final SharedWorker worker : List.of(one, two))
      both.add(CompletableFuture.supplyAsync(() -> worker.segment(image, Progress.NONE)));
    return both.stream().map(o -> o.join().kind()).sorted().collect(Collectors.toList());
  }

  @Test
  void whatTwoAreAskedForAtOnceIsWrittenOnce() throws IOException {
    final ToyBatch toy = new ToyBatch(folder, 3);
    final ToyBatch plain = toy.into(folder.resolve("plain"));
    plain.segment();
    try (SharedWorker one = worker(toy);
        SharedWorker two = worker(toy)) {
      for (final BatchImage image : images(toy))
        assertEquals(
            List.of(Outcome.Kind.SEGMENTED, Outcome.Kind.SKIPPED), segmentTwice(one, two, image));
    }
    assertEquals("0 images were segmented, 3 were done already.", toy.segment().toString());
    assertSame(plain.contents(), toy.contents());
  }

  private static void assertSame(
      final Map<String, byte[]> expected, final Map<String, byte[]> found) {
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach((name, bytes) -> assertArrayEquals(bytes, found.get(name), name));
  }

  /** As on a file system without locks, where every claim is granted. */
  @Test
  void whoWriteTheSameImageWithoutClaimsLeaveItWholeAtEveryMoment() throws Exception {
    final ToyBatch toy = new ToyBatch(folder, 1);
    final ToyBatch plain = toy.into(folder.resolve("plain"));
    plain.segment();
    final Map<String, byte[]> expected = plain.contents();
    final Run run = ToyBatch.run(ToyBatch.settings());
    final DoneCheck done = new DoneCheck(run, false, Instant.now());
    final AtomicBoolean over = new AtomicBoolean();
    try (AnatomicalPrior model = ModelBundle.open(run.model(), TestEngine.get())) {
      final ImageSteps steps = new ImageSteps(done, model, run);
      final List<CompletableFuture<Void>> writers = new ArrayList<>();
      for (int w = 0; w < 2; w++)
        writers.add(CompletableFuture.runAsync(() -> writeAgainAndAgain(steps, toy)));
      final CompletableFuture<Integer> reader =
          CompletableFuture.supplyAsync(() -> readWhole(toy, expected, over));
      try {
        writers.forEach(CompletableFuture::join);
      } finally {
        over.set(true);
      }
      assertTrue(reader.join() > 3, "hardly anything was read");
    }
    assertTrue(done.isDone(images(toy).get(0), images(toy).get(0).input()));
    assertEquals(
        List.of("toy0-labels.nii.gz", "toy0-montage.png", "toy0-volumes.csv", "toy0.json"),
        toy.names());
  }

  private static void writeAgainAndAgain(final ImageSteps steps, final ToyBatch toy) {
    final Flight flight = new Flight(images(toy).get(0));
    steps.begin(flight);
    steps.read(flight, Progress.NONE);
    steps.segment(flight, Progress.NONE);
    try {
      for (int i = 0; i < 5; i++) steps.write(flight, Progress.NONE);
    } catch (final IOException e) {
      throw new AssertionError(e);
    }
  }

  private static int readWhole(
      final ToyBatch toy, final Map<String, byte[]> expected, final AtomicBoolean over) {
    int whole = 0;
    while (!over.get())
      for (final String ending : ToyBatch.ENDINGS)
        try {
          final String name = "toy0" + ending;
          final byte[] found = Files.readAllBytes(toy.results.resolve(name));
          if (!Arrays.equals(expected.get(name), found)) throw new AssertionError(name);
          whole++;
        } catch (final NoSuchFileException e) {
          continue; // not there yet
        } catch (final IOException e) {
          throw new AssertionError(e);
        }
    return whole;
  }

  @Test
  void aBadFileIsAnOutcomeThatCanBeSent() throws Exception {
    final ToyBatch toy = new ToyBatch(folder, 0);
    Files.writeString(toy.images.resolve("bad.nii"), "no image");
    try (SharedWorker worker = worker(toy)) {
      final Outcome outcome = sent(worker.segment(sent(images(toy).get(0)), Progress.NONE));
      assertEquals(Outcome.Kind.FAILED, outcome.kind());
      assertTrue(outcome.failure() instanceof InvalidInputException);
      assertTrue(outcome.failure().getMessage().contains("bad.nii"));
      assertFalse(outcome.failure().getMessage().contains("\n"));
    }
  }

  private static <T> T sent(final T object) throws Exception {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      @SuppressWarnings("unchecked") // what was written
      final T read = (T) in.readObject();
      return read;
    }
  }

  @Test
  void whatIsStoppedLeavesNothing() throws IOException {
    final ToyBatch toy = new ToyBatch(folder, 1);
    final BatchImage image = images(toy).get(0);
    final SharedWorker worker = worker(toy);
    final Progress stopped =
        new Progress() {
          @Override
          public void update(
              final String stage, final long done, final long total, final String message) {
            throw new AssertionError("nobody watches");
          }

          @Override
          public boolean isCancelled() {
            return true;
          }
        };
    assertThrows(CancelledException.class, () -> worker.segment(image, stopped));
    worker.close();
    assertThrows(CancelledException.class, () -> worker.segment(image, Progress.NONE));
    assertEquals(List.of(), toy.names());
  }
}
