package org.anatomicalpriors.accuracy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.anatomicalpriors.Version;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.measuring.Lines;
import org.anatomicalpriors.measuring.TableDocument;
import org.anatomicalpriors.progress.Durations;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.tensorflow.Engine;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs studies and writes their tables into the document. */
@Command(
    name = "accuracy",
    mixinStandardHelpOptions = true,
    description =
        "Measures accuracy on label maps and images and writes the tables of a document. Models are trained when first needed and kept; what is there is taken.")
final class Accuracy implements Callable<Integer>, JobContext {

  @Option(names = "--data", required = true, description = "Folder of the data.")
  private Path data;

  @Option(names = "--models", required = true, description = "Folder in which models are kept.")
  private Path models;

  @Option(names = "--document", required = true, description = "Markdown document to write into.")
  private Path document;

  @Option(names = "--list", description = "Only list the studies.")
  private boolean list;

  @Parameters(arity = "0..*", description = "Studies to run; all if none is named.")
  private List<String> names = List.of();

  private final Progress progress = new Lines();

  private Accuracy() {}

  public static void main(final String... args) {
    System.setProperty("java.awt.headless", "true");
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
    System.exit(new CommandLine(new Accuracy()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    final Map<String, Study> all =
        new Studies(new SharedData(data), document.resolveSibling("images")).all();
    if (list) {
      all.keySet().forEach(System.out::println);
      return 0;
    }
    if (!all.keySet().containsAll(names))
      throw new CommandLine.ParameterException(
          new CommandLine(this), "There are the studies " + String.join(", ", all.keySet()) + ".");
    Files.createDirectories(models);
    final Engine engine = Engine.start("auto", 0, false);
    final Bench bench = new Bench(models, engine, this);
    for (final String name : all.keySet()) {
      if (!names.isEmpty() && !names.contains(name)) continue;
      final long start = System.nanoTime();
      final ResultTable table = all.get(name).run(bench);
      System.out.println(table);
      new TableDocument(document).put(name, table, how(name, engine, start));
    }
    return 0;
  }

  private static String how(final String study, final Engine engine, final long start) {
    return String.format(
        Locale.ROOT,
        "`scripts/accuracy %s`, version %s, %d threads, %s, %s.",
        study,
        Version.current(),
        engine.threads(),
        Durations.text((System.nanoTime() - start) / 1e9),
        LocalDate.now());
  }

  @Override
  public Progress progress() {
    return progress;
  }

  @Override
  public <T> Optional<T> find(final Class<T> type) {
    return Optional.empty();
  }
}
