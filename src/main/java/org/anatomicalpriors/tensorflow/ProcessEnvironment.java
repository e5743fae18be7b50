package org.anatomicalpriors.tensorflow;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import org.slf4j.LoggerFactory;

/**
 * The environment of this process, from which native libraries read how they should behave when
 * they are loaded.
 */
final class ProcessEnvironment {

  private ProcessEnvironment() {}

  /** Sets a variable unless the user has set it. Java cannot do that; the C library can. */
  static void setUnlessGiven(final String name, final String value) {
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
      LoggerFactory.getLogger(ProcessEnvironment.class).debug("{} could not be set", name, e);
    }
  }
}
