package org.anatomicalpriors.ui;

import java.awt.Color;
import javax.swing.UIManager;

/** Colours that can be read on the light and on the dark surfaces of whatever look is in use. */
final class Tones {

  private static final Color BLUE = new Color(0x1F5FA8), LIGHT_BLUE = new Color(0x8EC0F5);
  private static final Color ORANGE = new Color(0xB35400), LIGHT_ORANGE = new Color(0xF2A65E);
  private static final Color PALE = new Color(0xE3EAF2), DARK = new Color(0x3A4A5C);
  private static final double MUTED_SHARE = 0.4;

  private Tones() {}

  private static Color of(final String key, final Color otherwise) {
    final Color c = UIManager.getColor(key);
    return c == null ? otherwise : c;
  }

  private static boolean isDark() {
    final Color c = of("Panel.background", Color.WHITE);
    return 0.3 * c.getRed() + 0.59 * c.getGreen() + 0.11 * c.getBlue() < 128;
  }

  /** Behind everything: white, or the look's own if that is dark. */
  static Color paper() {
    return isDark() ? of("Panel.background", Color.BLACK) : Color.WHITE;
  }

  static Color text() {
    return of("Label.foreground", Color.BLACK);
  }

  /** Text of lesser weight. */
  static Color muted() {
    return mix(text(), paper(), MUTED_SHARE);
  }

  /** Thin lines. */
  static Color rule() {
    return mix(text(), paper(), 0.88);
  }

  /** Marks a row. */
  static Color marked() {
    return isDark() ? DARK : PALE;
  }

  /** Of less than usual; the colour-blind can tell it from {@link #more}. */
  static Color less() {
    return isDark() ? LIGHT_BLUE : BLUE;
  }

  /** Of more than usual, and of trouble. */
  static Color more() {
    return isDark() ? LIGHT_ORANGE : ORANGE;
  }

  private static Color mix(final Color a, final Color b, final double share) {
    return new Color(
        mix(a.getRed(), b.getRed(), share),
        mix(a.getGreen(), b.getGreen(), share),
        mix(a.getBlue(), b.getBlue(), share));
  }

  private static int mix(final int a, final int b, final double share) {
    return (int) Math.round(a + share * (b - a));
  }
}
