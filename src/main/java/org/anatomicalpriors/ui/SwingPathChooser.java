package org.anatomicalpriors.ui;

import java.awt.Component;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.swing.JFileChooser;
import javax.swing.JOptionPane;

/** Asks with Swing's own dialogs, each time in the folder of the time before. */
final class SwingPathChooser implements PathChooser {

  private final Component parent;
  private File folder;

  SwingPathChooser(final Component parent) {
    this.parent = parent;
  }

  @Override
  public Path open(final String title) {
    final JFileChooser chooser = chooser(title);
    return chooser.showOpenDialog(parent) == JFileChooser.APPROVE_OPTION ? chosen(chooser) : null;
  }

  @Override
  public List<Path> openMany(final String title) {
    final JFileChooser chooser = chooser(title);
    chooser.setFileSelectionMode(JFileChooser.FILES_AND_DIRECTORIES);
    chooser.setMultiSelectionEnabled(true);
    final List<Path> paths = new ArrayList<>();
    if (chooser.showOpenDialog(parent) == JFileChooser.APPROVE_OPTION)
      for (final File f : chooser.getSelectedFiles()) paths.add(f.toPath());
    folder = chooser.getCurrentDirectory();
    return paths;
  }

  @Override
  public Path save(final String title, final String name, final String ending) {
    final JFileChooser chooser = chooser(title);
    chooser.setSelectedFile(new File(name));
    if (chooser.showSaveDialog(parent) != JFileChooser.APPROVE_OPTION) return null;
    Path file = chosen(chooser);
    if (file.getFileName().toString().indexOf('.') < 0)
      file = file.resolveSibling(file.getFileName() + ending);
    return !Files.exists(file) || replaces(file) ? file : null;
  }

  private boolean replaces(final Path file) {
    return JOptionPane.showConfirmDialog(
            parent,
            file.getFileName() + " exists. Replace it?",
            "Replace a file",
            JOptionPane.OK_CANCEL_OPTION)
        == JOptionPane.OK_OPTION;
  }

  private JFileChooser chooser(final String title) {
    final JFileChooser chooser = new JFileChooser(folder);
    chooser.setDialogTitle(title);
    return chooser;
  }

  private Path chosen(final JFileChooser chooser) {
    folder = chooser.getCurrentDirectory();
    return chooser.getSelectedFile().toPath();
  }
}
