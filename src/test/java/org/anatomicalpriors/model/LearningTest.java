package org.anatomicalpriors.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.anatomicalpriors.progress.LoggedProgress;
import org.junit.jupiter.api.Test;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/** Steps that run out of TensorFlow's memory go on keeping less, and the others do not. */
class LearningTest {

  private final List<String> log = new ArrayList<>();
  private final List<Counter> made = new ArrayList<>();

  /** Counts its steps; one that keeps all has memory for three, one that keeps levels for five. */
  private static class Counter implements Learner {
    private final Keeping keeping;
    private final RuntimeException failure;
    private final Map<String, float[]> state =
        new TreeMap<>(Map.of("w", new float[1], "adam.m.w", new float[1]));
    private boolean closed;

    Counter(final Keeping keeping, final RuntimeException failure) {
      this.keeping = keeping;
      this.failure = failure;
    }

    float step() {
      final float[] w = state.get("w");
      if (keeping == Keeping.ALL && w[0] == 3 || keeping == Keeping.LEVELS && w[0] == 5)
        throw failure;
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

  private Learning<Counter> learning(final Keeping least, final RuntimeException failure) {
    return new Learning<>(
        keeping -> {
          made.add(new Counter(keeping, failure));
          return made.get(made.size() - 1);
        },
        Keeping.ALL,
        least,
        "training",
        new LoggedProgress(log));
  }

  @Test
  void aStepThatRanOutOfMemoryIsDoneAgainFromTheSameState() {
    try (Learning<Counter> learning =
        learning(Keeping.SLABS, new TFResourceExhaustedException("OOM when allocating tensor"))) {
      for (int i = 0; i < 6; i++) assertEquals(i + 1, learning.step(i, Counter::step));
      assertEquals(
          List.of(Keeping.values()),
          made.stream().map(c -> c.keeping).collect(Collectors.toList()));
      assertTrue(made.get(0).closed && made.get(1).closed && !made.get(2).closed);
      assertSame(made.get(2), learning.learner());
      assertEquals(50, learning.learner().optimiser().get("adam.m.w")[0]);
      assertEquals(
          List.of(
              "TensorFlow's memory ran out in step 4; the training goes on from there with recomputation, which takes less"
                  + " memory, about a third more time, and gives the same result.",
              "TensorFlow's memory ran out in step 6; the training goes on from there with recomputation in slabs, which takes"
                  + " the least memory, about half more time, and gives the same result but for rounding."),
          log);
    }
    assertTrue(made.get(2).closed);
  }

  /** What was learned outlives a learner for which there is memory only without it. */
  @Test
  void aLearnerThatCannotTakeItsStateIsNoLossOfIt() {
    final RuntimeException exhausted = new TFResourceExhaustedException("OOM when allocating");
    try (Learning<Counter> learning =
        new Learning<>(
            keeping -> {
              final Counter counter =
                  new Counter(keeping, exhausted) {
                    @Override
                    public void restore(final Map<String, float[]> other) {
                      if (keeping == Keeping.LEVELS) throw exhausted;
                      super.restore(other);
                    }
                  };
              made.add(counter);
              return counter;
            },
            Keeping.ALL,
            Keeping.SLABS,
            "training",
            new LoggedProgress(log))) {
      for (int i = 0; i < 4; i++) assertEquals(i + 1, learning.step(i, Counter::step));
      assertEquals(3, made.size());
      assertTrue(made.get(1).closed);
      assertTrue(learning.isInSlabs());
      assertTrue(
          log.get(1).startsWith("TensorFlow's memory ran out while the networks were built;"));
    }
  }

  @Test
  void aFirstLearnerForWhichThereIsNoMemoryKeepsLess() {
    try (Learning<Counter> learning =
        new Learning<>(
            keeping -> {
              if (keeping == Keeping.ALL) throw new TFResourceExhaustedException("OOM");
              return new Counter(keeping, null);
            },
            Keeping.ALL,
            Keeping.SLABS,
            "refinement",
            new LoggedProgress(log))) {
      assertEquals(Keeping.LEVELS, learning.learner().keeping);
      assertEquals(1, log.size());
    }
  }

  private void assertFails(final Keeping least, final RuntimeException failure) {
    try (Learning<Counter> learning = learning(least, failure)) {
      for (int i = 0; i < 3; i++) learning.step(i, Counter::step);
      assertSame(
          failure, assertThrows(RuntimeException.class, () -> learning.step(3, Counter::step)));
      assertEquals(1, made.size());
      assertEquals(List.of(), log);
    }
  }

  @Test
  void whereRecomputationIsOffTheStepFails() {
    assertFails(Keeping.ALL, new TFResourceExhaustedException("OOM when allocating tensor"));
  }

  @Test
  void otherFailuresStayWhatTheyAre() {
    assertFails(Keeping.SLABS, new IllegalStateException("something else"));
  }
}
