package org.anatomicalpriors.ui;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.Font;
import java.util.Locale;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;

/** The line at the bottom: messages, what the mouse points at, and longer tasks under way. */
final class ExplorerStatus extends JPanel {

  private static final long serialVersionUID = 1L;

  static final String CANCEL = "Cancel";

  private final JLabel message = new JLabel(" ");
  private final JLabel speed = new JLabel();
  private final JProgressBar bar = new JProgressBar(0, 1000);
  private final JPanel task = new JPanel(new BorderLayout(8, 0));
  private String lasting = " ";
  private boolean isTrouble;

  /**
   * @param cancel called to stop the task under way
   */
  ExplorerStatus(final Runnable cancel) {
    super(new BorderLayout(12, 0));
    setOpaque(false);
    message.setName("message");
    message.setFont(message.getFont().deriveFont(Font.PLAIN));
    speed.setName("speed");
    speed.setFont(speed.getFont().deriveFont(Font.PLAIN));
    speed.setForeground(Tones.muted());
    speed.setToolTipText("Time from the latest move to its picture");
    bar.setStringPainted(true);
    bar.setPreferredSize(new Dimension(280, bar.getPreferredSize().height));
    final JButton button = new JButton(CANCEL);
    button.addActionListener(e -> cancel.run());
    task.setOpaque(false);
    task.add(bar, BorderLayout.CENTER);
    task.add(button, BorderLayout.EAST);
    task.setVisible(false);
    final JPanel east = new JPanel(new BorderLayout(12, 0));
    east.setOpaque(false);
    east.add(task, BorderLayout.CENTER);
    east.add(speed, BorderLayout.EAST);
    add(message, BorderLayout.CENTER);
    add(east, BorderLayout.EAST);
    setPreferredSize(new Dimension(400, button.getPreferredSize().height));
  }

  /** Shows a message until the next one. */
  void tell(final String sentence, final boolean trouble) {
    lasting = sentence;
    isTrouble = trouble;
    hover(null);
  }

  /** Takes a message of trouble away: what it was about is past. */
  void forget() {
    if (isTrouble) tell(" ", false);
  }

  /** Shows what the mouse points at; the message again for null. */
  void hover(final String what) {
    message.setText(what == null ? lasting : what);
    message.setForeground(what == null && isTrouble ? Tones.more() : Tones.text());
    message.setToolTipText(what == null && !lasting.trim().isEmpty() ? lasting : null);
  }

  void speed(final double milliseconds) {
    speed.setText(String.format(Locale.ROOT, "%.0f ms", milliseconds));
  }

  void working(final String stage, final long done, final long total) {
    forget();
    bar.setIndeterminate(total == 0);
    if (total > 0) bar.setValue((int) (1000 * done / total));
    bar.setString(stage);
    task.setVisible(true);
  }

  void idle() {
    task.setVisible(false);
    bar.setIndeterminate(false);
  }
}
