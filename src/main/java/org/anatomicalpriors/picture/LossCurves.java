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

/** Curves of training: a figure per epoch for training and validation data, on white. */
public final class LossCurves {

  private static final Color[] COLOURS = {
    new Color(0x1f5fa8), new Color(0xd0662b), new Color(0x3a8f4f), new Color(0x7a4fa3)
  };

  private final XYSeriesCollection series = new XYSeriesCollection();

  /**
   * Adds a curve.
   *
   * @param name such as {@code training} or {@code validation}
   * @param values one value per epoch, the first epoch first; values that are not finite are left
   *     out
   */
  public LossCurves add(final String name, final List<Double> values) {
    final XYSeries curve = new XYSeries(name);
    for (int epoch = 0; epoch < values.size(); epoch++)
      if (Double.isFinite(values.get(epoch))) curve.add(epoch + 1, values.get(epoch));
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
            title, "epoch", figure, series, PlotOrientation.VERTICAL, true, false, false);
    new StandardChartTheme("plain").apply(chart);
    chart.setBackgroundPaint(Color.WHITE);
    chart.getTitle().setFont(SheetStyle.TITLE);
    chart.getLegend().setItemFont(SheetStyle.SMALL);
    final XYPlot plot = chart.getXYPlot();
    plot.setBackgroundPaint(Color.WHITE);
    plot.setDomainGridlinePaint(Color.LIGHT_GRAY);
    plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
    final NumberAxis epochs = (NumberAxis) plot.getDomainAxis();
    epochs.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    final NumberAxis values = (NumberAxis) plot.getRangeAxis();
    values.setAutoRangeIncludesZero(false);
    for (final NumberAxis axis : new NumberAxis[] {epochs, values}) {
      axis.setLabelFont(SheetStyle.HEADER);
      axis.setTickLabelFont(SheetStyle.SMALL);
    }
    final XYLineAndShapeRenderer lines = new XYLineAndShapeRenderer(true, false);
    for (int i = 0; i < series.getSeriesCount(); i++) {
      lines.setSeriesPaint(i, COLOURS[i % COLOURS.length]);
      lines.setSeriesStroke(i, new BasicStroke(2));
      // One epoch makes no line.
      lines.setSeriesShapesVisible(i, series.getItemCount(i) == 1);
    }
    plot.setRenderer(lines);
    return chart.createBufferedImage(width, height);
  }
}
