package org.anatomicalpriors.cli;

import java.util.ArrayList;
import java.util.List;

/** Examples of command lines, for the end of a command's help. */
final class ExampleText {

  private static final int COLUMNS = 78;

  private ExampleText() {}

  static String[] of(final String program, final List<String> examples) {
    final String start = "  " + program + " ";
    final List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(examples.size() == 1 ? "Example:" : "Examples:");
    for (final String example : examples) addTo(lines, start + example, start.length());
    return lines.stream().map(SettingOptions::escaped).toArray(String[]::new);
  }

  /** Parts a long line before an option, as a shell reads it. */
  private static void addTo(final List<String> lines, final String example, final int start) {
    String rest = example;
    while (rest.length() > COLUMNS) {
      final int at = rest.lastIndexOf(" --", COLUMNS - 2);
      if (at <= start) break;
      lines.add(rest.substring(0, at) + " \\");
      rest = "     " + rest.substring(at);
    }
    lines.add(rest);
  }
}
