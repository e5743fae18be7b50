package org.anatomicalpriors.ui;

import ij.ImagePlus;
import ij.WindowManager;
import java.awt.Component;
import java.nio.file.Path;
import java.util.function.Consumer;
import javax.swing.JMenuItem;
import javax.swing.JPopupMenu;

/** Asks for a label map: a file, or one of the images that are open in ImageJ. */
final class LabelSourceMenu {

  static final String FILE = "From a file\u2026";

  private final PathChooser files;

  LabelSourceMenu(final PathChooser files) {
    this.files = files;
  }

  /**
   * Asks by a menu below the component, or for a file at once where no image is open.
   *
   * @param chosen called if one was chosen
   */
  void ask(final Component below, final String title, final Consumer<LabelSource> chosen) {
    final int[] open = WindowManager.getIDList();
    if (open == null) {
      askForFile(title, chosen);
      return;
    }
    final JPopupMenu menu = new JPopupMenu();
    final JMenuItem head = new JMenuItem(title);
    head.setEnabled(false);
    menu.add(head);
    menu.add(FILE).addActionListener(e -> askForFile(title, chosen));
    menu.addSeparator();
    for (final int id : open) {
      final ImagePlus image = WindowManager.getImage(id);
      if (image != null)
        menu.add(image.getTitle()).addActionListener(e -> chosen.accept(LabelSource.of(image)));
    }
    menu.show(below, 0, below.getHeight());
  }

  private void askForFile(final String title, final Consumer<LabelSource> chosen) {
    final Path file = files.open(title);
    if (file != null) chosen.accept(LabelSource.of(file));
  }
}
