package org.anatomicalpriors.training;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.model.Architecture;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.tensorflow.MachineMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingMemoryTest {

  private static final long GIGA = 1_000_000_000;
  private static final int[] USUAL = {16, 32, 64, 64}, SMALL = {8, 16, 16};

  private final List<String> log = new ArrayList<>();
  private final TrainingMemory need = TrainingMemory.ofPrior(4 * 38_000, 1, Long.MAX_VALUE);

  private static Architecture network(final int[] channels, final int... size) {
    return new Architecture(size, 13, channels, Architecture.Latent.GRID, 6);
  }

  private static Grid grid(final double spacing, final int... size) {
    return Grid.centred(size, new double[] {spacing, spacing, spacing}, new double[3], "mm");
  }

  private void require(final long heap, final long total, final long available) {
    need.require(
        network(USUAL, 96, 120, 104),
        grid(0.75, 96, 120, 104),
        new MachineMemory(heap, total, available),
        new Progress() {
          @Override
          public void update(
              final String stage, final long done, final long total, final String message) {}

          @Override
          public void log(final String line) {
            log.add(line);
          }
        });
  }

  private String refusal(final long heap, final long total) {
    return assertThrows(InvalidInputException.class, () -> require(heap, total, total))
        .getMessage();
  }

  /** Peaks of processes that trained ten steps, in MB (see docs/robustness.md). */
  @ParameterizedTest
  @CsvSource({
    "16, 16, 16, false, 487",
    "28, 32, 32, false, 515",
    "72, 88, 80, false, 864",
    "96, 116, 104, false, 1483",
    "16, 16, 16, true, 517",
    "32, 32, 32, true, 552",
    "72, 88, 80, true, 1062",
    "96, 120, 104, true, 1822"
  })
  void theEstimateIsNearWhatWasMeasured(
      final int x, final int y, final int z, final boolean usual, final double measured) {
    final double megabytes = need.all(network(usual ? USUAL : SMALL, x, y, z)) / 1e6;
    assertTrue(
        megabytes > 0.9 * measured && megabytes < 1.1 * measured,
        megabytes + " MB where " + measured + " were measured");
  }

  @Test
  void whatFitsIsTrainedWithoutAWord() {
    require(GIGA, 4 * GIGA, 4 * GIGA);
    assertEquals(List.of(), log);
  }

  @Test
  void whatMayFitIsTrainedWithAWarning() {
    require(GIGA, 4 * GIGA, GIGA);
    assertEquals(1, log.size());
    assertTrue(
        log.get(0).contains(" of memory, more than the 1.0 GB that are free now"), log.get(0));
  }

  @Test
  void whatCannotFitIsRefusedAndTheSpacingThatIsNamedFits() {
    final String why = refusal(GIGA, GIGA);
    final Matcher named =
        Pattern.compile(
                "Training on 96 x 120 x 104 voxels with 13 labels and channels \\[16, 32, 64, 64\\]"
                    + " needs about 1\\.\\d GB of memory and this machine has 1.0 GB; give fewer channels, or a"
                    + " larger spacing for the prior, such as (\\d\\.\\d+) mm\\.")
            .matcher(why);
    assertTrue(named.matches(), why);
    final double k = Double.parseDouble(named.group(1)) / 0.75;
    assertTrue(k > 1 && k < 2, why);
    assertTrue(need.all(network(USUAL, 96, 120, 104).coarser(k)) <= GIGA, why);
  }

  @Test
  void tooSmallAHeapIsNamedWithTheOptionThatSuffices() {
    final String why = refusal(GIGA / 10, 8 * GIGA);
    assertTrue(
        why.contains(
            " of Java's memory and Java may use 100 MB; start Java with -Xmx1g, or give a larger spacing"),
        why);
    assertDoesNotThrow(() -> require(1L << 30, 8 * GIGA, 8 * GIGA));
  }

  @Test
  void whereNothingFitsNoSpacingIsNamed() {
    assertTrue(refusal(GIGA, GIGA / 10).endsWith("or a larger spacing for the prior."));
  }

  /** Beyond the share of the heap that is theirs, held-out maps are made anew. */
  @Test
  void theEstimateDoesNotGrowWithTheHeldOutMaps() {
    final Architecture a = network(USUAL, 96, 120, 104);
    final long few = TrainingMemory.ofPrior(0, 4, GIGA / 20).heap(a);
    assertEquals(few, TrainingMemory.ofPrior(0, 50, GIGA / 20).heap(a), GIGA / 50);
    assertTrue(TrainingMemory.ofPrior(0, 50, GIGA).heap(a) > few + GIGA / 2);
  }

  /** Beyond the share of the heap that is theirs, images are read from the disk. */
  @Test
  void theEstimateDoesNotGrowWithTheImages() {
    final Architecture a = network(USUAL, 96, 120, 104);
    final long many = TrainingMemory.ofSegmenter(2000, GIGA / 2).heap(a);
    assertEquals(many, TrainingMemory.ofSegmenter(200, GIGA / 2).heap(a));
    final long few = TrainingMemory.ofSegmenter(4, GIGA / 2).heap(a);
    assertTrue(few < many && many < few + GIGA, few + " and " + many);
  }
}
