package org.anatomicalpriors.command;

import java.util.Arrays;
import java.util.Collection;
import org.scijava.log.LogLevel;
import org.scijava.log.LogListener;
import org.scijava.log.LogMessage;
import org.scijava.module.DefaultModuleService;
import org.scijava.script.ScriptModule;

/**
 * Hears what SciJava tells to the log alone: that a script has thrown, or was given something that
 * does not fit a parameter.
 */
final class ScriptErrors implements LogListener {

  private static final Collection<String> SPEAKERS =
      Arrays.asList(ScriptModule.class.getName(), DefaultModuleService.class.getName());

  private Throwable thrown;
  private String unfit;

  /** What a script threw, or null if none did; told once. */
  synchronized Throwable takeThrown() {
    final Throwable t = thrown;
    thrown = null;
    return t;
  }

  /**
   * What is wrong with the values given for parameters, or null if nothing is; told once, to
   * whoever asks first.
   */
  synchronized String takeUnfit() {
    final String text = unfit;
    unfit = null;
    return text;
  }

  @Override
  public synchronized void messageLogged(final LogMessage message) {
    if (message.level() > LogLevel.WARN) return; // levels fall with their weight
    final String speaker = speaker();
    if (speaker.equals("run") && message.level() == LogLevel.ERROR) thrown = message.throwable();
    if (speaker.equals("assignInputs"))
      unfit = unfit == null ? message.text() : unfit + "; " + message.text();
  }

  /** SciJava's method that says it; not a script, which may well have caught what it logs. */
  private static String speaker() {
    for (final StackTraceElement frame : Thread.currentThread().getStackTrace()) {
      if (SPEAKERS.contains(frame.getClassName())) return frame.getMethodName();
      if (frame.getMethodName().equals("eval")) break;
    }
    return "";
  }
}
