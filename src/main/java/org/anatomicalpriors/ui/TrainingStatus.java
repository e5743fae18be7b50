package org.anatomicalpriors.ui;

import java.awt.Color;
import java.awt.Font;
import java.awt.GridLayout;
import java.util.Locale;
import javax.swing.BorderFactory;
import javax.swing.JLabel;
import javax.swing.JPanel;
import org.anatomicalpriors.training.TrainingListener;
import org.anatomicalpriors.training.TrainingPlan;
import org.anatomicalpriors.training.TrainingPoint;
import org.anatomicalpriors.training.TrainingStep;

/**
 * Figures of a training under way, each with its name above: speed, time left, memory and so on.
 */
final class TrainingStatus extends JPanel implements TrainingListener {

  private static final long serialVersionUID = 1L;

  private static final String UNKNOWN = "\u2013";
  private static final double GIGA = 1e9;

  private final JLabel speed = field("Speed");
  private final JLabel left = field("Time left");
  private final JLabel best = field("Best so far");
  private final JLabel memory = field("Memory in use");
  private final JLabel device = field("Device");
  private transient TrainingStep latest;

  TrainingStatus() {
    super(new GridLayout(1, 0, 12, 0));
    setOpaque(false);
    memory.setToolTipText(
        "Main memory that the whole process occupies, and what of it is the Java heap.");
    best.setToolTipText(
        "The step with the lowest loss of the held-out data; its weights will be the result.");
  }

  private JLabel field(final String name) {
    final JPanel field = new JPanel(new GridLayout(2, 1));
    field.setOpaque(false);
    final JLabel title = new JLabel(name);
    title.setFont(title.getFont().deriveFont(Font.PLAIN, 0.88f * title.getFont().getSize2D()));
    title.setForeground(new Color(0x6A7076));
    final JLabel value = new JLabel(UNKNOWN);
    value.setName(name);
    value.setFont(value.getFont().deriveFont(Font.BOLD));
    field.setBorder(BorderFactory.createEmptyBorder());
    field.add(title);
    field.add(value);
    add(field);
    return value;
  }

  @Override
  public void started(final TrainingPlan plan) {
    device.setText(plan.device());
  }

  @Override
  public void stepped(final TrainingStep step) {
    latest = step;
  }

  @Override
  public void validated(final TrainingPoint point) {
    if (!point.isBest()) return;
    if (Double.isNaN(point.validation().total())) best.setText("step " + point.step());
    else
      best.setText(
          Double.isNaN(point.dice())
              ? String.format(
                  Locale.ROOT, "loss %.4f at step %d", point.validation().total(), point.step())
              : String.format(Locale.ROOT, "Dice %.3f at step %d", point.dice(), point.step()));
  }

  /** Shows the latest figures. */
  void refresh() {
    if (latest == null) return;
    final String[] pace = latest.pace().toString().split(", ");
    speed.setText(pace[0].isEmpty() ? UNKNOWN : pace[0]);
    left.setText(pace.length < 2 ? UNKNOWN : pace[1].replace(" left", ""));
    final long heap = latest.memory().heap(), all = latest.memory().resident();
    memory.setText(
        all == 0
            ? String.format(Locale.ROOT, "%.1f GB (Java)", heap / GIGA)
            : String.format(Locale.ROOT, "%.1f GB, Java %.1f", all / GIGA, heap / GIGA));
  }

  /** Nothing goes on any longer. */
  void ended() {
    left.setText(UNKNOWN);
  }
}
