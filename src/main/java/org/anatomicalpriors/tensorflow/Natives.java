package org.anatomicalpriors.tensorflow;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.File;
import java.util.List;
import java.util.Set;
import org.bytedeco.javacpp.Loader;
import org.slf4j.LoggerFactory;

/**
 * Finds TensorFlow's native library on the class path (or where {@code TENSORFLOW_LIBRARY_PATH}
 * points) and loads it, without ever asking the network for it.
 */
final class Natives {

  /** The property, and environment variable, in which DJL looks for the library's folder. */
  static final String LIBRARY_PATH = "TENSORFLOW_LIBRARY_PATH";

  private static final String JAVACPP = "org.bytedeco.javacpp.";

  /** Where slf4j-simple, the logger of the command line, looks for DJL's log level. */
  private static final String DJL_LOG = "org.slf4j.simpleLogger.log.ai.djl";

  /** Systems for which Maven Central has the library. */
  private static final Set<String> PUBLISHED =
      Set.of("linux-x86_64", "macosx-arm64", "macosx-x86_64", "windows-x86_64");

  private Natives() {}

  /**
   * @param verbose whether TensorFlow may write its own messages to standard error
   * @throws EngineException if there is no library for this system or it does not load
   */
  static void load(final boolean verbose) {
    if (!verbose) silence();
    // GPUs round factors to 10 bits by default: too coarse for sums of squared intensities.
    setEnvironment("NVIDIA_TF32_OVERRIDE", "0");
    final String given = System.getProperty(LIBRARY_PATH, System.getenv(LIBRARY_PATH));
    // TensorFlow's memory is no leak of Java's: by default JavaCPP stops at a multiple of the heap.
    for (final String limit : List.of("maxBytes", "maxPhysicalBytes"))
      if (System.getProperty(JAVACPP + limit) == null) System.setProperty(JAVACPP + limit, "0");
    if (given != null) requireLibrary(given);
    try {
      if (given != null) System.setProperty(JAVACPP + "platform.preloadpath", given);
      final String jni = Loader.load(org.tensorflow.internal.c_api.global.tensorflow.class);
      if (given == null && jni != null) System.setProperty(LIBRARY_PATH, new File(jni).getParent());
    } catch (final LinkageError e) {
      throw new EngineException(describe(given, e), e);
    }
  }

  /** Where DJL finds no library in the folder it was given, it asks the network for one. */
  private static void requireLibrary(final String given) {
    final String name = System.mapLibraryName("jnitensorflow");
    for (final String folder : given.split(File.pathSeparator))
      if (new File(folder, name).isFile()) return;
    final Throwable cause = new UnsatisfiedLinkError("there is no " + name + " in it");
    throw new EngineException(describe(given, cause), cause);
  }

  /** The sentence for a library that is missing or broken. */
  static String describe(final String given, final Throwable cause) {
    final String platform = Loader.Detector.getPlatform();
    return "TensorFlow's native library for "
        + platform
        + (given == null
            ? " was not found on the class path"
            : " could not be loaded from " + given)
        + " ("
        + firstLine(cause)
        + "); "
        + (PUBLISHED.contains(platform)
            ? "add the jar org.tensorflow:tensorflow-core-native:1.0.0-rc.1:"
                + platform
                + " to the class path, or set "
            : "none is published for this system: set ")
        + LIBRARY_PATH
        + " to a folder that holds an intact copy of the library.";
  }

  private static String firstLine(final Throwable t) {
    final String message = String.valueOf(t.getMessage());
    final int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  private static void silence() {
    // DJL warns of every machine without a GPU; the devices found are reported by us.
    if (System.getProperty(DJL_LOG) == null) System.setProperty(DJL_LOG, "error");
    setEnvironment("TF_CPP_MIN_LOG_LEVEL", "3");
  }

  /**
   * Sets a variable that native libraries read from the process's environment when they are loaded,
   * unless the user has set it. Java cannot do that; the C library can.
   */
  private static void setEnvironment(final String name, final String value) {
    if (System.getenv(name) != null) return;
    try {
      if (Platform.isWindows())
        NativeLibrary.getInstance("ucrtbase")
            .getFunction("_putenv_s", Function.C_CONVENTION)
            .invokeInt(new Object[] {name, value});
      else
        NativeLibrary.getInstance("c")
            .getFunction("setenv")
            .invokeInt(new Object[] {name, value, 1});
    } catch (final LinkageError e) {
      // The work goes on without it.
      LoggerFactory.getLogger(Natives.class).debug("{} could not be set", name, e);
    }
  }
}
