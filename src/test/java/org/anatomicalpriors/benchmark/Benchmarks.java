package org.anatomicalpriors.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.anatomicalpriors.Version;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.measuring.TableDocument;
import org.anatomicalpriors.progress.Durations;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures parts of the program and writes their tables into the document. */
@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    description = "Measures speed and memory and writes the tables of a document.")
final class Benchmarks implements Callable<Integer> {

  @Option(names = "--document", required = true, description = "Markdown document to write into.")
  private Path document;

  @Option(names = "--list", description = "Only list the parts.")
  private boolean list;

  @Parameters(arity = "0..*", description = "Parts to measure; all if none is named.")
  private List<String> names = List.of();

  private Benchmarks() {}

  public static void main(final String... args) {
    System.setProperty("java.awt.headless", "true");
    System.setProperty("jmh.ignoreLock", "true"); // whoever else measures has a lock of his own
    System.exit(new CommandLine(new Benchmarks()).execute(args));
  }

  private static Map<String, Part> parts() {
    final Map<String, Part> all = new LinkedHashMap<>();
    all.put("files", new FilesPart());
    all.put("space", new SpacePart());
    all.put("alignment", new AlignmentPart());
    all.put("closed-form", new ClosedFormPart());
    all.put("training", new TrainingPart());
    all.put("segmentation", new SegmentationPart());
    all.put("batch", new BatchPart());
    return all;
  }

  @Override
  public Integer call() throws Exception {
    final Map<String, Part> parts = parts();
    if (list) {
      parts.keySet().forEach(System.out::println);
      return 0;
    }
    if (!parts.keySet().containsAll(names))
      throw new CommandLine.ParameterException(
          new CommandLine(this), "There are the parts " + String.join(", ", parts.keySet()) + ".");
    for (final String name : parts.keySet()) {
      if (!names.isEmpty() && !names.contains(name)) continue;
      final long start = System.nanoTime();
      final Path folder = Files.createTempDirectory("benchmark");
      try {
        final ResultTable table = parts.get(name).measure(folder);
        System.out.println(table);
        new TableDocument(document).put(name, table, how(name, start));
      } finally {
        delete(folder);
      }
    }
    return 0;
  }

  private static void delete(final Path folder) throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      for (final Path p : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator)
        Files.delete(p);
    }
  }

  private static String how(final String part, final long start) {
    return String.format(
        Locale.ROOT,
        "`scripts/benchmark %s`, version %s, %d threads, %s, %s.",
        part,
        Version.current(),
        Runtime.getRuntime().availableProcessors(),
        Durations.text((System.nanoTime() - start) / 1e9),
        LocalDate.now());
  }
}
