package org.anatomicalpriors.settings;

import org.anatomicalpriors.settings.Setting.Kind;

/** What a setting takes, in words. */
final class SettingRange {

  /** Whole numbers beyond this are not written out. */
  private static final double LARGE = 1e15;

  private SettingRange() {}

  static String of(final Setting<?> s) {
    switch (s.kind()) {
      case CHOICE:
      case FLAG:
        return "one of " + String.join(", ", s.choices());
      case TEXT:
        return "text";
      case FILE:
        return "a file";
      case FILE_OR_FOLDER:
        return "a file or folder";
      case FILES:
        return "files or folders";
      case SAVE:
        return "a file to write";
      case FOLDER:
        return "a folder to write into";
      default:
        return numbers(s);
    }
  }

  private static String numbers(final Setting<?> s) {
    final String limits = limits(s) + (s.unit().isEmpty() ? "" : " " + s.unit());
    if (s.kind() == Kind.INTEGERS) return "whole numbers" + limits + " joined by commas";
    return (s.kind() == Kind.INTEGER ? "a whole number" : "a number") + limits;
  }

  /** The limits in words; nothing for those that are only the type's own. */
  private static String limits(final Setting<?> s) {
    return s.least() <= Long.MIN_VALUE && s.most() >= Long.MAX_VALUE
        ? ""
        : " from " + plain(s.least()) + " to " + plain(s.most());
  }

  private static String plain(final double v) {
    return v == Math.rint(v) && Math.abs(v) < LARGE
        ? Long.toString((long) v)
        : Double.toString(v).replace(".0E", "e").replace('E', 'e');
  }
}
