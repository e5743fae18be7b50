package org.anatomicalpriors.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrecisionCacheTest {

  private static final String MACHINE = "a processor; TensorFlow 2.16.1; 2 threads";

  @TempDir Path folder;

  @Test
  void whatIsKeptIsFoundByEveryProcessOfThisMachineAlone() {
    final PrecisionCache cache = new PrecisionCache(folder.resolve("new/folder"));
    assertEquals(Optional.empty(), cache.find(MACHINE));
    assertGain(1.75, cache.keep(MACHINE, new SpeedGain(1.75, 1.25)));
    assertGain(1.75, new PrecisionCache(folder.resolve("new/folder")).find(MACHINE));
    assertEquals(Optional.empty(), cache.find(MACHINE + "0"));
  }

  @Test
  void whatWasKeptFirstStays() {
    final PrecisionCache cache = new PrecisionCache(folder);
    cache.keep(MACHINE, new SpeedGain(1.75, 1.25));
    assertGain(1.75, cache.keep(MACHINE, new SpeedGain(0.5, 0.5)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\u0000\uffff",
        MACHINE,
        MACHINE + "\npasses 1.75\n",
        MACHINE + "\npasses 1.75\nsteps NaN\n",
        MACHINE + "\npasses -1\nsteps 1\n",
        "another\npasses 1.75\nsteps 1.25\n"
      })
  void aDamagedFileIsReplaced(final String text) throws IOException {
    final PrecisionCache cache = new PrecisionCache(folder);
    Files.writeString(cache.file(MACHINE), text);
    assertEquals(Optional.empty(), cache.find(MACHINE));
    assertGain(1.75, cache.keep(MACHINE, new SpeedGain(1.75, 1.25)));
    assertGain(1.75, cache.find(MACHINE));
  }

  @Test
  void bytesThatAreNoTextAreReplaced() throws IOException {
    final PrecisionCache cache = new PrecisionCache(folder);
    Files.write(cache.file(MACHINE), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertGain(1.75, cache.keep(MACHINE, new SpeedGain(1.75, 1.25)));
  }

  @Test
  void whereNothingCanBeKeptNothingFails() throws IOException {
    final PrecisionCache file = new PrecisionCache(Files.createFile(folder.resolve("file")));
    assertEquals(Optional.empty(), file.keep(MACHINE, new SpeedGain(1.75, 1.25)));
    final PrecisionCache taken = new PrecisionCache(folder);
    Files.createDirectory(taken.file(MACHINE));
    assertEquals(Optional.empty(), taken.keep(MACHINE, new SpeedGain(1.75, 1.25)));
  }

  @Test
  void processorsAreToldApart() throws IOException {
    final Path one = Files.writeString(folder.resolve("one"), cpu("Slow 1", "fpu avx2"));
    final Path two =
        Files.writeString(folder.resolve("two"), cpu("Slow 1", "fpu avx2 avx512_bf16"));
    assertEquals(Processor.describe(one), Processor.describe(one));
    assertNotEquals(Processor.describe(one), Processor.describe(two));
    assertTrue(Processor.describe(one).endsWith("Slow 1; [avx2]"), Processor.describe(one));
    assertFalse(Processor.describe(folder.resolve("none")).isEmpty());
    assertFalse(Processor.describe().contains("\n"), "is a line of a file");
    assertEquals(Processor.describe(), Processor.describe());
  }

  private static String cpu(final String model, final String flags) {
    final String core = "model name\t: " + model + "\ncpu MHz\t\t: %d\nflags\t\t: " + flags;
    return String.format(core + "\n\n" + core + "\n\n", 2000, 3000);
  }

  private static void assertGain(final double passes, final Optional<SpeedGain> found) {
    assertEquals(passes, found.orElseThrow().passes());
    assertEquals(1.25, found.orElseThrow().steps());
  }
}
