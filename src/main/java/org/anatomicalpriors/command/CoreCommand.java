package org.anatomicalpriors.command;

import ij.IJ;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.service.AnatomicalPriorService;
import org.anatomicalpriors.service.Backend;
import org.anatomicalpriors.service.TrainedModel;
import org.anatomicalpriors.settings.Setting;
import org.scijava.app.StatusService;
import org.scijava.command.DynamicCommand;
import org.scijava.command.DynamicCommandInfo;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;
import org.scijava.task.TaskService;
import org.scijava.ui.UIService;

/**
 * What all commands share: inputs made from settings, progress, cancelling, and failures that are
 * heard. With a screen a failure cancels the command with its sentence; without one the command
 * throws, so that a script or a shell sees it.
 */
public abstract class CoreCommand extends DynamicCommand {

  @Parameter private AnatomicalPriorService anatomicalPriors;
  @Parameter private TaskService taskService;
  @Parameter private StatusService statusService;
  @Parameter private LogService logService;

  @Parameter(required = false)
  private UIService uiService;

  private SettingInputs inputs;
  private RuntimeException problem;
  private Thread runner;
  private volatile boolean cancelled;

  // -- For commands --

  /** The settings for which the command asks; called once. */
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
    return inputs.values(this);
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

  // -- Module methods --

  /**
   * The inputs have to be known before the first of them is set by a caller, a macro or the
   * recorder, and all of these ask here.
   */
  @Override
  public final DynamicCommandInfo getInfo() {
    final DynamicCommandInfo info = super.getInfo();
    if (inputs == null) {
      inputs = new SettingInputs(Collections.emptyList());
      try {
        inputs = new SettingInputs(settings(backend()));
        inputs.addTo(info, this, hasScreen());
      } catch (final RuntimeException e) {
        problem = e; // said when the command is initialised, where there is a way to say it
      }
    }
    return info;
  }

  @Override
  public final void initialize() {
    getInfo();
    if (problem != null) fail(problem);
  }

  @Override
  public final void run() {
    getInfo();
    runner = Thread.currentThread();
    if (hasScreen()) IJ.resetEscape();
    try (TaskProgress progress =
        new TaskProgress(
            taskService.createTask(getInfo().getTitle()),
            statusService,
            logService,
            this::isStopped)) {
      if (problem != null) throw problem;
      progress.checkCancelled();
      work(progress);
    } catch (final CancelledException e) {
      logService.warn(e.getMessage());
      cancel(e.getMessage());
    } catch (final Exception e) {
      fail(e);
    }
  }

  private boolean isStopped() {
    return cancelled || runner.isInterrupted() || hasScreen() && IJ.escapePressed();
  }

  /** Tells what went wrong, in one sentence. */
  private void fail(final Exception e) {
    final Failure failure = Failure.of(e);
    logService.error(getInfo().getTitle() + ": " + failure.getMessage());
    logService.debug(e);
    if (hasScreen()) {
      cancel(failure.getMessage());
      return;
    }
    CommandLineExit.failed();
    throw failure;
  }

  // -- Cancelable methods --

  @Override
  public final void cancel(final String reason) {
    cancelled = true;
    super.cancel(reason);
  }
}
