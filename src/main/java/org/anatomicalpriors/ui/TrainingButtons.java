package org.anatomicalpriors.ui;

import java.awt.FlowLayout;
import java.nio.file.Path;
import javax.swing.JButton;
import javax.swing.JPanel;
import org.anatomicalpriors.io.ModelExports;

/** The three ways to intervene in a training, which say what they do and where files go. */
final class TrainingButtons extends JPanel {

  private static final long serialVersionUID = 1L;

  static final String FINISH = "Finish now";
  static final String EXPORT = "Export now";
  static final String CANCEL = "Cancel";

  private final transient TrainingRequests requests;
  private final JButton export = new JButton(EXPORT);
  private final JButton finish = new JButton(FINISH);
  private final JButton cancel = new JButton(CANCEL);

  /**
   * @param output the model that is being made
   */
  TrainingButtons(final TrainingRequests requests, final Path output) {
    super(new FlowLayout(FlowLayout.TRAILING, 8, 0));
    this.requests = requests;
    setOpaque(false);
    final String example = ModelExports.file(output, 1200).getFileName().toString();
    export.setToolTipText(
        tip(
            "Writes the best model so far beside the result, such as "
                + example
                + ", and the training goes on."));
    finish.setToolTipText(
        tip("Ends the training here and keeps the best weights so far as " + output + "."));
    checkpoint(output.resolveSibling(output.getFileName() + ".checkpoint"));
    export.addActionListener(e -> requests.export());
    finish.addActionListener(e -> requests.finish());
    cancel.addActionListener(e -> requests.cancel());
    add(export);
    add(finish);
    add(cancel);
    refresh(false, false);
  }

  /** Where the state of the training is kept. */
  void checkpoint(final Path file) {
    cancel.setToolTipText(
        tip(
            "Stops without a result. The state of the last step is kept in "
                + file
                + ", from where the training can be resumed."));
  }

  private static String tip(final String text) {
    return "<html><p width=\"320\">" + text.replace("<", "&lt;") + "</p></html>";
  }

  /** Shows what can be asked for now. */
  void refresh(final boolean training, final boolean ended) {
    final boolean stopping = requests.isFinishRequested() || requests.isCancelled();
    export.setEnabled(training && !ended && !stopping && !requests.isExportPending());
    finish.setEnabled(training && !ended && !stopping);
    cancel.setEnabled(!ended && !requests.isCancelled());
    finish.setText(requests.isFinishRequested() && !ended ? "Finishing\u2026" : FINISH);
    cancel.setText(requests.isCancelled() && !ended ? "Stopping\u2026" : CANCEL);
  }
}
