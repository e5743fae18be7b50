package org.anatomicalpriors.tensorflow;

import com.sun.jna.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.isolation.ContextClassLoader;
import org.anatomicalpriors.progress.Progress;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TFE_Context;
import org.tensorflow.internal.c_api.TFE_ContextOptions;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.ConfigProto;

/**
 * TensorFlow, started once per process, with the device and the number of threads on which graphs
 * run, and the numbers in which they compute. Immutable.
 *
 * <pre>{@code
 * Engine engine = Engine.start("auto", 0, false);
 * }</pre>
 */
public final class Engine {

  private static List<DeviceInfo> listed;

  private final DeviceInfo device;
  private final int threads;
  private final SessionConfig sessions;
  private final Arithmetic arithmetic;

  private Engine(
      final DeviceInfo device,
      final int threads,
      final SessionConfig sessions,
      final Arithmetic arithmetic) {
    this.device = device;
    this.threads = threads;
    this.sessions = sessions;
    this.arithmetic = arithmetic;
  }

  /**
   * Loads TensorFlow if that was not done yet and chooses a device.
   *
   * @param device {@code cpu}, {@code gpu}, {@code gpu:N} or {@code auto} (a GPU if one is listed)
   * @param threads CPU threads, or 0 for one per core; TensorFlow has one pool in a process, so the
   *     first start decides
   * @param verbose whether TensorFlow may write its own messages to standard error; only the first
   *     start in a process decides
   * @throws InvalidInputException if the device is not there
   * @throws EngineException if the native library is missing or broken
   */
  public static Engine start(final String device, final int threads, final boolean verbose) {
    return start(device, threads, 0, verbose, DownloadConsent.NEVER, Progress.NONE);
  }

  /**
   * As above, but fetches the native library if it is nowhere on this computer and a person agrees.
   *
   * @param gpuMemory share of a GPU's memory that may be used, or 0 to take more as it is needed,
   *     without a limit; as with threads, the first start decides
   * @param progress of the fetching, which it may stop
   * @throws org.anatomicalpriors.progress.CancelledException if the user asked to stop
   */
  public static Engine start(
      final String device,
      final int threads,
      final double gpuMemory,
      final boolean verbose,
      final DownloadConsent consent,
      final Progress progress) {
    final int count = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    final SessionConfig sessions = new SessionConfig(count, gpuMemory);
    final DeviceInfo chosen = choose(device, devices(verbose, sessions, consent, progress));
    return new Engine(chosen, count, sessions, Arithmetic.FLOAT32);
  }

  /** The same device and threads in float32, to compare with. */
  public Engine inFloat32() {
    return with(Arithmetic.FLOAT32);
  }

  /** The same device and threads with other numbers. */
  Engine with(final Arithmetic other) {
    return new Engine(device, threads, sessions, other);
  }

  /** The devices that TensorFlow really lists, loading it if that was not done yet. */
  public static List<DeviceInfo> devices(final boolean verbose) {
    return devices(
        verbose,
        new SessionConfig(Runtime.getRuntime().availableProcessors(), 0),
        DownloadConsent.NEVER,
        Progress.NONE);
  }

  private static synchronized List<DeviceInfo> devices(
      final boolean verbose,
      final SessionConfig sessions,
      final DownloadConsent consent,
      final Progress progress) {
    if (listed == null)
      try (ContextClassLoader c = ContextClassLoader.of(Engine.class)) {
        Natives.load(verbose, consent, progress);
        listed = List.copyOf(list(sessions.ofProcess()));
      }
    return listed;
  }

  /** Version of the TensorFlow library. */
  public static String version() {
    return TensorFlow.version();
  }

  /** Bytes of main memory that this process occupies, the engine's included; 0 if unknown. */
  public static long residentBytes() {
    return Math.max(0, Pointer.physicalBytes());
  }

  /** Picks the device named by {@code request} among those listed. */
  static DeviceInfo choose(final String request, final List<DeviceInfo> devices) {
    final String wanted = request.trim().toLowerCase(java.util.Locale.ROOT);
    if (!wanted.matches("auto|cpu|gpu(:\\d{1,4})?"))
      throw new InvalidInputException(
          "Device \"" + request + "\" was asked for; give cpu, gpu, gpu:N or auto.");
    final String exact = wanted.equals("gpu") ? "gpu:0" : wanted;
    for (final DeviceInfo d : devices)
      if (exact.equals("auto") ? d.isGpu() : d.toString().equals(exact)) return d;
    if (exact.equals("auto")) return choose("cpu", devices);
    throw new InvalidInputException(
        "Device \""
            + request
            + "\" was asked for, but TensorFlow lists only "
            + devices.stream().map(DeviceInfo::toString).collect(Collectors.joining(", "))
            + "; choose one of these, or install the GPU build and a driver that fits it.");
  }

  public DeviceInfo device() {
    return device;
  }

  public int threads() {
    return threads;
  }

  /** In which numbers networks compute. */
  public Arithmetic arithmetic() {
    return arithmetic;
  }

  /** For people to read, such as {@code cpu, 8 threads} or {@code cpu, 8 threads, bfloat16}. */
  public String describe() {
    return device
        + ", "
        + threads
        + (threads == 1 ? " thread" : " threads")
        + (arithmetic.isFloat32() ? "" : ", " + arithmetic);
  }

  /**
   * Whether TensorFlow convolves by oneDNN on processors rather than by its own routines: builds
   * for macOS have none, others can do without.
   */
  public static boolean hasOneDnn() {
    return !Platform.isMac() && !"0".equals(System.getenv("TF_ENABLE_ONEDNN_OPTS"));
  }

  /** Whether TensorFlow convolves by routines of its own on this device. */
  boolean hasOwnRoutines() {
    return !hasOneDnn() && !device.isGpu();
  }

  /** Settings of sessions in which models pass values on. */
  ConfigProto passes() {
    return sessions.on(device, arithmetic.passes());
  }

  /** Settings of sessions in which networks learn. */
  ConfigProto steps() {
    return sessions.on(device, arithmetic.steps());
  }

  /**
   * @param config already rules the pools of threads and of GPU memory, which last for the process
   */
  private static List<DeviceInfo> list(final ConfigProto config) {
    final List<DeviceInfo> devices = new ArrayList<>();
    try (PointerScope scope = new PointerScope()) {
      final TF_Status status = TF_Status.newStatus();
      final TFE_ContextOptions options = TFE_ContextOptions.newContextOptions();
      final BytePointer bytes = new BytePointer(config.toByteArray());
      tensorflow.TFE_ContextOptionsSetConfig(options, bytes, bytes.limit(), status);
      status.throwExceptionIfNotOK();
      final TFE_Context context = TFE_Context.newContext(options, status);
      status.throwExceptionIfNotOK();
      final TF_DeviceList list = tensorflow.TFE_ContextListDevices(context, status);
      status.throwExceptionIfNotOK();
      try {
        for (int i = 0; i < tensorflow.TF_DeviceListCount(list); i++) {
          final String type = tensorflow.TF_DeviceListType(list, i, status).getString();
          final String name = tensorflow.TF_DeviceListName(list, i, status).getString();
          final int index = Integer.parseInt(name.substring(name.lastIndexOf(':') + 1));
          devices.add(
              new DeviceInfo(type, index, tensorflow.TF_DeviceListMemoryBytes(list, i, status)));
        }
      } finally {
        tensorflow.TF_DeleteDeviceList(list);
      }
    }
    return devices;
  }
}
