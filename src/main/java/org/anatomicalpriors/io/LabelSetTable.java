package org.anatomicalpriors.io;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anatomicalpriors.Excerpt;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.labels.Label;
import org.anatomicalpriors.labels.LabelMaps;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.labels.Palette;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows of one label table, checked and turned into a {@link LabelSet}. */
final class LabelSetTable {

  private static final Logger LOG = LoggerFactory.getLogger(LabelSetTable.class);
  private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}");
  private static final Pattern SIDE = Pattern.compile("(?i)\\b(left|right)\\b");

  private static final class Row {
    private long line;
    private int id;
    private String name;
    private int rgb;
    private Set<Integer> sources = new LinkedHashSet<>();
    private String group; // null: not given
    private Integer mirror; // null: none
  }

  private final String file;
  private final Map<String, String> columns = new HashMap<>(); // our name -> the table's
  private final Map<Integer, Row> rows = new LinkedHashMap<>();

  LabelSetTable(final String file, final CSVParser parser) {
    this.file = file;
    for (final String header : parser.getHeaderNames())
      findColumn(header.replace("\uFEFF", ""), header);
    if (!columns.containsKey("id") || !columns.containsKey("name"))
      throw new InvalidInputException(
          file
              + " has the columns "
              + Excerpt.of(parser.getHeaderNames().toString())
              + "; a label set needs a header row with at least id and name.");
    for (final CSVRecord record : parser) {
      final Row row = parse(record, parser.getCurrentLineNumber());
      if (rows.put(row.id, row) != null) throw error(row.line, "id " + row.id + " occurs twice");
    }
    if (rows.keySet().stream().allMatch(id -> id == 0))
      throw new InvalidInputException(
          file + " lists no structure; add a row with id and name for each.");
    checkMerges();
  }

  LabelSet toLabelSet() {
    if (!columns.containsKey("mirror")) pairSidesByName();
    checkMirrors();
    final List<Label> labels = new ArrayList<>();
    if (!rows.containsKey(0)) labels.add(LabelMaps.background(List.of(0)));
    for (final Row row : rows.values()) {
      final Label label =
          new Label(
              row.id,
              row.name,
              row.rgb,
              new ArrayList<>(row.sources),
              row.group == null ? withoutSide(row.name) : row.group,
              row.mirror == null ? row.id : row.mirror);
      labels.add(row.id == 0 ? 0 : labels.size(), label);
    }
    if (labels.size() > LabelSet.MAX_SIZE)
      throw new InvalidInputException(
          file
              + " lists "
              + labels.size()
              + " labels; at most "
              + LabelSet.MAX_SIZE
              + " with the background are possible: merge some.");
    return new LabelSet(labels);
  }

  private void findColumn(final String header, final String key) {
    final String name = header.trim().toLowerCase(Locale.ROOT);
    if (name.equals("structure")) columns.putIfAbsent("name", key);
    else if (name.equals("colour")) columns.putIfAbsent("color", key);
    else if (name.startsWith("merge") || name.startsWith("source"))
      columns.putIfAbsent("merge", key);
    else columns.put(name, key);
  }

  private Row parse(final CSVRecord record, final long line) {
    final Row row = new Row();
    row.line = line;
    row.id = id(cell(record, "id"), "id", line);
    row.name = cell(record, "name");
    if (row.name.isEmpty()) throw error(line, "the name is empty");
    final String color = cell(record, "color");
    if (!color.isEmpty() && !COLOR.matcher(color).matches())
      throw error(line, "the color '" + Excerpt.of(color) + "' is not of the form #RRGGBB");
    row.rgb = color.isEmpty() ? Palette.color(row.id) : Integer.parseInt(color.substring(1), 16);
    row.sources.add(row.id);
    for (final String part : cell(record, "merge").split("[\\s;]+"))
      if (!part.isEmpty()) row.sources.add(id(part, columns.get("merge"), line));
    final String group = cell(record, "group");
    row.group = group.isEmpty() ? null : group;
    final String mirror = cell(record, "mirror");
    row.mirror = mirror.isEmpty() ? null : id(mirror, "mirror", line);
    return row;
  }

  private String cell(final CSVRecord record, final String column) {
    final String header = columns.get(column);
    return header != null && record.isSet(header) ? record.get(header).trim() : "";
  }

  private int id(final String text, final String column, final long line) {
    try {
      final int id = Integer.parseInt(text);
      if (id >= 0) return id;
    } catch (final NumberFormatException e) {
      // Reported below, like a negative number.
    }
    throw error(
        line,
        "'"
            + Excerpt.of(text)
            + "' in column "
            + Excerpt.of(column)
            + " is not a whole number of 0 or more");
  }

  /**
   * An id may become one label only. A column that is called source... and reuses ids of other rows
   * speaks of the numbering of another map (where the labels came from), so it is left aside.
   */
  private void checkMerges() {
    final Map<Integer, Row> owner = new HashMap<>();
    for (final Row row : rows.values())
      for (final int source : row.sources) {
        final Row other = owner.put(source, row);
        if (other == null) continue;
        final String column = columns.get("merge");
        if (column.toLowerCase(Locale.ROOT).startsWith("source")) {
          LOG.warn(
              "{}: column '{}' reuses ids of other rows, so it was taken as the numbering of another map and ignored.",
              file,
              Excerpt.of(column));
          for (final Row r : rows.values()) r.sources = Set.of(r.id);
          return;
        }
        throw error(
            row.line, "id " + source + " already belongs to '" + Excerpt.of(other.name) + "'");
      }
  }

  private void pairSidesByName() {
    final Map<String, Integer> idByName = new HashMap<>();
    for (final Row row : rows.values()) idByName.put(row.name.toLowerCase(Locale.ROOT), row.id);
    for (final Row row : rows.values()) {
      final Matcher side = SIDE.matcher(row.name);
      if (!side.find()) continue;
      final String other = side.group().equalsIgnoreCase("left") ? "right" : "left";
      row.mirror = idByName.get(side.replaceFirst(other).toLowerCase(Locale.ROOT));
    }
  }

  /** Mirrors must be mutual, or a flip would lose a structure; naming one side is enough. */
  private void checkMirrors() {
    for (final Row row : rows.values()) {
      if (row.mirror == null) continue;
      final Row other = rows.get(row.mirror);
      if (other == null)
        throw error(row.line, "mirror " + row.mirror + " is not the id of any row");
      if (other.mirror == null) other.mirror = row.id;
      if (other.mirror != row.id)
        throw error(
            row.line, "mirror " + row.mirror + " is already the mirror of id " + other.mirror);
    }
  }

  /** The name without "left" or "right": both sides look alike. */
  private static String withoutSide(final String name) {
    final String bare = SIDE.matcher(name).replaceAll("");
    int start = 0, end = bare.length();
    // By hand: a regular expression would look at every run of spaces once for each of its starts.
    while (start < end && separates(bare.charAt(start))) start++;
    while (end > start && separates(bare.charAt(end - 1))) end--;
    final String group = bare.substring(start, end);
    return group.isEmpty() ? name : group;
  }

  private static boolean separates(final char c) {
    return c == '_' || c == '-' || c <= ' ' && Character.isWhitespace(c);
  }

  private InvalidInputException error(final long line, final String what) {
    return new InvalidInputException(
        file + ", line " + line + ": " + what + "; correct this row of the label table.");
  }
}
