package org.anatomicalpriors.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class GpuAbsenceTest {

  @Test
  void nothingIsToldWhereNothingIsThere() {
    assertEquals(Optional.empty(), GpuAbsence.explain(false, false));
  }

  @Test
  void whatIsMissingIsNamed() {
    assertTrue(told(true, false).endsWith("there is no driver of NVIDIA."), told(true, false));
    assertTrue(told(true, true).contains("cuDNN 8.9"), told(true, true));
    assertTrue(told(false, true).contains("linux-x86_64-gpu"), told(false, true));
  }

  private static String told(final boolean build, final boolean driver) {
    final String sentence = GpuAbsence.explain(build, driver).orElseThrow();
    assertTrue(sentence.startsWith("Computing on the processor: "), sentence);
    return sentence;
  }
}
