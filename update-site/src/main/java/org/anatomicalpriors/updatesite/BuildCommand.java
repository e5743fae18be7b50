package org.anatomicalpriors.updatesite;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code update-site/build}. */
@Command(
    name = "build",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Makes the folder of an update site for Fiji from this version of the plugin.")
final class BuildCommand implements Callable<Integer> {

  /** Which native libraries go on the second site. */
  enum Natives {
    local,
    all
  }

  @Mixin private BuiltProject project;
  @CommandLine.Spec private CommandSpec spec;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Folder to make; new or empty. Example: site/.")
  private Path output;

  @Option(
      names = "--previous",
      paramLabel = "DIR|FILE",
      description =
          "The last release: its folder, or its db.xml.gz from the server. Its records are kept,"
              + " files that have not changed keep their time. Default: none, the first release.")
  private Path previous;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "Folder of models (.zip) to distribute. Default: none.")
  private Path models;

  @Option(
      names = "--natives-output",
      paramLabel = "DIR",
      description =
          "Folder for a second site, with TensorFlow's native libraries (80 to 150 MB a platform)."
              + " Default: not made.")
  private Path nativesOutput;

  @Option(
      names = "--natives-previous",
      paramLabel = "DIR|FILE",
      description = "The last release of the second site. Default: none.")
  private Path nativesPrevious;

  @Option(
      names = "--natives",
      paramLabel = "local|all",
      description =
          "Platforms of the second site: local takes those that Maven has fetched already, all"
              + " fetches the others from Maven Central. Default: ${DEFAULT-VALUE}.")
  private Natives natives = Natives.local;

  @Option(
      names = "--timestamp",
      paramLabel = "TIME",
      description =
          "Time of the release, such as 2026-11-23T00:00:00Z or seconds since 1970. Default:"
              + " project.build.outputTimestamp of pom.xml.")
  private String timestamp;

  @Override
  public Integer call() throws IOException {
    final Release release = project.release();
    final SiteBuilder builder =
        new SiteBuilder(timestamp == null ? release.timestamp() : Timestamps.of(timestamp));
    Folders.requireEmpty(output);
    if (nativesOutput != null) Folders.requireEmpty(nativesOutput);
    final Path work = Files.createTempDirectory("update-site");
    try {
      report(output, builder.build(release.files(models, work), previous, output));
      if (nativesOutput != null) {
        final List<SiteFile> files = release.natives(natives == Natives.all, work);
        report(nativesOutput, builder.build(files, nativesPrevious, nativesOutput));
      }
    } finally {
      Folders.delete(work);
    }
    return 0;
  }

  private void report(final Path site, final Database database) {
    final PrintWriter out = spec.commandLine().getOut();
    long bytes = 0, files = 0;
    for (final PluginRecord record : database.records())
      if (record.current().isPresent()) {
        files++;
        bytes += record.current().get().size;
      }
    out.printf(
        "The update site is in %s: %d files, %.1f MB, and records of %d obsolete ones.%n",
        site, files, bytes / 1e6, database.records().size() - files);
    out.flush();
  }
}
