package org.anatomicalpriors.ui;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.LogarithmicAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** A logarithmic axis with round labels also between the powers of ten. */
final class LossAxis extends LogarithmicAxis {

  private static final long serialVersionUID = 1L;

  /** From so many powers of ten on, they alone are labelled. */
  private static final double MANY = 2.5;

  /** Up to so many, labels are as far apart as on a linear axis. */
  private static final double FEW = 0.5;

  LossAxis(final String label) {
    super(label);
    setStrictValuesFlag(false);
  }

  @Override
  protected List<NumberTick> refreshTicksVertical(
      final Graphics2D g, final Rectangle2D dataArea, final RectangleEdge edge) {
    final List<NumberTick> ticks = new ArrayList<>();
    for (final BigDecimal value : labelled(getRange().getLowerBound(), getRange().getUpperBound()))
      ticks.add(
          new NumberTick(
              value.doubleValue(),
              value.toPlainString(),
              TextAnchor.CENTER_RIGHT,
              TextAnchor.CENTER_RIGHT,
              0));
    return ticks;
  }

  /** Round numbers between two positive bounds. */
  static List<BigDecimal> labelled(final double lower, final double upper) {
    final List<BigDecimal> values = new ArrayList<>();
    if (lower <= 0 || upper <= lower) return values;
    final double decades = Math.log10(upper / lower);
    if (decades < FEW) {
      final BigDecimal step = roundStep((upper - lower) / 4);
      BigDecimal v = step.multiply(BigDecimal.valueOf(Math.ceil(lower / step.doubleValue())));
      for (; v.doubleValue() <= upper; v = v.add(step))
        values.add(v.setScale(Math.max(0, step.scale()), RoundingMode.HALF_EVEN));
      return values;
    }
    for (int power = (int) Math.floor(Math.log10(lower)); Math.pow(10, power) <= upper; power++)
      for (final int digit : decades > MANY ? new int[] {1} : new int[] {1, 2, 5}) {
        final BigDecimal v = BigDecimal.valueOf(digit).scaleByPowerOfTen(power);
        if (v.doubleValue() >= lower && v.doubleValue() <= upper) values.add(v);
      }
    return values;
  }

  /** The smallest of 1, 2 and 5 times a power of ten that is not below the step. */
  private static BigDecimal roundStep(final double step) {
    final int power = (int) Math.floor(Math.log10(step));
    for (final int digit : new int[] {1, 2, 5}) {
      final BigDecimal v = BigDecimal.valueOf(digit).scaleByPowerOfTen(power);
      if (v.doubleValue() >= step) return v;
    }
    return BigDecimal.ONE.scaleByPowerOfTen(power + 1);
  }
}
