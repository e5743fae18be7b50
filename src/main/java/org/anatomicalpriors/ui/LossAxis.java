package org.anatomicalpriors.ui;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.LogarithmicAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** A logarithmic axis that also labels 2 and 5 between the powers of ten. */
final class LossAxis extends LogarithmicAxis {

  private static final long serialVersionUID = 1L;

  /** From so many powers of ten on, they alone are labelled. */
  private static final double MANY = 2.5;

  LossAxis(final String label) {
    super(label);
    setStrictValuesFlag(false);
  }

  @Override
  protected List<NumberTick> refreshTicksVertical(
      final Graphics2D g, final Rectangle2D dataArea, final RectangleEdge edge) {
    final double lower = getRange().getLowerBound(), upper = getRange().getUpperBound();
    final List<NumberTick> ticks = new ArrayList<>();
    if (lower <= 0) return ticks;
    final int first = (int) Math.floor(Math.log10(lower));
    final boolean many = Math.log10(upper / lower) > MANY;
    for (int power = first; Math.pow(10, power) <= upper; power++)
      for (final int digit : new int[] {1, 2, 5}) {
        final BigDecimal value = BigDecimal.valueOf(digit).scaleByPowerOfTen(power);
        final double v = value.round(MathContext.DECIMAL64).doubleValue();
        if (v < lower || v > upper || many && digit != 1) continue;
        ticks.add(
            new NumberTick(
                v, value.toPlainString(), TextAnchor.CENTER_RIGHT, TextAnchor.CENTER_RIGHT, 0));
      }
    return ticks;
  }
}
