package org.anatomicalpriors.cli;

import java.util.ArrayList;
import java.util.List;

/** Examples of command lines, for the end of a command's help. */
final class ExampleText {

  private static final String PROGRAM = "  anatomical-priors ";
  private static final int COLUMNS = 78;

  private ExampleText() {}

  static String[] of(final List<String> examples) {
    final List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(examples.size() == 1 ? "Example:" : "Examples:");
    for (final String example : examples) addTo(lines, PROGRAM + example);
    return lines.stream().map(SettingOptions::escaped).toArray(String[]::new);
  }

  /** Parts a long line before an option, as a shell reads it. */
  private static void addTo(final List<String> lines, final String example) {
    String rest = example;
    while (rest.length() > COLUMNS) {
      final int at = rest.lastIndexOf(" --", COLUMNS - 2);
      if (at <= PROGRAM.length()) break;
      lines.add(rest.substring(0, at) + " \\");
      rest = "     " + rest.substring(at);
    }
    lines.add(rest);
  }
}
