package org.anatomicalpriors.ui;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.Font;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JSlider;
import javax.swing.JToggleButton;
import javax.swing.Timer;

/** Walks to and fro between two label maps; unseen until there are two. */
final class MorphBar extends JPanel {

  private static final long serialVersionUID = 1L;

  static final String PLAY = "Play", PAUSE = "Pause";

  private static final int END = 200;
  private static final int STEP = 4;
  private static final int MILLISECONDS = 40;

  private final transient Explorer explorer;
  private final JLabel from = new JLabel();
  private final JLabel to = new JLabel();
  private final JSlider slider = new JSlider(0, END, 0);
  private final JToggleButton play = new JToggleButton(PLAY);
  private final Timer timer;
  private transient Morph morph;
  private int direction = STEP;
  private boolean showing;

  MorphBar(final Explorer explorer) {
    super(new BorderLayout(8, 2));
    this.explorer = explorer;
    timer =
        new Timer(
            MILLISECONDS,
            e -> {
              if (explorer.isSettled()) step(); // each step is seen
            });
    slider.setName("morph");
    slider.setOpaque(false);
    slider.addChangeListener(
        e -> {
          if (!showing) explorer.walk(morph, slider.getValue() / (double) END);
        });
    play.setPreferredSize(
        new Dimension(
            Math.max(
                play.getPreferredSize().width, new JToggleButton(PAUSE).getPreferredSize().width),
            play.getPreferredSize().height));
    play.addActionListener(e -> setPlaying(play.isSelected()));
    for (final JLabel l : new JLabel[] {from, to}) l.setFont(l.getFont().deriveFont(Font.PLAIN));
    final JPanel names = new JPanel(new BorderLayout());
    names.setOpaque(false);
    names.add(from, BorderLayout.WEST);
    names.add(to, BorderLayout.EAST);
    add(names, BorderLayout.NORTH);
    add(slider, BorderLayout.CENTER);
    add(play, BorderLayout.EAST);
    setOpaque(false);
    setVisible(false);
  }

  void show(final Morph between) {
    morph = between;
    from.setText(between.from());
    to.setText(between.to());
    set(0);
    setVisible(true);
    revalidate();
  }

  private void step() {
    final int next = slider.getValue() + direction;
    if (next < 0 || next > END) direction = -direction;
    slider.setValue(slider.getValue() + direction);
  }

  private void set(final int value) {
    showing = true;
    slider.setValue(value);
    showing = false;
  }

  /** Lets it walk on its own, or stops it. */
  void setPlaying(final boolean playing) {
    play.setSelected(playing);
    play.setText(playing ? PAUSE : PLAY);
    if (playing) timer.start();
    else timer.stop();
  }
}
