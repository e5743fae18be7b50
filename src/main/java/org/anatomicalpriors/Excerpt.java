package org.anatomicalpriors;

/**
 * Text from a file, fit to stand in a message: a message is one sentence, whatever a damaged or
 * hostile file holds.
 */
public final class Excerpt {

  private static final int LONGEST = 80;

  private Excerpt() {}

  /** The beginning of the text, on one line and without control characters. */
  public static String of(final String text) {
    return of(text, LONGEST);
  }

  /** The first {@code longest} characters of the text, on one line, without control characters. */
  public static String of(final String text, final int longest) {
    if (text == null) return "nothing";
    final StringBuilder part = new StringBuilder();
    for (int i = 0; i < text.length() && i < longest; i++) {
      final char c = text.charAt(i);
      final boolean shows = !Character.isISOControl(c) && c != '\u2028' && c != '\u2029';
      part.append(shows ? c : ' ');
    }
    return text.length() > longest ? part.append("...").toString() : part.toString();
  }
}
