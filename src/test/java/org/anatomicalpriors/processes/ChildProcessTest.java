package org.anatomicalpriors.processes;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.File;
import org.junit.jupiter.api.Test;

class ChildProcessTest {

  /** Never ends by itself. */
  public static final class Waits {

    public static void main(final String[] arguments) throws InterruptedException {
      Thread.currentThread().join();
    }
  }

  @Test
  void aProcessThatTakesTooLongTellsWhereItsThreadsWere() {
    assumeFalse(File.separatorChar == '\\', "Windows has no signals");
    final AssertionError late =
        assertThrows(AssertionError.class, () -> JavaCommand.of(Waits.class).limit(2).run());
    assertTrue(late.getMessage().startsWith("did not end in 2 s"), late.getMessage());
    assertTrue(late.getMessage().contains("ChildProcessTest$Waits.main"), late.getMessage());
  }
}
