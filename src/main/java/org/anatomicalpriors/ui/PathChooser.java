package org.anatomicalpriors.ui;

import java.nio.file.Path;
import java.util.List;

/** Asks a person for files; {@code null} or an empty list if they thought better of it. */
interface PathChooser {

  /** One file to read. */
  Path open(String title);

  /** Files and folders to read. */
  List<Path> openMany(String title);

  /**
   * One file to write.
   *
   * @param name proposed
   * @param ending added to a name without one, such as {@code .png}
   */
  Path save(String title, String name, String ending);
}
