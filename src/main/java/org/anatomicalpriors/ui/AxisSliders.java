package org.anatomicalpriors.ui;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JSlider;
import javax.swing.SwingConstants;
import org.anatomicalpriors.model.ShapePoint;
import org.anatomicalpriors.model.ShapeSpace;

/** A slider for each of the leading axes, in standard deviations of the label maps' codes. */
final class AxisSliders extends JPanel {

  private static final long serialVersionUID = 1L;

  /** More axes than this have no slider. */
  static final int MOST = 8;

  static final String MEASURE = "Find axes from label maps\u2026";

  private static final int RANGE = 3; // standard deviations
  private static final int STEPS = 100; // a standard deviation

  /** Receives what a hand moved. */
  interface Hand {
    void moved(int axis, double coordinate);
  }

  private final transient Hand hand;
  private final transient Runnable measure;
  private final List<JSlider> sliders = new ArrayList<>();
  private final List<JLabel> values = new ArrayList<>();
  private boolean showing;

  /**
   * @param measure called when axes are to be found from label maps
   */
  AxisSliders(final Hand hand, final Runnable measure) {
    super(new GridBagLayout());
    this.hand = hand;
    this.measure = measure;
    setOpaque(false);
  }

  /** Makes the sliders of a space; without axes, a note with a button to find some. */
  void setSpace(final ShapeSpace space, final boolean measured) {
    removeAll();
    sliders.clear();
    values.clear();
    if (space.size() == 0) add(note(measured), at(0, 0, 1, GridBagConstraints.HORIZONTAL));
    for (int k = 0; k < Math.min(MOST, space.size()); k++) addRow(k, space);
    revalidate();
    repaint();
  }

  private JPanel note(final boolean measured) {
    final JPanel note = new JPanel(new BorderLayout(0, 8));
    note.setOpaque(false);
    final JLabel text =
        new JLabel(
            "<html><p width=\"330\">"
                + (measured
                    ? "This prior learned from too few label maps to have axes. "
                    : "This model was made before priors kept the axes of their label maps. ")
                + "Give some label maps (a folder, or two files and more) to find axes;"
                + " the model's file stays as it is.</p></html>");
    text.setForeground(Tones.muted());
    text.setFont(text.getFont().deriveFont(Font.PLAIN));
    final JButton button = new JButton(MEASURE);
    button.addActionListener(e -> measure.run());
    note.add(text, BorderLayout.CENTER);
    note.add(button, BorderLayout.SOUTH);
    return note;
  }

  private void addRow(final int axis, final ShapeSpace space) {
    final JLabel name = new JLabel("Axis " + (axis + 1));
    final JLabel share =
        new JLabel(
            String.format(Locale.ROOT, "%.0f %%", 100 * space.share(axis)),
            SwingConstants.TRAILING);
    share.setForeground(Tones.muted());
    share.setFont(share.getFont().deriveFont(Font.PLAIN));
    share.setToolTipText("Share of the variance among the label maps' codes");
    final JSlider slider = new JSlider(-RANGE * STEPS, RANGE * STEPS, 0);
    slider.setName("axis " + (axis + 1));
    slider.setOpaque(false);
    slider.setPreferredSize(new Dimension(190, slider.getPreferredSize().height));
    slider.setToolTipText("Drag to move along the axis; a double click goes back to 0");
    slider.addChangeListener(
        e -> {
          if (!showing) hand.moved(axis, slider.getValue() / (double) STEPS);
        });
    slider.addMouseListener(
        new MouseAdapter() {
          @Override
          public void mouseClicked(final MouseEvent e) {
            if (e.getClickCount() == 2) hand.moved(axis, 0);
          }
        });
    final JLabel value = new JLabel("", SwingConstants.TRAILING);
    value.setFont(value.getFont().deriveFont(Font.PLAIN));
    value.setName("value " + (axis + 1));
    value.setPreferredSize(new JLabel("\u221299.99 SD").getPreferredSize());
    sliders.add(slider);
    values.add(value);
    add(name, at(0, axis, 0, GridBagConstraints.NONE));
    add(share, at(1, axis, 0, GridBagConstraints.NONE));
    add(slider, at(2, axis, 1, GridBagConstraints.HORIZONTAL));
    add(value, at(3, axis, 0, GridBagConstraints.NONE));
  }

  private static GridBagConstraints at(
      final int x, final int y, final double weight, final int fill) {
    return new GridBagConstraints(
        x, y, 1, 1, weight, 0, GridBagConstraints.LINE_END, fill, new Insets(2, 0, 2, 8), 0, 0);
  }

  /** Shows where a point lies; one beyond a slider's end is told by its number alone. */
  void show(final ShapePoint point) {
    showing = true;
    for (int k = 0; k < sliders.size(); k++) {
      sliders.get(k).setValue((int) Math.round(STEPS * point.coordinate(k)));
      values
          .get(k)
          .setText(
              String.format(Locale.ROOT, "%+.2f SD", point.coordinate(k))
                  .replace("-0.00", "+0.00")
                  .replace('-', '\u2212'));
    }
    showing = false;
  }
}
