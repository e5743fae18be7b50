package org.anatomicalpriors.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Runs one command and keeps what it says. */
final class Shell {

  final Cancellation cancellation = new Cancellation();
  final int code;
  final String out;
  final String err;

  private Shell(final boolean cancelled, final String... args) {
    if (cancelled) cancellation.request();
    final StringWriter outText = new StringWriter(), errText = new StringWriter();
    final CommandLine main = Main.commandLine(cancellation);
    main.setOut(new PrintWriter(outText, true)).setErr(new PrintWriter(errText, true));
    code = main.execute(args);
    out = outText.toString();
    err = errText.toString();
  }

  static Shell run(final Object... args) {
    return new Shell(false, texts(args));
  }

  /** As {@link #run}, with Ctrl-C pressed before. */
  static Shell runCancelled(final Object... args) {
    return new Shell(true, texts(args));
  }

  private static String[] texts(final Object... args) {
    final String[] texts = new String[args.length];
    for (int i = 0; i < args.length; i++) texts[i] = args[i].toString();
    return texts;
  }
}
