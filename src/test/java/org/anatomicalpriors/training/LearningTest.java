package org.anatomicalpriors.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anatomicalpriors.model.Learner;
import org.anatomicalpriors.progress.LoggedProgress;
import org.junit.jupiter.api.Test;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/** Steps that run out of TensorFlow's memory go on with recomputation, and the others do not. */
class LearningTest {

  private final List<String> log = new ArrayList<>();
  private final List<Counter> made = new ArrayList<>();

  /** Counts its steps; one without recomputation has memory for three. */
  private static final class Counter implements Learner {
    private final boolean recomputes;
    private final RuntimeException failure;
    private final Map<String, float[]> state =
        new TreeMap<>(Map.of("w", new float[1], "adam.m.w", new float[1]));
    private boolean closed;

    Counter(final boolean recomputes, final RuntimeException failure) {
      this.recomputes = recomputes;
      this.failure = failure;
    }

    float step() {
      final float[] w = state.get("w");
      if (!recomputes && w[0] == 3) throw failure;
      state.put("adam.m.w", new float[] {10 * w[0]});
      return ++w[0];
    }

    @Override
    public Map<String, float[]> weights() {
      return Map.of("w", state.get("w").clone());
    }

    @Override
    public Map<String, float[]> optimiser() {
      return Map.of("adam.m.w", state.get("adam.m.w").clone());
    }

    @Override
    public void restore(final Map<String, float[]> other) {
      state.putAll(other);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private Learning<Counter> learning(final boolean may, final RuntimeException failure) {
    return new Learning<>(
        again -> {
          made.add(new Counter(again, failure));
          return made.get(made.size() - 1);
        },
        false,
        may,
        new LoggedProgress(log));
  }

  @Test
  void aStepThatRanOutOfMemoryIsDoneAgainFromTheSameState() {
    try (Learning<Counter> learning =
        learning(true, new TFResourceExhaustedException("OOM when allocating tensor"))) {
      for (int i = 0; i < 6; i++) assertEquals(i + 1, learning.step(i, Counter::step));
      assertEquals(2, made.size());
      assertTrue(made.get(0).closed && made.get(1).recomputes);
      assertSame(made.get(1), learning.learner());
      assertEquals(50, learning.learner().optimiser().get("adam.m.w")[0]);
      assertEquals(
          List.of(
              "TensorFlow's memory ran out in step 4; the training goes on from there with recomputation, which takes less"
                  + " memory, about a third more time, and gives the same result."),
          log);
    }
    assertTrue(made.get(1).closed);
  }

  private void assertFails(final boolean may, final RuntimeException failure) {
    try (Learning<Counter> learning = learning(may, failure)) {
      for (int i = 0; i < 3; i++) learning.step(i, Counter::step);
      assertSame(
          failure, assertThrows(RuntimeException.class, () -> learning.step(3, Counter::step)));
      assertEquals(1, made.size());
      assertEquals(List.of(), log);
    }
  }

  @Test
  void whereRecomputationIsOffTheStepFails() {
    assertFails(false, new TFResourceExhaustedException("OOM when allocating tensor"));
  }

  @Test
  void otherFailuresStayWhatTheyAre() {
    assertFails(true, new IllegalStateException("something else"));
  }
}
