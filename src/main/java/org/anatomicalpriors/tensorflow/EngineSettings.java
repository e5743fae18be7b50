package org.anatomicalpriors.tensorflow;

import java.util.List;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;

/** On what TensorFlow computes. */
public final class EngineSettings {

  public static final Setting<String> DEVICE =
      Setting.text(
              "device",
              "auto",
              "Where to compute: cpu, gpu (the first), gpu:N, or auto, which takes a GPU if TensorFlow lists one.")
          .example("gpu:0");

  public static final Setting<Long> THREADS =
      Setting.integer(
              "threads",
              0,
              0,
              1024,
              "threads",
              "CPU threads to use; 0 takes one for each processor core.")
          .example("4");

  public static final Setting<Boolean> VERBOSE =
      Setting.flag("verbose", false, "Show the messages of TensorFlow and more of our own.");

  public static final List<Setting<?>> ALL = List.of(DEVICE, THREADS, VERBOSE);

  private EngineSettings() {}

  /** Starts the engine as these settings say. */
  public static Engine start(final Settings settings) {
    return Engine.start(settings.get(DEVICE), settings.getInt(THREADS), settings.get(VERBOSE));
  }
}
