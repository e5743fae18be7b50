package org.anatomicalpriors.ui;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Ellipse2D;
import java.util.ArrayList;
import java.util.List;
import javax.swing.JLabel;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * One figure of a training over its steps, for training and held-out data. Colours after Okabe and
 * Ito (2008), told apart also by those who see few colours.
 */
final class CurvePlot {

  static final Color TRAINING = new Color(0x0072B2);
  static final Color HELD_OUT = new Color(0xD55E00);
  static final Color INK = new Color(0x303438);
  private static final Color GRID = new Color(0xE3E6E8);

  private final XYSeriesCollection curves = new XYSeriesCollection();
  private final List<BinnedSeries> series = new ArrayList<>();
  private final XYLineAndShapeRenderer lines = new XYLineAndShapeRenderer(true, false);
  private final NumberAxis linear;
  private final NumberAxis logarithmic;
  private final XYPlot plot;

  CurvePlot(final String figure) {
    linear = axis(new NumberAxis(figure));
    logarithmic = axis(new LossAxis(figure));
    lines.setDrawSeriesLineAsPath(true); // else dashes start anew at every point
    plot = new XYPlot(curves, null, linear, lines);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    plot.setDomainGridlinePaint(GRID);
    plot.setRangeGridlinePaint(GRID);
    plot.setDomainGridlineStroke(new BasicStroke(1));
    plot.setRangeGridlineStroke(new BasicStroke(1));
  }

  static Font font(final double scale) {
    final Font usual = new JLabel().getFont();
    return usual.deriveFont(Font.PLAIN, (float) (scale * usual.getSize2D()));
  }

  static NumberAxis axis(final NumberAxis axis) {
    axis.setLabelFont(font(1));
    axis.setTickLabelFont(font(0.92));
    axis.setLabelPaint(INK);
    axis.setTickLabelPaint(INK);
    axis.setAxisLineVisible(false);
    axis.setTickMarksVisible(false);
    axis.setAutoRangeIncludesZero(false);
    axis.setTickLabelInsets(new RectangleInsets(6, 4, 6, 4)); // room between the labels
    return axis;
  }

  /**
   * Adds a curve.
   *
   * @param name in the legend; empty to leave it out there
   * @param dashed for a part of another curve
   * @param points whether to mark the values themselves
   */
  BinnedSeries add(
      final String name, final Color colour, final boolean dashed, final boolean points) {
    final int i = series.size();
    final BinnedSeries added = new BinnedSeries(name.isEmpty() ? "curve " + i : name);
    series.add(added);
    curves.addSeries(added.series());
    lines.setSeriesPaint(i, colour);
    lines.setSeriesStroke(
        i,
        new BasicStroke(
            dashed ? 1.3f : 2,
            BasicStroke.CAP_ROUND,
            BasicStroke.JOIN_ROUND,
            1,
            dashed ? new float[] {5, 5} : null,
            0));
    lines.setSeriesShapesVisible(i, points);
    lines.setSeriesShape(i, new Ellipse2D.Double(-3, -3, 6, 6));
    lines.setSeriesVisibleInLegend(i, !name.isEmpty());
    return added;
  }

  XYPlot plot() {
    return plot;
  }

  boolean isEmpty() {
    return series.stream().allMatch(BinnedSeries::isEmpty);
  }

  /** Whether all values so far were above 0. */
  boolean isPositive() {
    return series.stream().allMatch(BinnedSeries::isPositive);
  }

  /**
   * Draws what came since the last call.
   *
   * @param wantsLogarithm for the axis, if all values are above 0
   */
  void refresh(final boolean wantsLogarithm) {
    series.forEach(BinnedSeries::refresh);
    final NumberAxis axis = wantsLogarithm && isPositive() && !isEmpty() ? logarithmic : linear;
    if (plot.getRangeAxis() != axis) plot.setRangeAxis(axis);
    if (axis.isAutoRange()) axis.configure(); // the series did not tell of their changes
    plot.datasetChanged(new org.jfree.data.general.DatasetChangeEvent(this, curves));
  }
}
