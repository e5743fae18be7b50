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
import org.anatomicalpriors.model.Keeping;
import org.anatomicalpriors.progress.LoggedProgress;
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

  private Keeping plan(final long heap, final long total, final long available) {
    return plan(Recomputation.AUTO, heap, total, available);
  }

  private Keeping plan(
      final Recomputation setting, final long heap, final long total, final long available) {
    return need.with(setting)
        .plan(
            network(USUAL, 96, 120, 104),
            grid(0.75, 96, 120, 104),
            new MachineMemory(heap, total, available),
            new LoggedProgress(log));
  }

  private String refusal(final long heap, final long total) {
    return assertThrows(InvalidInputException.class, () -> plan(heap, total, total)).getMessage();
  }

  /** Peaks of processes that trained some steps, in MB (see docs/robustness.md). */
  @ParameterizedTest
  @CsvSource({
    "40, 56, 48, true, ALL, 620",
    "56, 64, 56, true, ALL, 700",
    "64, 88, 72, true, ALL, 914",
    "88, 112, 96, true, ALL, 1440",
    "88, 112, 92, false, ALL, 1241",
    "40, 56, 48, true, LEVELS, 619",
    "56, 64, 56, true, LEVELS, 668",
    "64, 88, 72, true, LEVELS, 836",
    "88, 112, 96, true, LEVELS, 1315",
    "88, 112, 92, false, LEVELS, 1021",
    "80, 104, 88, true, SLABS, 951"
  })
  void theEstimateIsNearWhatWasMeasured(
      final int x,
      final int y,
      final int z,
      final boolean usual,
      final Keeping keeping,
      final double measured) {
    final double megabytes = need.all(network(usual ? USUAL : SMALL, x, y, z), keeping) / 1e6;
    assertTrue(
        megabytes > 0.9 * measured && megabytes < 1.1 * measured,
        megabytes + " MB where " + measured + " were measured");
  }

  @Test
  void whatFitsIsTrainedWithoutAWord() {
    assertEquals(Keeping.ALL, plan(GIGA, 4 * GIGA, 4 * GIGA));
    assertEquals(Keeping.LEVELS, plan(Recomputation.ON, GIGA, 4 * GIGA, 4 * GIGA));
    assertEquals(Keeping.ALL, plan(Recomputation.OFF, GIGA, 4 * GIGA, 4 * GIGA));
    assertEquals(List.of(), log);
  }

  /** Between what a training needs that keeps so much, and one that keeps less. */
  private long below(final Keeping keeping) {
    final Architecture a = network(USUAL, 96, 120, 104);
    assertTrue(need.all(a, keeping.next()) < 0.9 * need.all(a, keeping));
    return (need.all(a, keeping.next()) + need.all(a, keeping)) / 2;
  }

  @ParameterizedTest
  @CsvSource({
    "ALL, ' with recomputation, which takes less memory, about a third more time, and gives the same result'",
    "LEVELS, ' with recomputation in slabs, which takes the least memory, about half more time, and gives the same result but"
        + " for rounding'"
  })
  void whatFitsOnlyWithRecomputationIsTrainedSo(final Keeping tooMuch, final String how) {
    assertEquals(tooMuch.next(), plan(GIGA, 4 * GIGA, below(tooMuch)));
    assertEquals(1, log.size());
    assertTrue(
        log.get(0)
            .matches(
                ".* needs about .* of memory, of which .* are free now; it goes on"
                    + how
                    + ", and needs about .*B\\."),
        log.get(0));
  }

  @Test
  void whatNeedsRecomputationIsToldSoWhereThatIsOff() {
    assertEquals(Keeping.ALL, plan(Recomputation.OFF, GIGA, 4 * GIGA, below(Keeping.ALL)));
    assertEquals(1, log.size());
    assertTrue(
        log.get(0)
            .contains(
                "free now: close other programs, let recomputation be auto, which needs about "),
        log.get(0));
    final long total = (long) (0.65 * need.all(network(USUAL, 96, 120, 104), Keeping.ALL));
    final String why =
        assertThrows(InvalidInputException.class, () -> plan(Recomputation.OFF, GIGA, total, total))
            .getMessage();
    assertTrue(why.contains("; give fewer channels"), why);
    assertEquals(Keeping.SLABS, plan(Recomputation.AUTO, GIGA, total, total));
  }

  @Test
  void whatMayFitIsTrainedWithAWarning() {
    plan(GIGA, 4 * GIGA, GIGA);
    assertEquals(1, log.size());
    assertTrue(
        log.get(0)
            .contains(
                " of memory with recomputation in slabs, more than the 1.0 GB that are free now"),
        log.get(0));
  }

  @Test
  void whatCannotFitIsRefusedAndTheSpacingThatIsNamedFits() {
    final long total = 8 * GIGA / 10;
    final String why = refusal(GIGA, total);
    final Matcher named =
        Pattern.compile(
                "Training on 96 x 120 x 104 voxels with 13 labels and channels \\[16, 32, 64, 64\\]"
                    + " needs about 1\\.\\d GB of memory with recomputation in slabs and this machine has 800 MB; give fewer channels, or a"
                    + " larger spacing for the prior, such as (\\d\\.\\d+) mm\\.")
            .matcher(why);
    assertTrue(named.matches(), why);
    final double k = Double.parseDouble(named.group(1)) / 0.75;
    assertTrue(k > 1 && k < 2, why);
    assertTrue(need.all(network(USUAL, 96, 120, 104).coarser(k), Keeping.SLABS) <= total, why);
  }

  @Test
  void tooSmallAHeapIsNamedWithTheOptionThatSuffices() {
    final String why = refusal(GIGA / 10, 8 * GIGA);
    assertTrue(
        why.contains(
            " of Java's memory and Java may use 100 MB; start Java with -Xmx1g, or give a larger spacing"),
        why);
    assertDoesNotThrow(() -> plan(1L << 30, 8 * GIGA, 8 * GIGA));
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
