package org.anatomicalpriors.command;

import ij.ImagePlus;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.module.Module;

/** A context as Fiji has it, without a screen. */
final class Fiji implements AutoCloseable {

  final Context context;

  Fiji() {
    this(new Context());
  }

  Fiji(final Context context) {
    this.context = context;
  }

  Module run(final Class<? extends Command> command, final Object... inputs) {
    try {
      return start(command, inputs).get();
    } catch (final ExecutionException e) {
      Throwable cause = e;
      while (cause.getCause() != null && !(cause instanceof Failure)) cause = cause.getCause();
      if (cause instanceof Failure) throw (Failure) cause;
      throw new AssertionError(e);
    } catch (final InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  Future<CommandModule> start(final Class<? extends Command> command, final Object... inputs) {
    return context.service(CommandService.class).run(command, true, inputs);
  }

  static ImagePlus image(final Module module, final String output) {
    return (ImagePlus) module.getOutput(output);
  }

  @Override
  public void close() {
    context.dispose();
  }
}
