package org.anatomicalpriors.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** TensorFlow's memory and Java's, asked for more than any machine has. */
class ExhaustedTest {

  private static final int HUGE = 1 << 24;

  private static <T> T guarded(final Supplier<T> work) {
    return OutOfMemory.guard(work, () -> "Java's ran out.", () -> "TensorFlow's ran out.");
  }

  private static float[] ones(final NetworkGraph network, final int rows, final int columns) {
    final Placeholder<TInt32> shape = network.tf().placeholder(TInt32.class);
    final Operand<TFloat32> filled = network.tf().fill(shape, network.tf().constant(1f));
    try (TInt32 size = TInt32.vectorOf(rows, columns);
        Result result = network.session().runner().feed(shape, size).fetch(filled).run()) {
      return Tensors.toFloats((TFloat32) result.get(0));
    }
  }

  @Test
  void aTensorTooLargeIsToldAndTheSessionGoesOn() {
    try (NetworkGraph network = new NetworkGraph(TestEngine.get())) {
      final EngineException e =
          assertThrows(EngineException.class, () -> guarded(() -> ones(network, HUGE, HUGE)));
      assertEquals("TensorFlow's ran out.", e.getMessage());
      assertArrayEquals(new float[] {1, 1}, guarded(() -> ones(network, 1, 2)));
    }
  }

  @Test
  void anArrayTooLargeIsTold() {
    final EngineException e =
        assertThrows(EngineException.class, () -> guarded(() -> new long[Integer.MAX_VALUE - 8]));
    assertEquals("Java's ran out.", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"org.tensorflow.RawTensor", "ai.djl.tensorflow.engine.javacpp.JavacppUtils"})
  void aTensorWithoutDataIsTold(final String where) {
    final NullPointerException theirs = new NullPointerException();
    theirs.setStackTrace(
        new StackTraceElement[] {new StackTraceElement(where, "create", null, -1)});
    assertTrue(OutOfMemory.isEngine(theirs));
  }

  @Test
  void otherFailuresStayWhatTheyAre() {
    final NullPointerException ours = new NullPointerException();
    assertSame(
        ours,
        assertThrows(
            NullPointerException.class,
            () ->
                guarded(
                    () -> {
                      throw ours;
                    })));
  }
}
