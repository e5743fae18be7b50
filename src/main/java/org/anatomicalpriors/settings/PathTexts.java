package org.anatomicalpriors.settings;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Paths written as text. */
final class PathTexts {

  private PathTexts() {}

  /** A path; null if the text is empty. */
  static Path one(final String text) {
    return text.isEmpty() ? null : Paths.get(text);
  }

  /** Paths joined by {@value Setting#PATH_SEPARATOR}. */
  static List<Path> many(final String text) {
    final List<Path> paths = new ArrayList<>();
    for (final String part : text.split(Setting.PATH_SEPARATOR))
      if (!part.trim().isEmpty()) paths.add(Paths.get(part.trim()));
    return Collections.unmodifiableList(paths);
  }
}
