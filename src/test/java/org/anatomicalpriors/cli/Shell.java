package org.anatomicalpriors.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;

/** Runs one command and keeps what it says. */
final class Shell {

  final int code;
  final String out;
  final String err;

  private Shell(final Cancellation cancellation, final String... args) {
    final StringWriter outText = new StringWriter(), errText = new StringWriter();
    final CommandLine main = Main.commandLine(cancellation);
    main.setOut(new PrintWriter(outText, true)).setErr(new PrintWriter(errText, true));
    code = main.execute(args);
    out = outText.toString();
    err = errText.toString();
  }

  static Shell run(final Object... args) {
    return new Shell(new Cancellation(), texts(args));
  }

  /** As {@link #run}, with Ctrl-C pressed before. */
  static Shell runCancelled(final Object... args) {
    final Cancellation cancellation = new Cancellation();
    cancellation.request();
    return new Shell(cancellation, texts(args));
  }

  /** As {@link #run}, with Ctrl-C pressed as soon as a file exists. */
  static Shell runUntil(final Path file, final Object... args) {
    final Cancellation cancellation = new Cancellation();
    final CompletableFuture<Shell> shell =
        CompletableFuture.supplyAsync(() -> new Shell(cancellation, texts(args)));
    while (!shell.isDone() && !Files.exists(file)) Thread.onSpinWait();
    cancellation.request();
    return shell.join();
  }

  private static String[] texts(final Object... args) {
    final String[] texts = new String[args.length];
    for (int i = 0; i < args.length; i++) texts[i] = args[i].toString();
    return texts;
  }
}
