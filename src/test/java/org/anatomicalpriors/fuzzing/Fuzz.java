package org.anatomicalpriors.fuzzing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs as many damaged files as wanted against every reader: {@code scripts/fuzz}. */
public final class Fuzz {

  private Fuzz() {}

  /**
   * @param args number of inputs for each reader, and number of the first one
   */
  public static void main(final String[] args) throws IOException, InterruptedException {
    final int count = args.length > 0 ? Integer.parseInt(args[0]) : 50_000;
    final int first = args.length > 1 ? Integer.parseInt(args[1]) : 0;
    final List<String> only = Arrays.asList(args).subList(Math.min(2, args.length), args.length);
    final Path work = Files.createTempDirectory("fuzz-");
    int wrong = 0;
    for (final Source source : sources(work)) {
      if (!only.isEmpty() && !only.contains(source.name())) continue;
      final long start = System.nanoTime();
      final Path root = Files.createTempDirectory("fuzz-");
      final Campaign campaign = new Campaign(source, root).run(first, count);
      System.out.printf("%s (%d s)%n", campaign, (System.nanoTime() - start) / 1_000_000_000);
      campaign.complaints().forEach(System.out::println);
      if (Boolean.getBoolean("fuzz.refusals"))
        campaign.refusals().forEach((m, n) -> System.out.println("  " + n + " " + m));
      wrong += campaign.complaints().size();
      delete(root);
    }
    delete(work);
    System.exit(wrong > 0 ? 1 : 0);
  }

  private static void delete(final Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (final Path p : all.sorted(Comparator.reverseOrder()).collect(Collectors.toList()))
        Files.delete(p);
    }
  }

  static List<Source> sources(final Path work) throws IOException {
    return List.of(new NiftiSource(work), new LabelSetSource(), new BundleSource(work));
  }
}
