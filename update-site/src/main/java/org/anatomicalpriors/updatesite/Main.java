package org.anatomicalpriors.updatesite;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.anatomicalpriors.InvalidInputException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code update-site/build} and {@code update-site/validate} call. */
@Command(
    name = "update-site",
    description = "Makes and checks the update site.",
    subcommands = {BuildCommand.class, ValidateCommand.class})
public final class Main {

  private Main() {}

  public static void main(final String... arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              if (!(failure instanceof InvalidInputException
                  || failure instanceof IOException
                  || failure instanceof UncheckedIOException)) throw failure;
              command
                  .getErr()
                  .println(
                      failure instanceof InvalidInputException
                          ? failure.getMessage()
                          : "Reading or writing failed: " + failure);
              return 1;
            });
  }
}
