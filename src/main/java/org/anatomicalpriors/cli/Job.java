package org.anatomicalpriors.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.Engine;
import org.anatomicalpriors.tensorflow.EngineSettings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all commands share: options derived from settings, progress, the engine. */
abstract class Job implements Callable<Integer> {

  private final Cancellation cancellation;

  @Spec private CommandSpec spec;

  Job(final Cancellation cancellation) {
    this.cancellation = cancellation;
  }

  /** Settings of the work itself; each becomes an option. */
  List<Setting<?>> settings() {
    return List.of();
  }

  /** Settings of the machine; each becomes an option. */
  List<Setting<?>> machine() {
    return List.of(EngineSettings.VERBOSE);
  }

  /** Adds the options; called once before the command line is read. */
  final void addOptions() {
    if (!settings().isEmpty()) SettingOptions.add(spec, "Settings", settings());
    SettingOptions.add(spec, "Machine", machine());
  }

  final Settings givenSettings() {
    return SettingOptions.read(spec, settings());
  }

  final Engine startEngine() {
    return EngineSettings.start(SettingOptions.read(spec, machine()));
  }

  final boolean isVerbose() {
    return SettingOptions.read(spec, machine()).get(EngineSettings.VERBOSE);
  }

  final ShellProgress startProgress() {
    return ShellProgress.on(spec.commandLine().getErr(), cancellation);
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
