package org.anatomicalpriors.command;

import java.awt.GraphicsEnvironment;
import java.io.File;
import org.anatomicalpriors.service.AnatomicalPriorService;
import org.scijava.event.EventHandler;
import org.scijava.log.LogService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.event.ModuleCanceledEvent;
import org.scijava.module.event.ModuleErroredEvent;
import org.scijava.module.event.ModuleExecutedEvent;
import org.scijava.module.event.ModuleExecutingEvent;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.script.ScriptModule;
import org.scijava.service.AbstractService;
import org.scijava.service.SciJavaService;
import org.scijava.service.Service;

/**
 * Makes a failure of {@code --headless --run SCRIPT} visible to the shell, so that scripts need no
 * code for it. SciJava logs what a script throws, or cancels it where an input is missing, and then
 * goes on as if nothing had happened.
 *
 * <p>Only scripts that ask for the {@link AnatomicalPriorService} are watched, and only while the
 * command line waits for them; those of others end as they always did.
 */
@Plugin(type = Service.class)
public final class ScriptExit extends AbstractService implements SciJavaService {

  @Parameter private LogService log;

  private final ScriptErrors errors = new ScriptErrors();

  @Override
  public void initialize() {
    if (GraphicsEnvironment.isHeadless()) log.addLogListener(errors);
  }

  private static boolean isOurs(final Module module) {
    if (!(module instanceof ScriptModule)) return false;
    for (final ModuleItem<?> input : module.getInfo().inputs())
      if (AnatomicalPriorService.class.isAssignableFrom(input.getType())) return true;
    return false;
  }

  @EventHandler
  private void onEvent(final ModuleExecutingEvent e) {
    errors.takeThrown(); // an earlier script's
    final String unfit = errors.takeUnfit();
    if (isOurs(e.getModule()) && unfit != null) failed(e.getModule(), unfit + ".");
  }

  @EventHandler
  private void onEvent(final ModuleExecutedEvent e) {
    final Throwable thrown = errors.takeThrown();
    if (isOurs(e.getModule()) && thrown != null) failed(e.getModule(), sentence(thrown));
  }

  @EventHandler
  private void onEvent(final ModuleErroredEvent e) {
    if (isOurs(e.getModule())) failed(e.getModule(), sentence(e.getException()));
  }

  @EventHandler
  private void onEvent(final ModuleCanceledEvent e) {
    final String unfit = errors.takeUnfit();
    if (isOurs(e.getModule()))
      failed(
          e.getModule(),
          (unfit == null ? "" : unfit + "; ")
              + (e.getReason() == null ? "it was cancelled." : e.getReason()));
  }

  private void failed(final Module script, final String sentence) {
    if (!CommandLineExit.isWaiting()) return;
    final String name = new File(script.getInfo().getTitle()).getName();
    log.error(name.replaceFirst("^script:", "") + " failed: " + sentence);
    CommandLineExit.failed(context());
  }

  /** What our own code said, wherever it is among the causes; else the exception itself. */
  private static String sentence(final Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause())
      if (t.getClass().getName().startsWith("org.anatomicalpriors.") && t.getMessage() != null)
        return t.getMessage();
    final String[] lines = thrown.toString().trim().split("\\R"); // Python's end in the exception
    return lines[lines.length - 1];
  }
}
