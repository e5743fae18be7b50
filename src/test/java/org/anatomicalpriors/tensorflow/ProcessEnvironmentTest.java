package org.anatomicalpriors.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import org.anatomicalpriors.progress.Progress;
import org.junit.jupiter.api.Test;

/** What native libraries see of the environment, asked of the C library. */
class ProcessEnvironmentTest {

  private static String seen(final String name) {
    return NativeLibrary.getInstance(Platform.isWindows() ? "ucrtbase" : "c")
        .getFunction("getenv")
        .invokeString(new Object[] {name}, false);
  }

  @Test
  void nativeLibrariesSeeWhatIsSet() {
    final String name = "ANATOMICAL_PRIORS_TEST_OF_THE_ENVIRONMENT";
    assertNull(seen(name));
    ProcessEnvironment.setUnlessGiven(name, "one, two");
    assertEquals("one, two", seen(name));
  }

  @Test
  void whatTheUserHasSetStays() {
    final String path = System.getenv("PATH");
    ProcessEnvironment.setUnlessGiven("PATH", "nowhere");
    assertEquals(path, seen("PATH"));
  }

  @Test
  void theEngineIsToldToUseItsFastConvolutions() {
    assumeTrue(System.getenv("TF_ENABLE_ONEDNN_OPTS") == null, "the user has decided");
    Natives.load(false, DownloadConsent.NEVER, Progress.NONE);
    assertEquals("1", seen("TF_ENABLE_ONEDNN_OPTS"));
  }
}
