package org.anatomicalpriors.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.CancelledProgress;
import org.anatomicalpriors.progress.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetching a native library from a server on this computer. */
class NativeCacheTest {

  private static final String PLATFORM = "linux-x86_64";

  /** How the server answers. */
  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  @TempDir Path folder;

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch release = new CountDownLatch(1);
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private volatile Answer answer = this::sendAll;
  private HttpServer server;
  private byte[] jar;
  private byte[] library;
  private NativeArtifact artifact;
  private Path root;
  private NativeCache cache;

  @BeforeEach
  void serve() throws Exception {
    library = new byte[300_000];
    new Random(1).nextBytes(library);
    jar = jar(Natives.libraryName());
    artifact = new NativeArtifact(PLATFORM, jar.length, sha256(jar));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.add(exchange.getRequestURI().getPath());
          try {
            answer.to(exchange);
          } finally {
            exchange.close();
          }
        });
    server.setExecutor(pool);
    server.start();
    root = folder.resolve("user/cache");
    cache = new NativeCache(root, "http://127.0.0.1:" + server.getAddress().getPort() + "/maven2/");
  }

  @AfterEach
  void stop() {
    release.countDown();
    server.stop(0);
    pool.shutdownNow();
  }

  private byte[] jar(final String name) throws IOException {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      final String inside = "org/tensorflow/internal/c_api/" + PLATFORM + "/";
      zip.putNextEntry(new ZipEntry(inside));
      zip.putNextEntry(new ZipEntry(inside + name));
      zip.write(library);
      zip.putNextEntry(new ZipEntry(inside + "libtensorflow_cc.so.2"));
      zip.write(7);
      zip.putNextEntry(new ZipEntry(inside + "licences/TEXT"));
      zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
    }
    return bytes.toByteArray();
  }

  private static String sha256(final byte[] bytes) throws Exception {
    final StringBuilder hex = new StringBuilder();
    for (final byte b : MessageDigest.getInstance("SHA-256").digest(bytes))
      hex.append(String.format("%02x", b));
    return hex.toString();
  }

  private void sendAll(final HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, jar.length);
    exchange.getResponseBody().write(jar);
  }

  /** Half of the file, then whatever follows. */
  private void sendHalf(final HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, jar.length);
    final OutputStream out = exchange.getResponseBody();
    out.write(jar, 0, jar.length / 2);
    out.flush();
  }

  private void stall(final HttpExchange exchange) throws IOException {
    sendHalf(exchange);
    try {
      release.await();
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> names(final Path where) throws IOException {
    if (!Files.exists(where)) return List.of();
    try (Stream<Path> list = Files.list(where)) {
      return list.map(p -> p.getFileName().toString()).sorted().collect(Collectors.toList());
    }
  }

  private EngineException assertRefused(final String reason) throws IOException {
    final EngineException e =
        assertThrows(EngineException.class, () -> cache.fetch(artifact, Progress.NONE));
    assertTrue(
        e.getMessage()
            .startsWith(
                "TensorFlow's native library (1 MB) from http://127.0.0.1:"
                    + server.getAddress().getPort()
                    + "/maven2/org/tensorflow/tensorflow-core-native/1.0.0-rc.1/tensorflow-core-native-1.0.0-rc.1-linux-x86_64.jar into "
                    + root
                    + " could not be fetched ("),
        e.getMessage());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
    assertTrue(
        e.getMessage().contains(" try again, or add the jar org.tensorflow:"), e.getMessage());
    assertEquals(List.of(), names(root), "something was left");
    assertFalse(cache.find(artifact).isPresent());
    return e;
  }

  @Test
  void wholeLibraryIsUnpackedIntoPlace() throws IOException {
    final AtomicLong last = new AtomicLong();
    final List<String> stages = new CopyOnWriteArrayList<>();
    final Path found =
        cache.fetch(
            artifact,
            (stage, done, total, message) -> {
              if (!stages.contains(stage)) stages.add(stage);
              if (total > 0) last.set(done);
            });
    assertEquals(root.resolve("tensorflow-1.0.0-rc.1-linux-x86_64"), found);
    assertEquals(found, cache.find(artifact).get());
    assertEquals(List.of(found.getFileName().toString()), names(root));
    final List<String> files =
        new ArrayList<>(List.of("libtensorflow_cc.so.2", Natives.libraryName()));
    files.sort(null);
    assertEquals(files, names(found));
    assertArrayEquals(library, Files.readAllBytes(found.resolve(Natives.libraryName())));
    assertEquals(jar.length, last.get());
    assertEquals(List.of("fetch TensorFlow's library", "unpack TensorFlow's library"), stages);
    assertEquals(
        List.of(
            "/maven2/org/tensorflow/tensorflow-core-native/1.0.0-rc.1/tensorflow-core-native-1.0.0-rc.1-linux-x86_64.jar"),
        requests);
  }

  @Test
  void wrongChecksumIsRefusedAndDeleted() throws IOException {
    jar[jar.length / 2] ^= 1;
    assertRefused(" instead of " + artifact.sha256() + ", so it was deleted");
  }

  @Test
  void brokenTransferLeavesNothing() throws IOException {
    answer = this::sendHalf;
    assertRefused("");
  }

  @Test
  void longerFileIsNotReadToItsEnd() throws IOException {
    answer =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(jar);
          exchange.getResponseBody().write(new byte[100]);
        };
    assertRefused("it has more than " + jar.length + " bytes");
  }

  @Test
  void missingFileIsNamed() throws IOException {
    answer = exchange -> exchange.sendResponseHeaders(404, -1);
    assertRefused("the server answered 404");
  }

  @Test
  void unreachableServerIsNamed() throws IOException {
    server.stop(0);
    assertRefused("Connect");
    assertEquals(List.of(), requests);
  }

  @Test
  void jarWithoutTheLibraryIsRefused() throws Exception {
    jar = jar("other.so");
    artifact = new NativeArtifact(PLATFORM, jar.length, sha256(jar));
    assertRefused("there is no " + Natives.libraryName() + " in it");
  }

  @Test
  void cancellingEndsAStalledTransfer() throws IOException {
    answer = this::stall;
    final AtomicBoolean cancelled = new AtomicBoolean();
    final Progress progress =
        new Progress() {
          @Override
          public void update(
              final String stage, final long done, final long total, final String message) {
            if (done > 0) cancelled.set(true);
          }

          @Override
          public boolean isCancelled() {
            return cancelled.get();
          }
        };
    assertThrows(CancelledException.class, () -> cache.fetch(artifact, progress));
    assertEquals(List.of(), names(root));
    assertEquals(1, release.getCount(), "the server still stalls");
  }

  @Test
  void interruptingEndsAStalledTransfer() throws Exception {
    answer = this::stall;
    final Thread caller = Thread.currentThread();
    assertThrows(
        CancelledException.class,
        () ->
            cache.fetch(
                artifact,
                (stage, done, total, message) -> {
                  if (done > 0) caller.interrupt();
                }));
    assertTrue(Thread.interrupted(), "the flag is kept for the caller");
    assertEquals(List.of(), names(root));
  }

  @Test
  void cancelledBeforeItsStartAsksNothing() {
    assertThrows(CancelledException.class, () -> cache.fetch(artifact, new CancelledProgress()));
    assertEquals(List.of(), requests);
  }

  @Test
  void nothingIsFetchedWithoutConsent() {
    final List<String> offers = new ArrayList<>();
    assertNull(
        Natives.fetched(
            cache,
            offer -> {
              offers.add(offer);
              return false;
            },
            Progress.NONE));
    assertNull(Natives.fetched(cache, DownloadConsent.NEVER, Progress.NONE));
    assertEquals(List.of(), requests);
    assertFalse(Files.exists(root));
    assertEquals(1, offers.size());
    assertTrue(
        offers.get(0).matches("TensorFlow's native library \\(\\d+ MB\\) from http.* into .*cache"),
        offers.get(0));
  }

  @Test
  void consentIsAskedBeforeTheFirstRequestAndNeverAgain() throws IOException {
    final List<Integer> asked = new ArrayList<>();
    final DownloadConsent consent =
        offer -> {
          asked.add(requests.size());
          return true;
        };
    // The real artifact: what this server sends is not it.
    assertThrows(EngineException.class, () -> Natives.fetched(cache, consent, Progress.NONE));
    assertEquals(List.of(0), asked);
    assertEquals(1, requests.size());
    final Path kept =
        Files.createDirectory(
            root.resolve(
                "tensorflow-1.0.0-rc.1-" + org.bytedeco.javacpp.Loader.Detector.getPlatform()));
    assertEquals(kept.toString(), Natives.fetched(cache, consent, Progress.NONE));
    assertEquals(1, asked.size());
    assertEquals(1, requests.size());
  }

  @Test
  void leftoversOfKilledProcessesAreDeletedAfterADay() throws IOException {
    final Path old = Files.createDirectories(root.resolve(".fetching-old"));
    Files.write(old.resolve("library.jar"), new byte[9]);
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    Files.createDirectories(root.resolve(".fetching-young"));
    cache.fetch(artifact, Progress.NONE);
    assertEquals(List.of(".fetching-young", "tensorflow-1.0.0-rc.1-linux-x86_64"), names(root));
  }

  @Test
  void whoComesSecondTakesTheFirstOnesFiles() throws IOException {
    final Path first = cache.fetch(artifact, Progress.NONE);
    Files.write(first.resolve("mark"), new byte[1]);
    assertEquals(first, cache.fetch(artifact, Progress.NONE));
    assertTrue(Files.exists(first.resolve("mark")));
    assertEquals(1, names(root).size());
  }

  @Test
  void addressesAndChecksumsAreComplete() throws Exception {
    for (final String platform :
        List.of("linux-x86_64", "macosx-arm64", "macosx-x86_64", "windows-x86_64")) {
      final NativeArtifact a = NativeArtifact.of(platform).get();
      assertTrue(a.sha256().matches("[0-9a-f]{64}"), platform);
      assertTrue(a.bytes() > 70_000_000, platform);
      assertEquals("org.tensorflow:tensorflow-core-native:1.0.0-rc.1:" + platform, a.coordinates());
    }
    assertFalse(NativeArtifact.of("linux-arm64").isPresent());
  }
}
