package org.anatomicalpriors.io;

import java.util.Locale;

/**
 * A unit of length as other programs spell it, brought to one of those that grids use: {@code m},
 * {@code mm}, {@code um}, or {@code pixel} where nothing is known.
 */
enum LengthUnit {
  METRE("m", 1),
  CENTIMETRE("mm", 10),
  MILLIMETRE("mm", 1),
  MICROMETRE("um", 1),
  NANOMETRE("um", 1e-3),
  UNKNOWN("pixel", 1);

  private final String gridUnit;
  private final double factor;

  LengthUnit(final String gridUnit, final double factor) {
    this.gridUnit = gridUnit;
    this.factor = factor;
  }

  /** The unit that a grid should carry. */
  String gridUnit() {
    return gridUnit;
  }

  /** What to multiply lengths with to get {@link #gridUnit()}. */
  double factor() {
    return factor;
  }

  /** The unit of that name; {@link #UNKNOWN} for all others, inch included (a print resolution). */
  static LengthUnit of(final String name) {
    // Both the micro sign and the Greek letter mu are in use.
    final String plain =
        name == null
            ? ""
            : name.trim().toLowerCase(Locale.ROOT).replace('\u00b5', 'u').replace('\u03bc', 'u');
    switch (plain) {
      case "m":
      case "meter":
      case "metre":
        return METRE;
      case "cm":
      case "centimeter":
      case "centimetre":
        return CENTIMETRE;
      case "mm":
      case "millimeter":
      case "millimetre":
        return MILLIMETRE;
      case "um":
      case "micron":
      case "microns":
      case "micrometer":
      case "micrometre":
        return MICROMETRE;
      case "nm":
      case "nanometer":
      case "nanometre":
        return NANOMETRE;
      default:
        return UNKNOWN;
    }
  }
}
