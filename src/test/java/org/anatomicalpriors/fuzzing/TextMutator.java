package org.anatomicalpriors.fuzzing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damages tables of text: cells, rows, quotes, numbers, long runs, odd characters. */
final class TextMutator {

  private static final int MOST_STEPS = 4;

  private static final String[] TOKENS = {
    "",
    " ",
    ",",
    ",,,,,,",
    ";",
    "\t",
    "\"",
    "\"\"",
    "\"a\"b",
    "\n",
    "\r\n",
    "\r",
    "\uFEFF",
    "\u0000",
    "\u2028",
    "#",
    "#ffffff",
    "#gggggg",
    "id",
    "ID",
    "name",
    "color",
    "merge",
    "sources",
    "group",
    "mirror",
    "left x",
    "right x",
    "Left-Right",
    "null",
    "1 2 3",
    "1;2;3",
    "0",
    "-0",
    "+1",
    "00",
    "1.0",
    "0x1",
    "99999999999999999999",
    "\u0663",
    "\uD83E\uDDE0",
    "\uD83E",
    "e\u0301",
    "{",
    "}",
    "[",
    "]",
    "[[[[[[[[",
    "\\",
    "\\u0000",
    "'",
    "../../x",
    "NaN",
    "1e999",
    "true"
  };

  private TextMutator() {}

  static String mutate(final String text, final String other, final SplittableRandom random) {
    String t = text;
    for (int steps = 1 + random.nextInt(MOST_STEPS); steps > 0; steps--) t = step(t, other, random);
    return t;
  }

  private static String step(final String t, final String other, final SplittableRandom random) {
    final int at = random.nextInt(t.length() + 1);
    switch (random.nextInt(8)) {
      case 0:
        return t.substring(0, at) + token(random) + t.substring(at);
      case 1:
        return t.substring(0, at);
      case 2:
        return t.substring(0, at) + run(random) + t.substring(at);
      case 3:
        return lines(t, other, random);
      default:
        return cells(t, random);
    }
  }

  /** Puts a row elsewhere, twice, or from another table. */
  private static String lines(final String t, final String other, final SplittableRandom random) {
    final List<String> rows = new ArrayList<>(Arrays.asList(t.split("\n", -1)));
    final List<String> from = random.nextBoolean() ? rows : Arrays.asList(other.split("\n", -1));
    final String row = from.get(random.nextInt(from.size()));
    final int at = random.nextInt(rows.size());
    if (random.nextBoolean()) rows.set(at, row);
    else for (int i = random.nextInt(3); i >= 0; i--) rows.add(at, row);
    return String.join("\n", rows);
  }

  /** Replaces one cell. */
  private static String cells(final String t, final SplittableRandom random) {
    final String[] cells = t.split("(?<=[,\n])|(?=[,\n])", -1);
    cells[random.nextInt(cells.length)] = random.nextInt(4) == 0 ? number(random) : token(random);
    return String.join("", cells);
  }

  static String token(final SplittableRandom random) {
    return TOKENS[random.nextInt(TOKENS.length)];
  }

  private static String number(final SplittableRandom random) {
    final double v = Numbers.any(random);
    return random.nextBoolean() ? String.valueOf((long) v) : String.valueOf(v);
  }

  /** A long run of one thing, now and then a very long one. */
  private static String run(final SplittableRandom random) {
    final String what = random.nextBoolean() ? token(random) : "_";
    return what.repeat(random.nextInt(random.nextInt(100) == 0 ? 100_000 : 200));
  }
}
