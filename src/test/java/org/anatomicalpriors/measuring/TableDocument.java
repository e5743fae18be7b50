package org.anatomicalpriors.measuring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anatomicalpriors.files.AtomicFiles;
import org.anatomicalpriors.job.ResultTable;

/**
 * A Markdown document in which each table stands between comments with its name; what stands
 * outside is written by people and stays.
 */
public final class TableDocument {

  private final Path file;

  public TableDocument(final Path file) {
    this.file = file;
  }

  /**
   * Puts a table in its place, or at the end if the document does not know it.
   *
   * @param how it was made
   */
  public void put(final String name, final ResultTable table, final String how) throws IOException {
    final String begin = "<!-- " + name + " -->", end = "<!-- end of " + name + " -->";
    final String section = begin + "\n\n" + markdown(table) + "\n" + how + "\n\n" + end;
    final String old = Files.exists(file) ? Files.readString(file) : "";
    final Matcher m =
        Pattern.compile(Pattern.quote(begin) + ".*?" + Pattern.quote(end), Pattern.DOTALL)
            .matcher(old);
    final String all =
        m.find()
            ? old.substring(0, m.start()) + section + old.substring(m.end())
            : old + "\n" + section + "\n";
    AtomicFiles.write(file, out -> out.write(all.getBytes(StandardCharsets.UTF_8)));
  }

  private static String markdown(final ResultTable table) {
    final StringBuilder s = new StringBuilder();
    s.append("| ").append(String.join(" | ", table.columns())).append(" |\n|");
    for (int c = 0; c < table.columns().size(); c++)
      s.append(table.rows().get(0).get(c) instanceof Number ? " ---: |" : " --- |");
    s.append('\n');
    for (int r = 0; r < table.rows().size(); r++) {
      s.append('|');
      for (int c = 0; c < table.columns().size(); c++)
        s.append(' ').append(table.text(r, c)).append(" |");
      s.append('\n');
    }
    return s.toString();
  }
}
