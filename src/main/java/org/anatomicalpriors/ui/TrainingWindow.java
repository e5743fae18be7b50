package org.anatomicalpriors.ui;

import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.swing.BorderFactory;
import javax.swing.JCheckBox;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.JSplitPane;
import javax.swing.JTextArea;
import javax.swing.Timer;
import javax.swing.WindowConstants;
import org.anatomicalpriors.training.TrainingListener;
import org.anatomicalpriors.training.TrainingPlan;
import org.anatomicalpriors.training.TrainingPoint;
import org.anatomicalpriors.training.TrainingPreview;
import org.anatomicalpriors.training.TrainingStep;

/**
 * Shows a training: curves, a preview of what the model does, figures, and buttons to intervene.
 * Closing it while the training goes on asks whether to finish, to cancel or to go on without it.
 * Lives on the event thread, to which it fetches news four times a second.
 */
final class TrainingWindow extends JFrame implements TrainingListener {

  private static final long serialVersionUID = 1L;

  static final String CLOSING = "Close the window";
  static final String FINISH = "Finish now";
  static final String CANCEL = "Cancel training";
  static final String GO_ON = "Go on without window";

  private static final int REFRESH_MILLISECONDS = 250;
  private static final Color PAPER = Color.WHITE;
  private static final Color GOOD = new Color(0x00704F);
  private static final Color BAD = new Color(0xB03A00);

  private final transient TrainingFeed feed;
  private final transient TrainingRequests requests;
  private final transient TrainingProgress progress;
  private final transient Path output;
  private final JLabel headline = new JLabel("Preparing");
  private final JTextArea message = new JTextArea(2, 20);
  private final JProgressBar bar = new JProgressBar(0, 1000);
  private final TrainingCurves curves = new TrainingCurves();
  private final TrainingPreviewPanel preview;
  private final TrainingStatus status = new TrainingStatus();
  private final TrainingButtons buttons;
  private final JCheckBox logarithmic = new JCheckBox("Logarithmic loss", true);
  private final Timer timer = new Timer(REFRESH_MILLISECONDS, e -> refresh());
  private transient TrainingPlan plan;
  private boolean ended;

  TrainingWindow(
      final TrainingFeed feed,
      final TrainingRequests requests,
      final TrainingProgress progress,
      final Path output) {
    super("Training " + output.getFileName());
    this.feed = feed;
    this.requests = requests;
    this.progress = progress;
    this.output = output;
    preview = new TrainingPreviewPanel(feed::previewShown);
    buttons = new TrainingButtons(requests, output);
    logarithmic.setOpaque(false);
    logarithmic.addActionListener(e -> curves.setLogarithmic(logarithmic.isSelected()));
    bar.setStringPainted(true);
    message.setFont(headline.getFont().deriveFont(Font.PLAIN));
    message.setLineWrap(true);
    message.setWrapStyleWord(true);
    message.setEditable(false); // but a path can be copied
    message.setOpaque(false);
    message.setBorder(null);
    message.setCaretColor(new Color(0, true));
    setContentPane(content());
    setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
    addWindowListener(
        new WindowAdapter() {
          @Override
          public void windowClosing(final WindowEvent e) {
            close();
          }
        });
    setMinimumSize(new Dimension(760, 520));
    pack();
    setLocationByPlatform(true);
  }

  private JPanel content() {
    final JPanel content = panel(0, 10);
    content.setBorder(BorderFactory.createEmptyBorder(12, 14, 12, 14));
    content.setBackground(PAPER);
    content.setOpaque(true);
    headline.setFont(
        headline.getFont().deriveFont(Font.BOLD, 1.5f * headline.getFont().getSize2D()));
    final JPanel top = panel(12, 0);
    top.add(headline, BorderLayout.WEST);
    top.add(logarithmic, BorderLayout.EAST);
    content.add(top, BorderLayout.NORTH);
    curves.setPreferredSize(new Dimension(620, 520));
    curves.setMinimumSize(new Dimension(300, 200));
    final JSplitPane middle = new JSplitPane(JSplitPane.HORIZONTAL_SPLIT, curves, preview);
    middle.setResizeWeight(0.55);
    middle.setBorder(null);
    middle.setOpaque(false);
    content.add(middle, BorderLayout.CENTER);
    final JPanel actions = panel(12, 0);
    actions.add(message, BorderLayout.CENTER);
    actions.add(buttons, BorderLayout.EAST);
    final JPanel bottom = panel(0, 10);
    bottom.add(bar, BorderLayout.NORTH);
    bottom.add(status, BorderLayout.CENTER);
    bottom.add(actions, BorderLayout.SOUTH);
    content.add(bottom, BorderLayout.SOUTH);
    return content;
  }

  private static JPanel panel(final int across, final int down) {
    final JPanel panel = new JPanel(new BorderLayout(across, down));
    panel.setOpaque(false);
    return panel;
  }

  void open() {
    setVisible(true);
    timer.setInitialDelay(0);
    timer.start();
  }

  /** Shows how it ended; nothing more comes. */
  void ended(final boolean well, final String text) {
    refresh();
    timer.stop();
    ended = true;
    headline.setText(headline.getText() + (well ? ": done" : ": stopped"));
    headline.setForeground(well ? GOOD : BAD);
    bar.setIndeterminate(false);
    bar.setVisible(false); // there is nothing to wait for
    say(text);
    status.ended();
    buttons.refresh(plan != null, true);
  }

  private void refresh() {
    feed.deliver(this);
    curves.refresh();
    logarithmic.setEnabled(curves.canBeLogarithmic());
    status.refresh();
    final TrainingProgress.Stage stage = progress.stage();
    bar.setIndeterminate(stage.total == 0);
    if (stage.total > 0) bar.setValue((int) (1000 * stage.done / stage.total));
    final boolean steps = plan != null && stage.name.equals(plan.title());
    bar.setString(
        stage.total == 0
            ? stage.name
            : String.format(
                Locale.ROOT,
                "%s %,d of %,d",
                steps ? "Step" : stage.name + ":",
                stage.done,
                stage.total));
    for (String m = progress.nextMessage(); m != null; m = progress.nextMessage()) say(m);
    buttons.refresh(plan != null, ended);
  }

  private void say(final String text) {
    message.setText(text);
    message.setCaretPosition(0);
    message.setToolTipText(text);
  }

  @Override
  public void started(final TrainingPlan p) {
    plan = p;
    headline.setText(p.title());
    buttons.checkpoint(p.checkpoint());
    curves.started(p);
    status.started(p);
  }

  @Override
  public void stepped(final TrainingStep step) {
    curves.stepped(step);
    status.stepped(step);
  }

  @Override
  public void validated(final TrainingPoint point) {
    curves.validated(point);
    status.validated(point);
  }

  @Override
  public void previewed(final TrainingPreview p) {
    preview.show(p);
  }

  private void close() {
    if (!ended && !requests.isCancelled() && !requests.isFinishRequested()) {
      final List<String> answers = new ArrayList<>(List.of(CANCEL, GO_ON));
      if (plan != null) answers.add(0, FINISH);
      final int choice =
          JOptionPane.showOptionDialog(
              this,
              "<html><p width=\"380\">The training is under way. "
                  + (plan == null ? "Cancel" : "Finish it with the best weights so far, cancel")
                  + " it and keep its state to resume from, or let it go on without this window? "
                  + "Its result is "
                  + output.getFileName()
                  + ".</p></html>",
              CLOSING,
              JOptionPane.DEFAULT_OPTION,
              JOptionPane.QUESTION_MESSAGE,
              null,
              answers.toArray(),
              GO_ON);
      if (choice == JOptionPane.CLOSED_OPTION) return;
      if (answers.get(choice).equals(FINISH)) requests.finish();
      if (answers.get(choice).equals(CANCEL)) requests.cancel();
    }
    timer.stop();
    feed.close();
    dispose();
  }
}
