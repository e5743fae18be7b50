package org.anatomicalpriors.tensorflow;

import java.util.List;
import org.anatomicalpriors.progress.Progress;
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

  public static final Setting<Boolean> DOWNLOAD =
      Setting.flag(
              "download",
              false,
              "Fetch TensorFlow's native library (80 to 150 MB, once) from Maven Central if it is nowhere on this computer; nothing is ever fetched without this or a yes when asked.")
          .ofOneRun();

  public static final List<Setting<?>> ALL = List.of(DEVICE, THREADS, VERBOSE, DOWNLOAD);

  private EngineSettings() {}

  /** Starts the engine as these settings say, where nobody can be asked or watches. */
  public static Engine start(final Settings settings) {
    return start(settings, Progress.NONE, DownloadConsent.NEVER);
  }

  /**
   * Starts the engine as these settings say.
   *
   * @param progress of fetching the native library, if that is needed
   * @param consent asked before that, unless the settings allow it already
   */
  public static Engine start(
      final Settings settings, final Progress progress, final DownloadConsent consent) {
    return Engine.start(
        settings.get(DEVICE),
        settings.getInt(THREADS),
        settings.get(VERBOSE),
        settings.get(DOWNLOAD) ? DownloadConsent.GIVEN : consent,
        progress);
  }
}
