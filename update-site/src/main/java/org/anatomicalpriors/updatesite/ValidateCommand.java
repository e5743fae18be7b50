package org.anatomicalpriors.updatesite;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code update-site/validate}. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Checks the folder of an update site: the grammar of its records, every size and checksum, that"
          + " nothing of Fiji's is replaced, that dependencies are there, platforms and times.",
      "Then installs it into an empty folder and segments an image there, with the shell and with a"
          + " script."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the site can be published", "1:it cannot; see the sentences"})
final class ValidateCommand implements Callable<Integer> {

  @Mixin private BuiltProject project;
  @CommandLine.Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The site's folder.")
  private Path site;

  @Option(
      names = "--natives-site",
      paramLabel = "DIR",
      description =
          "Folder of the second site, to be checked and installed too. Default: TensorFlow's native"
              + " library is taken from the build.")
  private Path nativesSite;

  @Option(names = "--no-trial", description = "Do not install and try the plugin.")
  private boolean noTrial;

  @Override
  public Integer call() throws IOException, InterruptedException {
    final List<Path> sites = new ArrayList<>(List.of(site));
    if (nativesSite != null) sites.add(nativesSite);
    final SiteValidator validator = new SiteValidator(ShippedByFiji.list());
    int wrong = 0;
    for (final Path folder : sites)
      for (final String problem : validator.problems(folder)) {
        wrong++;
        spec.commandLine().getErr().println(problem);
      }
    final PrintWriter out = spec.commandLine().getOut();
    if (wrong == 0 && !noTrial) {
      out.println("The files are right. Trying them in an empty Fiji folder ...");
      out.flush();
      tryOut(sites);
    }
    if (wrong == 0) out.println("The site can be published.");
    return wrong == 0 ? 0 : 1;
  }

  private void tryOut(final List<Path> sites) throws IOException, InterruptedException {
    final Path folder = Files.createTempDirectory("update-site-trial");
    try {
      TrialInstallation.make(sites, project.libraries(), folder)
          .segment(project.release().version(), project.testClassPath());
    } finally {
      Folders.delete(folder);
    }
  }
}
