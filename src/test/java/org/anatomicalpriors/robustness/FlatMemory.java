package org.anatomicalpriors.robustness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a process holds while it does the same again and again: a table, and by how much it grew
 * over the second half, when everything is loaded, compiled and pooled that ever will be.
 */
final class FlatMemory {

  private final Held allowed;
  private final List<Held> rows = new ArrayList<>();

  /**
   * @param allowed most growth over the second half
   */
  FlatMemory(final Held allowed) {
    this.allowed = allowed;
  }

  static String header() {
    return String.format(
        "%8s %10s %14s %8s %11s", "done", "heap MB", "resident MB", "threads", "files");
  }

  /** Notes what is held after some of the work, and gives a line for it. */
  String add(final int done, final Held held) {
    rows.add(held);
    return line(Integer.toString(done), held);
  }

  private static String line(final String name, final Held h) {
    return String.format(
        Locale.ROOT, "%8s %10.2f %14.1f %8d %11d", name, h.heap, h.resident, h.threads, h.files);
  }

  /** From the middle to the end. */
  private Held growth() {
    final Held a = rows.get((rows.size() - 1) / 2), b = rows.get(rows.size() - 1);
    return new Held(
        b.heap - a.heap, b.resident - a.resident, b.threads - a.threads, b.files - a.files);
  }

  /** Growth over the second half, and what is allowed, as lines of the table. */
  String summary() {
    return line("growth", growth()) + System.lineSeparator() + line("allowed", allowed);
  }

  /** What grew more than is allowed. */
  List<String> complaints() {
    final Held g = growth();
    final List<String> all = new ArrayList<>();
    complain(all, "heap in use (MB)", g.heap, allowed.heap);
    complain(all, "resident memory (MB)", g.resident, allowed.resident);
    complain(all, "threads", g.threads, allowed.threads);
    complain(all, "open files", g.files, allowed.files);
    return all;
  }

  private static void complain(
      final List<String> all, final String what, final double grew, final double allowed) {
    if (grew > allowed)
      all.add(
          String.format(
              Locale.ROOT,
              "%s grew by %.2f over the second half, and %.2f are allowed",
              what,
              grew,
              allowed));
  }
}
