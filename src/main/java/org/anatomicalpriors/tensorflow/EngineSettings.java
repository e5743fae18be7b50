package org.anatomicalpriors.tensorflow;

import java.util.List;
import java.util.Optional;
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

  public static final Setting<Double> GPU_MEMORY =
      Setting.real(
              "gpu-memory",
              0,
              0,
              1,
              "of its memory",
              "Share of a GPU's memory that may be used, where others need it too; 0 takes more as it is needed, without a limit. The first use in a process decides.")
          .example("0.5");

  public static final Setting<Precision> PRECISION =
      Setting.choice(
          "precision",
          Precision.FLOAT32,
          "Numbers in which the networks' convolutions compute on a processor: float32; bfloat16, which is faster on processors that have it and changes results slightly; auto, bfloat16 if a trial of a few seconds, once on each kind of machine, finds it clearly faster. Records tell what was used.");

  public static final Setting<Boolean> VERBOSE =
      Setting.flag("verbose", false, "Show the messages of TensorFlow and more of our own.");

  public static final Setting<Boolean> DOWNLOAD =
      Setting.flag(
              "download",
              false,
              "Fetch TensorFlow's native library (80 to 150 MB, once) from Maven Central if it is nowhere on this computer; nothing is ever fetched without this or a yes when asked.")
          .ofOneRun();

  public static final List<Setting<?>> ALL =
      List.of(DEVICE, THREADS, GPU_MEMORY, PRECISION, VERBOSE, DOWNLOAD);

  private EngineSettings() {}

  /** In which numbers the engine will compute, if that is known before it is started. */
  public static Optional<Arithmetic> arithmetic(final Settings settings) {
    switch (settings.get(PRECISION)) {
      case FLOAT32:
        return Optional.of(Arithmetic.FLOAT32);
      case BFLOAT16:
        return Optional.of(Arithmetic.BFLOAT16);
      default:
        return Optional.empty();
    }
  }

  /** Starts the engine as these settings say, where nobody can be asked or watches. */
  public static Engine start(final Settings settings) {
    return start(settings, Progress.NONE, DownloadConsent.NEVER);
  }

  /**
   * Starts the engine as these settings say.
   *
   * @param progress of fetching the native library and of trying bfloat16, if that is needed
   * @param consent asked before that, unless the settings allow it already
   */
  public static Engine start(
      final Settings settings, final Progress progress, final DownloadConsent consent) {
    final Engine engine =
        Engine.start(
            settings.get(DEVICE),
            settings.getInt(THREADS),
            settings.get(GPU_MEMORY),
            settings.get(VERBOSE),
            settings.get(DOWNLOAD) ? DownloadConsent.GIVEN : consent,
            progress);
    if (settings.get(DEVICE).trim().equalsIgnoreCase(DEVICE.defaultValue())
        && !engine.device().isGpu()) GpuAbsence.explain().ifPresent(progress::log);
    return new PrecisionChoice(PrecisionCache.ofUser(), progress)
        .apply(settings.get(PRECISION), engine);
  }
}
