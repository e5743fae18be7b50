package org.anatomicalpriors.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ForeignLibraryTest {

  private static final String RANGE = "7f00-7f10 r-xp 00000000 fe:00 12 ";

  private static Optional<String> find(final String... paths) {
    return ForeignLibrary.find(Stream.of(paths).map(p -> RANGE + "                  " + p));
  }

  @Test
  void anotherTensorFlow2IsFoundByItsFileName() {
    for (final String name :
        new String[] {
          "libtensorflow_cc.so.2", "libtensorflow_framework.so.2", "libtensorflow_cc.so.2.18.0"
        })
      assertEquals(
          Optional.of("/home/a b/.javacpp/" + name),
          find("[heap]", "/usr/lib/libc.so.6", "/home/a b/.javacpp/" + name));
  }

  @Test
  void otherLibrariesMayBeThere() {
    assertEquals(
        Optional.empty(),
        find(
            "",
            "[stack]",
            "/tmp/libtensorflow_jni.so",
            "/tmp/libtensorflow_framework.so.1",
            "/opt/libtensorflow_cc.so.2/libother.so"));
    assertEquals(
        Optional.empty(), ForeignLibrary.find(Stream.of("7f00-7f10 rw-p 00000000 00:00 0")));
  }

  /** Any library loaded before ours is somebody else's; here it is that of the other tests. */
  @Test
  void theProcessIsAsked() {
    assumeTrue(System.getProperty("os.name").equals("Linux"));
    TestEngine.get();
    final String message = assertThrows(EngineException.class, ForeignLibrary::refuse).getMessage();
    assertTrue(
        message.matches(
            "Another plugin has loaded its own TensorFlow 2 \\(/.*/libtensorflow_.*\\.so\\.2\\), and a"
                + " process can hold only one; restart Fiji and .*"),
        message);
  }
}
