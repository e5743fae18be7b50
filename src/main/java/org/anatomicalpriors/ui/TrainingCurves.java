package org.anatomicalpriors.ui;

import java.awt.BorderLayout;
import java.awt.Color;
import javax.swing.JPanel;
import org.anatomicalpriors.training.LossParts;
import org.anatomicalpriors.training.TrainingListener;
import org.anatomicalpriors.training.TrainingPlan;
import org.anatomicalpriors.training.TrainingPoint;
import org.anatomicalpriors.training.TrainingStep;
import org.jfree.chart.ChartPanel;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.ui.RectangleInsets;

/**
 * Live curves of a training over its steps, one above the other: the loss and its data term, the
 * divergence, and the Dice of the held-out maps if there is one.
 */
final class TrainingCurves extends JPanel implements TrainingListener {

  private static final long serialVersionUID = 1L;

  private static final int LOSS_SHARE = 5, DIVERGENCE_SHARE = 3, DICE_SHARE = 3;

  /** Steps over which the training's curves are means, at most. */
  private static final double MOST_SMOOTHING = 50;

  private final transient CurvePlot loss = new CurvePlot("loss (nats per voxel)");
  private final transient CurvePlot divergences = new CurvePlot("divergence");
  private final transient CurvePlot overlap = new CurvePlot("Dice");
  private final transient CombinedDomainXYPlot plots;
  private transient Curves training;
  private transient Curves heldOut;
  private transient BinnedSeries dice;
  private boolean changed;
  private boolean logarithmic = true;

  /** Curves of one set of data. */
  private final class Curves {
    private final BinnedSeries total;
    private final BinnedSeries data;
    private final BinnedSeries divergence;
    private final RunningMean[] means = new RunningMean[3];

    /**
     * @param smoothing steps over which the curves are means; few for what is a mean already
     */
    Curves(
        final String name,
        final String dataTerm,
        final Color colour,
        final boolean points,
        final double smoothing) {
      total = loss.add(name, colour, false, points);
      data = loss.add(name + " " + dataTerm, colour, true, false);
      divergence = divergences.add("", colour, false, points);
      for (int i = 0; i < means.length; i++) means[i] = new RunningMean(smoothing);
    }

    void add(final long step, final LossParts parts) {
      total.add(step, means[0].add(parts.total()));
      data.add(step, means[1].add(parts.data()));
      divergence.add(step, means[2].add(parts.divergence()));
    }
  }

  TrainingCurves() {
    super(new BorderLayout());
    final NumberAxis steps = CurvePlot.axis(new NumberAxis("step"));
    steps.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    plots = new CombinedDomainXYPlot(steps);
    plots.setGap(12);
    plots.setInsets(new RectangleInsets(6, 4, 4, 16));
    plots.add(loss.plot(), LOSS_SHARE);
    plots.add(divergences.plot(), DIVERGENCE_SHARE);
    final JFreeChart chart = new JFreeChart(null, CurvePlot.font(1), plots, true);
    chart.setBackgroundPaint(Color.WHITE);
    chart.getLegend().setItemFont(CurvePlot.font(1));
    chart.getLegend().setItemPaint(CurvePlot.INK);
    chart.getLegend().setFrame(BlockBorder.NONE);
    chart.getLegend().setItemLabelPadding(new RectangleInsets(2, 2, 2, 14));
    final ChartPanel panel = new ChartPanel(chart, true);
    // Text and lines keep their shape at any size of the window.
    panel.setMinimumDrawWidth(0);
    panel.setMinimumDrawHeight(0);
    panel.setMaximumDrawWidth(Integer.MAX_VALUE);
    panel.setMaximumDrawHeight(Integer.MAX_VALUE);
    add(panel);
  }

  @Override
  public void started(final TrainingPlan plan) {
    final double smoothing = Math.min(MOST_SMOOTHING, (double) plan.validationEvery());
    training = new Curves("training", plan.dataTerm(), CurvePlot.TRAINING, false, smoothing);
    heldOut = new Curves("held-out", plan.dataTerm(), CurvePlot.HELD_OUT, true, 0);
    dice = overlap.add("", CurvePlot.HELD_OUT, false, true);
  }

  @Override
  public void stepped(final TrainingStep step) {
    training.add(step.done(), step.loss());
    changed = true;
  }

  @Override
  public void validated(final TrainingPoint point) {
    // The single steps of earlier runs are not known.
    if (Double.isNaN(point.training().data())) training.add(point.step(), point.training());
    heldOut.add(point.step(), point.validation());
    if (dice.isEmpty() && Double.isFinite(point.dice())) plots.add(overlap.plot(), DICE_SHARE);
    dice.add(point.step(), point.dice());
    changed = true;
  }

  /** Whether loss and divergence should have a logarithmic axis where all values allow it. */
  void setLogarithmic(final boolean wanted) {
    logarithmic = wanted;
    changed = true;
  }

  /** Whether the values allow a logarithmic axis of the loss. */
  boolean canBeLogarithmic() {
    return loss.isPositive();
  }

  /** Draws what came since the last call. */
  void refresh() {
    if (!changed) return;
    changed = false;
    loss.refresh(logarithmic);
    divergences.refresh(logarithmic);
    overlap.refresh(false);
    plots.getDomainAxis().configure();
  }
}
