package org.anatomicalpriors.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunLengthsTest {

  private static byte[] back(final byte[] plain) {
    return RunLengths.decode(RunLengths.encode(plain), plain.length);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 129, 16383, 16384, 3_000_000})
  void runsOfAnyLengthComeBack(final int length) {
    final byte[] plain = new byte[length + 2];
    Arrays.fill(plain, 1, length + 1, (byte) 255);
    assertArrayEquals(plain, back(plain));
  }

  @Test
  void noiseComesBack() {
    final byte[] plain = new byte[10_000];
    new Random(1).nextBytes(plain);
    assertArrayEquals(plain, back(plain));
    for (int i = 0; i < plain.length; i++) plain[i] &= 1;
    assertArrayEquals(plain, back(plain));
  }

  @Test
  void nothingIsNothing() {
    assertEquals(0, back(new byte[0]).length);
  }

  @Test
  void longRunsTakeFewBytes() {
    assertEquals(2, RunLengths.encode(new byte[127]).length);
    assertEquals(5, RunLengths.encode(new byte[1 << 25]).length);
  }
}
