package org.anatomicalpriors.ui;

import java.awt.GridLayout;
import java.awt.Toolkit;
import java.awt.datatransfer.StringSelection;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import javax.swing.JButton;
import javax.swing.JPanel;

/** What can be done in the explorer beside moving its sliders. */
final class ExplorerButtons extends JPanel {

  private static final long serialVersionUID = 1L;

  static final String RESET = "Reset";
  static final String RANDOM = "Random sample";
  static final String ENCODE = "Encode label map\u2026";
  static final String MORPH = "Morph between two\u2026";
  static final String SAVE_VIEW = "Save view\u2026";
  static final String SAVE_LABELS = "Save label map\u2026";
  static final String COPY = "Copy code";

  private final transient Explorer explorer;
  private final transient PathChooser files;
  private final transient ExplorerListener listener;
  private final JButton saveView;
  private final JButton saveLabels;
  private long seed;

  ExplorerButtons(
      final Explorer explorer, final PathChooser files, final ExplorerListener listener) {
    super(new GridLayout(0, 2, 8, 6));
    this.explorer = explorer;
    this.files = files;
    this.listener = listener;
    setOpaque(false);
    final LabelSourceMenu sources = new LabelSourceMenu(files);
    add(RESET, "Back to the mean anatomy").addActionListener(e -> explorer.reset());
    add(RANDOM, "An anatomy that the prior holds for likely; the seed draws it again in the shell")
        .addActionListener(e -> explorer.random(++seed));
    final JButton encode =
        add(ENCODE, "What the prior makes of a label map, which is aligned to it by its labels");
    encode.addActionListener(
        e -> sources.ask(encode, "Label map to encode", explorer.tasks()::encode));
    final JButton morph = add(MORPH, "Walk from one label map to another through the prior");
    morph.addActionListener(
        e ->
            sources.ask(
                morph,
                "First label map",
                a -> sources.ask(morph, "Second label map", b -> explorer.tasks().morph(a, b))));
    saveView = add(SAVE_VIEW, "The picture as PNG, at three times the screen's resolution");
    saveView.addActionListener(e -> saveView());
    saveLabels = add(SAVE_LABELS, "The label map as NIfTI (.nii.gz) or TIFF, on the prior's grid");
    saveLabels.addActionListener(e -> saveLabels());
    final JButton copy = add(COPY, "The code's values as text, for a script");
    copy.addActionListener(e -> copy());
    refresh();
  }

  private JButton add(final String text, final String tip) {
    final JButton button = new JButton(text);
    button.setToolTipText(tip);
    add(button);
    return button;
  }

  /** Whether there is something to save. */
  boolean isReady() {
    return saveView.isEnabled();
  }

  /** Enables what can be done now. */
  void refresh() {
    saveView.setEnabled(explorer.frame() != null);
    saveLabels.setEnabled(explorer.frame() != null);
  }

  /** Finds axes from label maps that a person chooses. */
  void measureAxes() {
    final List<Path> paths = files.openMany("Label maps, or a folder of them");
    try {
      if (!paths.isEmpty()) explorer.tasks().measureAxes(LabelSource.all(paths));
    } catch (final org.anatomicalpriors.InvalidInputException e) {
      listener.told(e.getMessage(), true);
    }
  }

  private void saveView() {
    final Path file = files.save("Save the view", "anatomy.png", ".png");
    if (file != null) explorer.tasks().saveView(file);
  }

  private void saveLabels() {
    final Path file = files.save("Save the label map", "anatomy.nii.gz", ".nii.gz");
    if (file != null) explorer.tasks().saveLabels(file);
  }

  private void copy() {
    final StringJoiner text = new StringJoiner(", ", "[", "]");
    for (final float v : explorer.point().code()) text.add(Float.toString(v));
    Toolkit.getDefaultToolkit()
        .getSystemClipboard()
        .setContents(new StringSelection(text.toString()), null);
    listener.told(
        "The " + explorer.space().length() + " values of the code are on the clipboard.", false);
  }
}
