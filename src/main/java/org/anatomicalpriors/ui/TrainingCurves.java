package org.anatomicalpriors.ui;

import java.awt.BasicStroke;
import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import javax.swing.JPanel;
import org.anatomicalpriors.training.LossParts;
import org.anatomicalpriors.training.TrainingListener;
import org.anatomicalpriors.training.TrainingPlan;
import org.anatomicalpriors.training.TrainingPoint;
import org.anatomicalpriors.training.TrainingStep;
import org.jfree.chart.ChartPanel;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogarithmicAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Live curves of a training: the loss with its terms, for training and held-out data, and below it
 * the Dice of the held-out maps, if there is one. Colours after Okabe and Ito (2008), told apart
 * also by those who see few colours, and every curve has a stroke of its own.
 */
final class TrainingCurves extends JPanel implements TrainingListener {

  private static final long serialVersionUID = 1L;

  private static final Color BLUE = new Color(0x0072B2);
  private static final Color SKY = new Color(0x56B4E9);
  private static final Color GREEN = new Color(0x009E73);
  private static final Color VERMILION = new Color(0xD55E00);
  private static final Color PURPLE = new Color(0xB0578D);
  private static final Color GRID = new Color(0xE3E6E8);
  private static final Color INK = new Color(0x303438);
  private static final int LOSS_WEIGHT = 3, DICE_WEIGHT = 1;

  private final transient XYSeriesCollection losses = new XYSeriesCollection();
  private final transient CombinedDomainXYPlot plots;
  private final transient XYPlot lossPlot;
  private final transient XYPlot dicePlot;
  private final XYSeries heldOut = new XYSeries("held-out total", false);
  private final XYSeries dice = new XYSeries("held-out Dice", false);
  private final NumberAxis linear = axis(new NumberAxis("loss (nats per voxel)"));
  private final NumberAxis logarithmic = axis(new LogarithmicAxis("loss (nats per voxel)"));
  private transient BinnedSeries total;
  private transient BinnedSeries data;
  private transient BinnedSeries divergence;
  private boolean changed;
  private boolean wantsLogarithm = true;
  private double lowestHeldOut = Double.POSITIVE_INFINITY;

  TrainingCurves() {
    super(new BorderLayout());
    final NumberAxis steps = axis(new NumberAxis("step"));
    steps.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    steps.setLowerBound(0);
    plots = new CombinedDomainXYPlot(steps);
    plots.setGap(10);
    plots.setInsets(new RectangleInsets(8, 4, 4, 12));
    lossPlot = plot(losses, linear);
    plots.add(lossPlot, LOSS_WEIGHT);
    final NumberAxis share = axis(new NumberAxis("Dice"));
    share.setAutoRangeIncludesZero(false);
    share.setAutoRangeMinimumSize(0.02);
    dicePlot = plot(new XYSeriesCollection(dice), share);
    style(dicePlot, 0, PURPLE, stroke(2, null), true);
    final JFreeChart chart = new JFreeChart(null, font(Font.BOLD, 1), plots, true);
    chart.setBackgroundPaint(Color.WHITE);
    chart.getLegend().setItemFont(font(Font.PLAIN, 1));
    chart.getLegend().setItemPaint(INK);
    chart.getLegend().setFrame(org.jfree.chart.block.BlockBorder.NONE);
    chart.getLegend().setItemLabelPadding(new RectangleInsets(2, 2, 2, 14));
    final ChartPanel panel = new ChartPanel(chart, true);
    // Text and lines keep their shape at any size of the window.
    panel.setMinimumDrawWidth(0);
    panel.setMinimumDrawHeight(0);
    panel.setMaximumDrawWidth(Integer.MAX_VALUE);
    panel.setMaximumDrawHeight(Integer.MAX_VALUE);
    panel.setMouseZoomable(true);
    add(panel);
  }

  private static Font font(final int style, final double scale) {
    final Font usual = new javax.swing.JLabel().getFont();
    return usual.deriveFont(style, (float) (scale * usual.getSize2D()));
  }

  private static NumberAxis axis(final NumberAxis axis) {
    axis.setLabelFont(font(Font.PLAIN, 1));
    axis.setTickLabelFont(font(Font.PLAIN, 0.92));
    axis.setLabelPaint(INK);
    axis.setTickLabelPaint(INK);
    axis.setAxisLineVisible(false);
    axis.setTickMarksVisible(false);
    axis.setAutoRangeIncludesZero(false);
    if (axis instanceof LogarithmicAxis) {
      ((LogarithmicAxis) axis).setExpTickLabelsFlag(false);
      ((LogarithmicAxis) axis).setLog10TickLabelsFlag(false);
      ((LogarithmicAxis) axis).setStrictValuesFlag(false);
    }
    return axis;
  }

  private static XYPlot plot(final XYSeriesCollection curves, final NumberAxis axis) {
    final XYPlot plot = new XYPlot(curves, null, axis, new XYLineAndShapeRenderer(true, false));
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    plot.setDomainGridlinePaint(GRID);
    plot.setRangeGridlinePaint(GRID);
    plot.setDomainGridlineStroke(new BasicStroke(1));
    plot.setRangeGridlineStroke(new BasicStroke(1));
    return plot;
  }

  private static BasicStroke stroke(final float width, final float[] dash) {
    return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, dash, 0);
  }

  private static void style(
      final XYPlot plot,
      final int curve,
      final Color colour,
      final BasicStroke stroke,
      final boolean points) {
    final XYLineAndShapeRenderer lines = (XYLineAndShapeRenderer) plot.getRenderer();
    lines.setSeriesPaint(curve, colour);
    lines.setSeriesStroke(curve, stroke);
    lines.setSeriesShapesVisible(curve, points);
    final Shape dot = new Ellipse2D.Double(-3, -3, 6, 6);
    lines.setSeriesShape(curve, dot);
  }

  @Override
  public void started(final TrainingPlan plan) {
    total = new BinnedSeries("training total");
    data = new BinnedSeries("training " + plan.dataTerm());
    divergence = new BinnedSeries("training divergence");
    losses.removeAllSeries();
    losses.addSeries(total.series());
    losses.addSeries(heldOut);
    losses.addSeries(data.series());
    losses.addSeries(divergence.series());
    style(lossPlot, 0, BLUE, stroke(2, null), false);
    style(lossPlot, 1, VERMILION, stroke(2, null), true);
    style(lossPlot, 2, SKY, stroke(1.6f, new float[] {6, 4}), false);
    style(lossPlot, 3, GREEN, stroke(1.6f, new float[] {1, 4}), false);
    plots.getDomainAxis().setRange(0, plan.steps());
  }

  @Override
  public void stepped(final TrainingStep step) {
    add(step.done(), step.loss());
  }

  private void add(final long step, final LossParts loss) {
    total.add(step, loss.total());
    data.add(step, loss.data());
    divergence.add(step, loss.divergence());
    changed = true;
  }

  @Override
  public void validated(final TrainingPoint point) {
    // Points of earlier runs, whose single steps are not known.
    if (Double.isNaN(point.training().data())) add(point.step(), point.training());
    if (Double.isFinite(point.validation().total())) {
      heldOut.add(point.step(), point.validation().total(), false);
      lowestHeldOut = Math.min(lowestHeldOut, point.validation().total());
    }
    if (Double.isFinite(point.dice())) {
      if (dice.isEmpty()) plots.add(dicePlot, DICE_WEIGHT);
      dice.add(point.step(), point.dice(), false);
    }
    changed = true;
  }

  /** Whether the loss should have a logarithmic axis where all its values allow it. */
  void setLogarithmic(final boolean wanted) {
    wantsLogarithm = wanted;
    changed = true;
  }

  /** Draws what came since the last call. */
  void refresh() {
    if (!changed) return;
    changed = false;
    total.refresh();
    data.refresh();
    divergence.refresh();
    final boolean positive =
        total.isPositive() && data.isPositive() && divergence.isPositive() && lowestHeldOut > 0;
    final NumberAxis axis = wantsLogarithm && positive ? logarithmic : linear;
    if (lossPlot.getRangeAxis() != axis) lossPlot.setRangeAxis(axis);
    dice.fireSeriesChanged();
    heldOut.fireSeriesChanged();
    // The whole curves decide on the range.
    if (axis.isAutoRange()) axis.configure();
  }
}
