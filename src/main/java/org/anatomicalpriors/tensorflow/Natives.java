package org.anatomicalpriors.tensorflow;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import org.anatomicalpriors.isolation.ContextClassLoader;
import org.anatomicalpriors.progress.Progress;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/**
 * Finds TensorFlow's native library and loads it: where {@code TENSORFLOW_LIBRARY_PATH} points if a
 * person has set it; else on the class path, which in Fiji is this plugin's own; else among what
 * was fetched before; else from the network if a person agrees. Nothing else asks the network: DJL
 * would for a library that it does not find, and to count its users, so it is started with both
 * answered.
 *
 * <p>System properties that JavaCPP and DJL read are set only while they start: other plugins have
 * copies of their own. Programs that have this library beside others of JavaCPP's on one class path
 * share its settings; where those need an extension other than a GPU's, the property {@code
 * org.bytedeco.javacpp.platform.extension} has to name it.
 */
final class Natives {

  /** The property, and environment variable, in which DJL looks for the library's folder. */
  static final String LIBRARY_PATH = "TENSORFLOW_LIBRARY_PATH";

  private static final String JAVACPP = "org.bytedeco.javacpp.";

  /** Where JavaCPP looks for a library first. */
  private static final String PRELOAD = JAVACPP + "platform.preloadpath";

  /** Which builds JavaCPP looks for beside the plain one: all if it is not set. */
  private static final String EXTENSION = JAVACPP + "platform.extension";

  /** What programs that compute on GPUs through JavaCPP have on their class path. */
  private static final String JAVACPP_CUDA = "org/bytedeco/cuda/global/cudart.class";

  private static final String[] WRITTEN = {
    PRELOAD, "jna.loaded", "jna.platform.library.path", "jnidispatch.path"
  };

  /** Where slf4j-simple, the logger of the command line, looks for DJL's log level. */
  private static final String DJL_LOG = "org.slf4j.simpleLogger.log.ai.djl";

  /** Where the library was loaded from, for DJL; null before or if the system found it. */
  private static String folder;

  /** Whether the library may be in this process because of us. */
  private static boolean tried;

  private static boolean djlStarted;

  private Natives() {}

  /**
   * @param verbose whether TensorFlow may write its own messages to standard error
   * @param consent asked before anything is fetched
   * @param progress of the fetching
   * @throws EngineException if there is no library for this system or it does not load
   */
  static void load(final boolean verbose, final DownloadConsent consent, final Progress progress) {
    load(verbose, consent, progress, NativeCache.ofUser());
  }

  /**
   * @param cache of what was fetched before
   */
  static synchronized void load(
      final boolean verbose,
      final DownloadConsent consent,
      final Progress progress,
      final NativeCache cache) {
    final String given = System.getProperty(LIBRARY_PATH, System.getenv(LIBRARY_PATH));
    if (given != null) requireLibrary(given);
    if (!tried) ForeignLibrary.refuse();
    final String found =
        given != null || isOnClassPath() ? given : fetched(cache, consent, progress);
    try (TemporaryProperties properties = properties(found)) {
      if (!verbose) silence();
      // GPUs round factors to 10 bits by default: too coarse for sums of squared intensities.
      ProcessEnvironment.setUnlessGiven("NVIDIA_TF32_OVERRIDE", "0");
      // On processors without VNNI, TensorFlow itself leaves oneDNN out: six times slower in 3D.
      ProcessEnvironment.setUnlessGiven("TF_ENABLE_ONEDNN_OPTS", "1");
      Bfloat16.prepare();
      tried = true;
      Loader.loadProperties(true);
      final String jni = Loader.load(org.tensorflow.internal.c_api.global.tensorflow.class);
      folder = found == null && jni != null ? new File(jni).getParent() : found;
      Pointer.maxBytes(); // read once, now
    } catch (final LinkageError e) {
      throw new EngineException(describe(found, e), e);
    }
  }

  /**
   * Starts DJL on the library that was loaded. DJL's first use is here, with what it would
   * otherwise ask the network for.
   */
  static synchronized void startDjl() {
    if (djlStarted) return;
    try (TemporaryProperties properties = properties(folder);
        ContextClassLoader c = ContextClassLoader.of(Natives.class)) {
      if (folder != null) properties.set(LIBRARY_PATH, folder);
      properties.set("OPT_OUT_TRACKING", "true").set("ai.djl.offline", "true");
      ai.djl.engine.Engine.getEngine("TensorFlow");
      djlStarted = true;
    } catch (final ai.djl.engine.EngineException | LinkageError e) {
      throw new EngineException("DJL could not be started (" + firstLine(e) + ").", e);
    }
  }

  /** What JavaCPP, JNA and DJL read and write while they start. */
  private static TemporaryProperties properties(final String preload) {
    final TemporaryProperties properties = new TemporaryProperties();
    for (final String name : WRITTEN) properties.keep(name);
    // TensorFlow's memory is no leak of Java's: by default JavaCPP stops at a multiple of the heap.
    for (final String limit : new String[] {"maxBytes", "maxPhysicalBytes"})
      properties.set(JAVACPP + limit, System.getProperty(JAVACPP + limit, "0"));
    // Where there is no build for GPUs, it would look for CUDA's libraries in all jars: a second.
    // Its copy of this outlives the property.
    if (preload == null
        && System.getProperty(EXTENSION) == null
        && !hasGpuBuild()
        && !isResource(JAVACPP_CUDA)) properties.set(EXTENSION, "");
    return preload == null ? properties : properties.set(PRELOAD, preload);
  }

  /** Name of the library's file that Java loads; it loads the others. */
  static String libraryName() {
    return System.mapLibraryName("jnitensorflow");
  }

  private static boolean isOnClassPath() {
    return isOnClassPath("") || hasGpuBuild();
  }

  /** Whether TensorFlow's build for GPUs is on the class path. */
  static boolean hasGpuBuild() {
    return isOnClassPath("-gpu");
  }

  private static boolean isOnClassPath(final String extension) {
    return isResource(
        "org/tensorflow/internal/c_api/"
            + Loader.Detector.getPlatform()
            + extension
            + "/"
            + libraryName());
  }

  private static boolean isResource(final String name) {
    return Natives.class.getClassLoader().getResource(name) != null;
  }

  /** The folder of a library fetched before or now; null if there is none. */
  static String fetched(
      final NativeCache cache, final DownloadConsent consent, final Progress progress) {
    final Optional<NativeArtifact> artifact = NativeArtifact.of(Loader.Detector.getPlatform());
    if (!artifact.isPresent()) return null;
    final Optional<Path> before = cache.find(artifact.get());
    if (before.isPresent()) return before.get().toString();
    if (!consent.agreesTo(cache.offer(artifact.get()))) return null;
    return cache.fetch(artifact.get(), progress).toString();
  }

  /** Where DJL finds no library in the folder it was given, it asks the network for one. */
  private static void requireLibrary(final String given) {
    for (final String part : given.split(File.pathSeparator))
      if (new File(part, libraryName()).isFile()) return;
    final Throwable cause = new UnsatisfiedLinkError("there is no " + libraryName() + " in it");
    throw new EngineException(describe(given, cause), cause);
  }

  /** The sentence for a library that is missing or broken. */
  static String describe(final String given, final Throwable cause) {
    final String platform = Loader.Detector.getPlatform();
    final Optional<NativeArtifact> artifact = NativeArtifact.of(platform);
    return "TensorFlow's native library for "
        + platform
        + (given == null
            ? " was not found on the class path"
            : " could not be loaded from " + given)
        + " ("
        + firstLine(cause)
        + "); "
        + (artifact.isPresent()
            ? "allow to fetch it with the setting \"download\" ("
                + artifact.get().size()
                + "), or "
                + offlineRoute(artifact.get())
            : "none is published for this system: set "
                + LIBRARY_PATH
                + " to a folder that holds an intact copy of the library")
        + ".";
  }

  /** What to do without a network; the end of a sentence. */
  static String offlineRoute(final NativeArtifact artifact) {
    return "add the jar "
        + artifact.coordinates()
        + " to the class path (in Fiji: put it into lib/anatomical-priors), or set "
        + LIBRARY_PATH
        + " to a folder that holds an intact copy of the library";
  }

  private static String firstLine(final Throwable t) {
    final String message = String.valueOf(t.getMessage());
    final int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  private static void silence() {
    // DJL warns of every machine without a GPU; the devices found are reported by us.
    if (System.getProperty(DJL_LOG) == null) System.setProperty(DJL_LOG, "error");
    ProcessEnvironment.setUnlessGiven("TF_CPP_MIN_LOG_LEVEL", "3");
  }
}
