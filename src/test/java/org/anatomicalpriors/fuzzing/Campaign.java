package org.anatomicalpriors.fuzzing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anatomicalpriors.InvalidInputException;

/**
 * Many damaged files for one reader. It must open each or refuse it with one sentence, in bounded
 * memory, without hanging and without writing anything beside the file.
 */
final class Campaign {

  /** Enough to see what is wrong. */
  private static final int MOST_COMPLAINTS = 20;

  private static final int WARM_UP = 50;
  private static final int LONGEST_MESSAGE = 1200;
  private static final long SEED = 0x5eedL;

  /** Folders above the one with the files, so that a path that leads out of it is seen. */
  private static final String INNER = "a/b/c";

  private final Source source;
  private final Path root;
  private final List<String> complaints = new ArrayList<>();
  private final Map<String, Integer> refusals = new TreeMap<>();
  private int opened;
  private int refused;
  private double memory;
  private long largest;

  /**
   * @param root an empty folder
   */
  Campaign(final Source source, final Path root) {
    this.source = source;
    this.root = root;
  }

  /** Runs the inputs with these numbers. */
  Campaign run(final int first, final int count) throws IOException, InterruptedException {
    final Path folder = Files.createDirectories(root.resolve(INNER));
    final Set<String> empty = files();
    try (Watch watch = new Watch()) {
      warmUp(watch, folder);
      for (int n = first; n < first + count && complaints.size() < MOST_COMPLAINTS; n++) {
        final Input input = source.input(new SplittableRandom(SEED + n));
        final Path file = input.write(folder);
        final Set<String> before = files();
        final Watch.Outcome outcome = watch.run(() -> source.read(file));
        check(n, input, outcome);
        if (!files().equals(before)) complain(n, "left " + files() + " of " + before);
        for (final String name : input.files.keySet()) Files.delete(folder.resolve(name));
        if (!files().equals(empty)) complain(n, "left " + files());
      }
    }
    return this;
  }

  /** Classes that are loaded, and buffers that stay, are not the files' matter. */
  private void warmUp(final Watch watch, final Path folder)
      throws IOException, InterruptedException {
    for (int n = 0; n < WARM_UP; n++) {
      final Input input = source.input(new SplittableRandom(-1 - n));
      final Path file = input.write(folder);
      watch.run(() -> source.read(file));
      for (final String name : input.files.keySet()) Files.delete(folder.resolve(name));
    }
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.map(Path::toString).collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private void check(final int n, final Input input, final Watch.Outcome outcome)
      throws IOException {
    if (outcome.thrown == null) opened++;
    else if (outcome.thrown instanceof InvalidInputException) {
      refused++;
      checkMessage(n, outcome.thrown.getMessage());
    } else
      complain(
          n,
          outcome.thrown
              + " at "
              + Arrays.stream(outcome.thrown.getStackTrace())
                  .limit(6)
                  .map(StackTraceElement::toString)
                  .collect(Collectors.joining(" < ")));
    final long most = source.mostMemory(input);
    if (outcome.allocated > most)
      complain(n, "took " + outcome.allocated + " bytes of memory, more than " + most);
    memory = Math.max(memory, (double) outcome.allocated / most);
    largest = Math.max(largest, outcome.allocated);
  }

  private void checkMessage(final int n, final String message) {
    final String names = message.replace(root.toString(), "");
    refusals.merge(names.replaceAll("[\\d.]+|\\(.*\\)", "#"), 1, Integer::sum);
    if (names.length() > LONGEST_MESSAGE
        || !names.endsWith(".")
        || names.chars().anyMatch(Character::isISOControl))
      complain(n, "is refused with what is no sentence: " + names);
  }

  private void complain(final int n, final String what) {
    complaints.add(source.name() + ", input " + n + ": " + what);
  }

  /** What a reader did wrong, with the number of the input. */
  List<String> complaints() {
    return complaints;
  }

  int opened() {
    return opened;
  }

  int refused() {
    return refused;
  }

  /** How often each refusal was seen, with numbers and what stands in brackets left out. */
  Map<String, Integer> refusals() {
    return refusals;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %d opened, %d refused in %d ways, %d wrong; most memory %.1f MB, %.0f %% of what is allowed",
        source.name(),
        opened,
        refused,
        refusals.size(),
        complaints.size(),
        largest / 1e6,
        100 * memory);
  }
}
