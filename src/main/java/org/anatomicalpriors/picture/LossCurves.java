package org.anatomicalpriors.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.StandardChartTheme;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Curves of training: a figure over the steps, for training and validation data, on white. */
public final class LossCurves {

  private static final Color[] COLOURS = {
    new Color(0x1f5fa8), new Color(0xd0662b), new Color(0x3a8f4f), new Color(0x7a4fa3)
  };

  private final XYSeriesCollection series = new XYSeriesCollection();

  /**
   * Adds a curve.
   *
   * @param name such as {@code training} or {@code validation}
   * @param steps numbers of the steps
   * @param values the figure at each of them; values that are not finite are left out
   */
  public LossCurves add(final String name, final List<Long> steps, final List<Double> values) {
    final XYSeries curve = new XYSeries(name);
    for (int i = 0; i < values.size(); i++)
      if (Double.isFinite(values.get(i))) curve.add(steps.get(i), values.get(i));
    series.addSeries(curve);
    return this;
  }

  /**
   * Draws the curves.
   *
   * @param title text above
   * @param figure what the vertical axis shows, with its unit
   * @param width pixels
   * @param height pixels
   */
  public BufferedImage render(
      final String title, final String figure, final int width, final int height) {
    final JFreeChart chart =
        ChartFactory.createXYLineChart(
            title, "step", figure, series, PlotOrientation.VERTICAL, true, false, false);
    new StandardChartTheme("plain").apply(chart);
    chart.setBackgroundPaint(Color.WHITE);
    chart.getTitle().setFont(SheetStyle.TITLE);
    chart.getLegend().setItemFont(SheetStyle.SMALL);
    final XYPlot plot = chart.getXYPlot();
    plot.setBackgroundPaint(Color.WHITE);
    plot.setDomainGridlinePaint(Color.LIGHT_GRAY);
    plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
    final NumberAxis stepAxis = (NumberAxis) plot.getDomainAxis();
    stepAxis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    final NumberAxis values = (NumberAxis) plot.getRangeAxis();
    values.setAutoRangeIncludesZero(false);
    for (final NumberAxis axis : new NumberAxis[] {stepAxis, values}) {
      axis.setLabelFont(SheetStyle.HEADER);
      axis.setTickLabelFont(SheetStyle.SMALL);
    }
    final XYLineAndShapeRenderer lines = new XYLineAndShapeRenderer(true, false);
    for (int i = 0; i < series.getSeriesCount(); i++) {
      lines.setSeriesPaint(i, COLOURS[i % COLOURS.length]);
      lines.setSeriesStroke(i, new BasicStroke(2));
      // One point makes no line.
      lines.setSeriesShapesVisible(i, series.getItemCount(i) == 1);
    }
    plot.setRenderer(lines);
    return chart.createBufferedImage(width, height);
  }
}
