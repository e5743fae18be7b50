package org.anatomicalpriors.command;

import ij.IJ;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.service.AnatomicalPriorService;
import org.anatomicalpriors.service.Backend;
import org.anatomicalpriors.service.TaskProgress;
import org.anatomicalpriors.service.TrainedModel;
import org.anatomicalpriors.settings.Setting;
import org.scijava.app.StatusService;
import org.scijava.command.ContextCommand;
import org.scijava.log.LogService;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.task.TaskService;
import org.scijava.ui.UIService;

/**
 * What all commands share: inputs made from settings, progress, cancelling, and failures that are
 * heard. With a screen a failure cancels the command with its sentence; without one the command
 * throws, so that a script or a shell sees it.
 */
public abstract class CoreCommand extends ContextCommand {

  @Parameter private AnatomicalPriorService anatomicalPriors;
  @Parameter private TaskService taskService;
  @Parameter private StatusService statusService;
  @Parameter private LogService logService;

  @Parameter(required = false)
  private UIService uiService;

  private final Map<String, Object> given = new LinkedHashMap<>();
  private final Set<String> unknown = new LinkedHashSet<>();
  private Thread runner;
  private volatile boolean cancelled;

  // -- For commands --

  /** The settings for which the command asks; its state does not matter. */
  protected List<Setting<?>> settings(final Backend backend) {
    return Collections.emptyList();
  }

  /** Does the work; failures are thrown. */
  protected abstract void work(Progress progress) throws Exception;

  protected final Backend backend() {
    return anatomicalPriors.backend();
  }

  /** The values given, by the settings' names. */
  protected final Map<String, Object> values() {
    final Map<String, Object> values = new LinkedHashMap<>(given);
    values.values().removeIf(Objects::isNull);
    return values;
  }

  /** Opens a model on the machine that the values ask for. */
  protected final TrainedModel load(final Object file, final Progress progress) {
    final Map<String, Object> machine = new LinkedHashMap<>();
    for (final Setting<?> s : backend().machineSettings())
      if (values().containsKey(s.name())) machine.put(s.name(), values().get(s.name()));
    return backend().load(file.toString(), machine, progress);
  }

  /**
   * @throws InvalidInputException if nothing was given
   */
  protected static void require(final Object given, final String what) {
    if (given == null || given.toString().isEmpty())
      throw new InvalidInputException(
          "No " + what + " was given; open or choose one and run the command again.");
  }

  protected final LogService log() {
    return logService;
  }

  /** Whether there is a person to show something to. */
  protected final boolean hasScreen() {
    return uiService != null && uiService.isVisible() && !uiService.isHeadless();
  }

  // -- Inputs made from settings --

  final Object given(final Setting<?> setting) {
    return given.get(setting.name());
  }

  final void give(final Setting<?> setting, final Object value) {
    given.put(setting.name(), value);
  }

  /** An input that the command does not have. */
  final void giveUnknown(final String name) {
    unknown.add(name);
  }

  // -- Runnable methods --

  @Override
  public final void run() {
    runner = Thread.currentThread();
    if (hasScreen()) IJ.resetEscape();
    try (TaskProgress progress =
        new TaskProgress(
            taskService.createTask(title()), statusService, logService, this::isStopped)) {
      backend(); // says what is wrong with the installation, if anything is
      if (!unknown.isEmpty())
        throw new InvalidInputException(
            "There is no input \"" + unknown.iterator().next() + "\"; correct its name.");
      progress.checkCancelled();
      work(progress);
    } catch (final CancelledException e) {
      logService.warn(e.getMessage());
      cancel(e.getMessage());
    } catch (final Exception | OutOfMemoryError e) {
      fail(e);
    }
  }

  private String title() {
    final Menu[] path = getClass().getAnnotation(Plugin.class).menu();
    return path[path.length - 1].label();
  }

  private boolean isStopped() {
    return cancelled || runner.isInterrupted() || hasScreen() && IJ.escapePressed();
  }

  /** Tells what went wrong, in one sentence. */
  private void fail(final Throwable e) {
    final Failure failure = Failure.of(e);
    logService.error(title() + ": " + failure.getMessage());
    logService.debug(e);
    if (hasScreen()) {
      cancel(failure.getMessage());
      return;
    }
    CommandLineExit.failed(context());
    throw failure;
  }

  // -- Cancelable methods --

  @Override
  public final void cancel(final String reason) {
    cancelled = true;
    super.cancel(reason);
  }
}
