package org.anatomicalpriors.ui;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.Font;
import javax.swing.BorderFactory;
import javax.swing.Box;
import javax.swing.BoxLayout;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;

/** Where things stand in the explorer's window: the slices, and beside them all the rest. */
final class ExplorerLayout extends JPanel {

  private static final long serialVersionUID = 1L;

  private static final int SIDE = 430;

  ExplorerLayout(
      final JComponent slices,
      final JComponent sliders,
      final JComponent morph,
      final JComponent buttons,
      final JComponent volumes,
      final JComponent status) {
    super(new BorderLayout(14, 8));
    final JPanel controls = new JPanel();
    controls.setOpaque(false);
    controls.setLayout(new BoxLayout(controls, BoxLayout.PAGE_AXIS));
    controls.add(heading("Leading directions of the label maps (share of variance)"));
    controls.add(start(sliders));
    controls.add(Box.createVerticalStrut(8));
    controls.add(start(morph));
    controls.add(Box.createVerticalStrut(8));
    controls.add(start(buttons));
    controls.add(Box.createVerticalStrut(12));
    controls.add(heading("Volumes"));
    volumes.setBorder(BorderFactory.createLineBorder(Tones.rule()));
    final JPanel side = new JPanel(new BorderLayout());
    side.setOpaque(false);
    side.add(controls, BorderLayout.NORTH);
    side.add(volumes, BorderLayout.CENTER);
    side.setPreferredSize(new Dimension(SIDE, 600));
    setBackground(Tones.paper());
    setBorder(BorderFactory.createEmptyBorder(12, 12, 8, 12));
    add(slices, BorderLayout.CENTER);
    add(side, BorderLayout.EAST);
    add(status, BorderLayout.SOUTH);
  }

  private static JLabel heading(final String text) {
    final JLabel label = start(new JLabel(text));
    label.setFont(label.getFont().deriveFont(Font.BOLD));
    label.setBorder(BorderFactory.createEmptyBorder(0, 0, 6, 0));
    return label;
  }

  private static <C extends JComponent> C start(final C component) {
    component.setAlignmentX(LEFT_ALIGNMENT);
    return component;
  }
}
