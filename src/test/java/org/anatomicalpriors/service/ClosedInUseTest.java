package org.anatomicalpriors.service;

import static org.anatomicalpriors.fiji.FijiStudy.prior;
import static org.anatomicalpriors.fiji.FijiStudy.values;
import static org.anatomicalpriors.fiji.FijiStudy.volume;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.tensorflow.EngineException;
import org.anatomicalpriors.tensorflow.TestEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.scijava.Context;

/** Closing a model that is at work: TensorFlow ends the process if its networks go meanwhile. */
@Timeout(120) // what waits for itself never ends
class ClosedInUseTest {

  private static final Map<String, Object> OPTIONS = Map.of("align", false, "refine", 3);

  /** Lets the work wait where it refines. */
  private static final class Gate implements Progress {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    @Override
    public void update(
        final String stage, final long done, final long total, final String message) {
      if (!stage.equals("Refining")) return;
      reached.countDown();
      try {
        open.await();
      } catch (final InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static Set<String> folders() {
    final Set<String> names =
        new TreeSet<>(Arrays.asList(new File(System.getProperty("java.io.tmpdir")).list()));
    names.removeIf(n -> !n.startsWith("anatomical-priors-"));
    return names;
  }

  @Test
  void workUnderWayEndsAndNothingIsLeft() throws Exception {
    final Context context = new Context();
    final AnatomicalPriorService priors = context.service(AnatomicalPriorService.class);
    prior();
    final Set<String> before = folders();
    final TrainedModel model = priors.load(prior(), Map.of("device", "cpu", "threads", 2));
    final byte[] expected = values(priors.segment(model, volume(1), OPTIONS).labels());
    final Gate gate = new Gate();
    final CompletableFuture<SegmentedImage> result =
        CompletableFuture.supplyAsync(
            () -> priors.backend().segment(model, volume(1), OPTIONS, gate));
    gate.reached.await();
    context.dispose(); // closes the models that are open
    model.close();
    assertThrows(
        InvalidInputException.class,
        () -> priors.backend().segment(model, volume(1), OPTIONS, Progress.NONE));
    assertFalse(before.containsAll(folders()), "the files are gone while they may be needed");
    gate.open.countDown();
    assertArrayEquals(expected, values(result.get().labels()));
    assertTrue(before.containsAll(folders()), "its folder is left");
    final String refusal =
        assertThrows(InvalidInputException.class, () -> result.get().uncertainty()).getMessage();
    assertTrue(refusal.contains("was closed already"), refusal);
  }

  @Test
  void networksThatRunAreWaitedFor() throws Exception {
    for (int i = 0; i < 5; i++) {
      final CountDownLatch runs = new CountDownLatch(1);
      final AnatomicalPrior prior = ModelBundle.open(prior(), TestEngine.get());
      final float[] z = new float[prior.description().architecture().latentCount()];
      final CompletableFuture<?> loop =
          CompletableFuture.runAsync(
              () -> {
                for (; ; ) {
                  prior.decode(z);
                  runs.countDown();
                }
              });
      runs.await();
      prior.close();
      final Throwable end = assertThrows(ExecutionException.class, loop::get).getCause();
      assertEquals(EngineException.class, end.getClass(), end.toString());
      assertEquals("The model was closed while it was used.", end.getMessage());
    }
  }
}
