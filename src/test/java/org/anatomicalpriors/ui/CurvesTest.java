package org.anatomicalpriors.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the curves of the training window are made of. */
class CurvesTest {

  @Test
  void longCurvesBecomeAFewHundredMeans() {
    final BinnedSeries curve = new BinnedSeries("loss");
    double sum = 0;
    for (int step = 1; step <= 10_000; step++) {
      curve.add(step, step % 2 == 0 ? 3 : 5);
      sum += step % 2 == 0 ? 3 : 5;
    }
    curve.refresh();
    final int n = curve.series().getItemCount();
    assertTrue(n > 150 && n <= 400, n + " points");
    for (int i = 1; i < n; i++) {
      assertTrue(curve.series().getX(i).doubleValue() > curve.series().getX(i - 1).doubleValue());
      if (i < n - 1) assertEquals(sum / 10_000, curve.series().getY(i).doubleValue(), 0.1);
    }
  }

  @Test
  void shortCurvesKeepEveryValue() {
    final BinnedSeries curve = new BinnedSeries("dice");
    assertTrue(curve.isEmpty());
    curve.add(20, 0.5);
    curve.add(40, Double.NaN);
    curve.add(60, 0.75);
    curve.refresh();
    assertEquals(2, curve.series().getItemCount());
    assertEquals(60, curve.series().getX(1).doubleValue());
    assertEquals(0.75, curve.series().getY(1).doubleValue());
    assertTrue(curve.isPositive());
    curve.add(80, -0.1);
    assertFalse(curve.isPositive());
  }

  @Test
  void theRunningMeanStartsWithoutBiasAndForgets() {
    final RunningMean mean = new RunningMean(10);
    assertEquals(7, mean.add(7), 1e-12);
    assertEquals(7, mean.add(7), 1e-12);
    double last = 0;
    for (int i = 0; i < 100; i++) last = mean.add(1);
    assertEquals(1, last, 1e-3);
    final RunningMean none = new RunningMean(0);
    none.add(7);
    assertEquals(1, none.add(1), 1e-12);
  }

  @ParameterizedTest
  @CsvSource({
    "0.08, 0.6, 0.1 0.2 0.5",
    "0.012, 0.019, 0.012 0.014 0.016 0.018",
    "0.0005, 20, 0.001 0.01 0.1 1 10",
    "150, 420, 200 300 400",
    "0.1, 0.1, ''"
  })
  void labelsOfTheLossAxisAreRound(final double lower, final double upper, final String labels) {
    assertEquals(
        labels,
        LossAxis.labelled(lower, upper).stream()
            .map(v -> v.toPlainString())
            .collect(Collectors.joining(" ")));
  }

  @Test
  void stripsFillTheSpaceInAColumnOrARow() {
    final StripLayout tall = new StripLayout(400, 900, 3, 20, 10);
    tall.place(300, 100);
    assertEquals(380, tall.width());
    assertTrue(tall.y(1) >= tall.y(0) + tall.height() + 20);
    assertEquals(tall.x(0), tall.x(2));
    final StripLayout wide = new StripLayout(900, 300, 3, 20, 10);
    wide.place(100, 100);
    assertEquals(wide.y(0), wide.y(2));
    assertTrue(wide.x(1) >= wide.x(0) + wide.width());
    assertTrue(wide.x(2) + wide.width() <= 900);
    assertTrue(wide.y(0) + wide.height() + 20 <= 300);
  }
}
