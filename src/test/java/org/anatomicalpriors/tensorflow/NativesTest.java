package org.anatomicalpriors.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.anatomicalpriors.files.UserCache;
import org.anatomicalpriors.processes.EndedProcess;
import org.anatomicalpriors.processes.JavaCommand;
import org.anatomicalpriors.progress.Progress;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the native library is found, in processes of their own: a process loads it once. */
class NativesTest {

  private static final String PLATFORM = Loader.Detector.getPlatform();

  @TempDir Path folder;

  /** Stands for the network; counts who asks. */
  private ServerSocket proxy;

  private final AtomicInteger requests = new AtomicInteger();

  @BeforeEach
  void listen() throws IOException {
    proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    final Thread thread =
        new Thread(
            () -> {
              while (true)
                try (Socket s = proxy.accept()) {
                  requests.incrementAndGet();
                } catch (final IOException e) {
                  return; // closed
                }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void stopListening() throws IOException {
    proxy.close();
  }

  private static String[] classPath() {
    final String surefire = System.getProperty("surefire.test.class.path", "");
    return (surefire.isEmpty() ? System.getProperty("java.class.path") : surefire)
        .split(File.pathSeparator);
  }

  /** Starts {@link EngineStart} on this class path without the jars that match. */
  private EndedProcess start(
      final String without, final List<String> options, final String... arguments)
      throws IOException, InterruptedException {
    final String classPath =
        Arrays.stream(classPath())
            .filter(p -> without.isEmpty() || !new File(p).getName().contains(without))
            .collect(Collectors.joining(File.pathSeparator));
    return JavaCommand.of(EngineStart.class)
        .options(options)
        // Whoever asks the network finds a proxy that hangs up.
        .options(
            "-Xmx256m",
            "-Dhttp.proxyHost=127.0.0.1",
            "-Dhttp.proxyPort=" + proxy.getLocalPort(),
            "-Dhttps.proxyHost=127.0.0.1",
            "-Dhttps.proxyPort=" + proxy.getLocalPort(),
            "-DDJL_CACHE_DIR=" + folder.resolve("djl"),
            "-D" + UserCache.VARIABLE + "=" + folder.resolve("cache"))
        .classPath(classPath)
        .withoutEnvironment(Natives.LIBRARY_PATH + "|TF_CPP_MIN_LOG_LEVEL")
        .run(arguments);
  }

  private void assertNothingWasFetched() {
    assertEquals(0, requests.get(), "the network was asked");
    assertFalse(Files.exists(folder.resolve("djl")), "DJL made a folder for a download");
    assertFalse(Files.exists(folder.resolve("cache")), "a folder for a download was made");
  }

  @Test
  void missingLibraryIsNamedWithTheJarToAdd() throws Exception {
    final EndedProcess child = start("tensorflow-core-native", List.of());
    assertEquals(3, child.exit, child.err);
    assertTrue(
        child.out.startsWith(
            "TensorFlow's native library for " + PLATFORM + " was not found on the class path ("),
        child.out);
    assertTrue(
        child.out.contains("); allow to fetch it with the setting \"download\" ("), child.out);
    assertTrue(
        child.out.contains(
            " MB), or add the jar org.tensorflow:tensorflow-core-native:1.0.0-rc.1:"
                + PLATFORM
                + " to the class path (in Fiji: put it into lib/anatomical-priors), or set TENSORFLOW_LIBRARY_PATH to a folder that holds an intact copy of the library."),
        child.out);
    assertEquals(1, child.out.trim().split("\n").length, child.out);
    assertNothingWasFetched();
  }

  @Test
  void brokenLibraryIsNamedWithItsFolder() throws Exception {
    final Path broken = Files.createDirectory(folder.resolve("broken"));
    Files.writeString(broken.resolve(System.mapLibraryName("jnitensorflow")), "garbage");
    final EndedProcess child =
        start("tensorflow-core-native", List.of("-D" + Natives.LIBRARY_PATH + "=" + broken));
    assertEquals(3, child.exit, child.err);
    assertTrue(
        child.out.startsWith(
            "TensorFlow's native library for "
                + PLATFORM
                + " could not be loaded from "
                + broken
                + " ("),
        child.out);
    assertNothingWasFetched();
  }

  @Test
  void folderWithoutTheLibraryIsRefusedEvenIfTheJarIsThere() throws Exception {
    final Path empty = Files.createDirectory(folder.resolve("empty"));
    final EndedProcess child = start("", List.of("-D" + Natives.LIBRARY_PATH + "=" + empty));
    assertEquals(3, child.exit, child.err);
    assertTrue(
        child.out.contains(
            " could not be loaded from "
                + empty
                + " (there is no "
                + System.mapLibraryName("jnitensorflow")
                + " in it); "),
        child.out);
    assertNothingWasFetched();
  }

  @Test
  void engineIsQuietUnlessAskedToSpeak() throws Exception {
    final EndedProcess quiet = start("", List.of());
    assertEquals(0, quiet.exit, quiet.err);
    assertEquals("cpu 3.0, native memory limit 0", quiet.out.trim());
    assertEquals("", quiet.err);
    final EndedProcess verbose = start("", List.of(), "verbose");
    assertEquals(0, verbose.exit, verbose.err);
    assumeTrue(PLATFORM.startsWith("linux"), "TensorFlow says nothing of this system");
    assertTrue(verbose.err.contains("tensorflow/"), verbose.err);
    assertNothingWasFetched();
  }

  /** The jar of the test class path, from a server on this computer, checked by its checksum. */
  @Test
  void fetchedLibraryServesLaterProcesses() throws Exception {
    final Path jar =
        Arrays.stream(classPath())
            .filter(p -> p.contains("tensorflow-core-native") && p.endsWith(PLATFORM + ".jar"))
            .map(Paths::get)
            .findFirst()
            .orElse(null);
    assumeTrue(jar != null, "another build of the library is tested");
    final HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, Files.size(jar));
          Files.copy(jar, exchange.getResponseBody());
          exchange.close();
        });
    server.start();
    try {
      new NativeCache(
              folder.resolve("cache"), "http://127.0.0.1:" + server.getAddress().getPort() + "/")
          .fetch(NativeArtifact.of(PLATFORM).get(), Progress.NONE);
    } finally {
      server.stop(0);
    }
    final EndedProcess child = start("tensorflow-core-native", List.of());
    assertEquals(0, child.exit, child.out + child.err);
    assertEquals("cpu 3.0, native memory limit 0", child.out.trim());
    assertFalse(Files.exists(folder.resolve("djl")), "DJL made a folder for a download");
  }

  /** DJL would ask the cloud's metadata server, past any proxy, and note the time. */
  @Test
  void djlCountsNobody() throws Exception {
    TestEngine.get();
    Natives.startDjl();
    final Field asked = Class.forName("ai.djl.util.Ec2Utils").getDeclaredField("lastCheckIn");
    asked.setAccessible(true);
    assertEquals(0, asked.getLong(null));
  }

  @Test
  void sentenceTakesTheFirstLineOfTheCause() {
    assertEquals(
        "TensorFlow's native library for "
            + PLATFORM
            + " could not be loaded from /opt/tf (no such symbol); allow to fetch it with the setting \"download\" ("
            + NativeArtifact.of(PLATFORM).get().size()
            + "), or add the jar org.tensorflow:tensorflow-core-native:1.0.0-rc.1:"
            + PLATFORM
            + " to the class path (in Fiji: put it into lib/anatomical-priors), or set TENSORFLOW_LIBRARY_PATH to a folder that holds an intact copy of the library.",
        Natives.describe("/opt/tf", new UnsatisfiedLinkError("no such symbol\nat line 2")));
    assertTrue(
        Natives.describe(null, new UnsatisfiedLinkError())
            .contains(" was not found on the class path ("));
  }
}
