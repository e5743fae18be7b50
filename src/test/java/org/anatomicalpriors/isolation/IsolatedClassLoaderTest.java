package org.anatomicalpriors.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of two jars with the same names a class or resource comes from. */
class IsolatedClassLoaderTest {

  @TempDir static Path folder;

  /** Fiji's libraries, ours with the same names, and some that only Fiji has. */
  private static URL[] fijis, own;

  private URLClassLoader fiji;
  private IsolatedClassLoader isolated;

  @BeforeAll
  static void makeJars() throws IOException {
    fijis =
        new URL[] {
          jar("fiji.jar", sources("fiji")),
          jar(
              "more.jar",
              Map.of(
                  "org.tensorflow.Session", "package org.tensorflow; public class Session {}",
                  "com.google.gson.internal.Old",
                      "package com.google.gson.internal; public class Old {}",
                  "org.apache.commons.math3.Only",
                      "package org.apache.commons.math3; public class Only {}",
                  "org.anatomicalpriors.model.Stale",
                      "package org.anatomicalpriors.model; public class Stale {}"))
        };
    own = new URL[] {jar("own.jar", sources("own"))};
  }

  private static URL jar(final String name, final Map<String, String> sources) throws IOException {
    return TestJars.compile(folder.resolve(name), sources).toURI().toURL();
  }

  @BeforeEach
  void load() {
    fiji = new URLClassLoader(fijis, ClassLoader.getSystemClassLoader().getParent());
    isolated = new IsolatedClassLoader(own, fiji);
  }

  @AfterEach
  void close() throws IOException {
    isolated.close();
    fiji.close();
  }

  /** The same classes and resources on both sides; each says whose it is. */
  private static Map<String, String> sources(final String side) {
    final Map<String, String> sources = new java.util.HashMap<>();
    for (final String name :
        List.of(
            "org.tensorflow.Graph",
            "ai.djl.Model",
            "org.bytedeco.javacpp.Loader",
            "com.google.protobuf.Message",
            "com.google.gson.Gson",
            "com.sun.jna.Native",
            "org.apache.commons.compress.Zip",
            "org.slf4j.Logger",
            "picocli.CommandLine",
            "ij.ImagePlus",
            "net.imglib2.Img",
            "org.scijava.Context",
            "org.anatomicalpriors.Version",
            "org.anatomicalpriors.progress.Progress",
            "org.anatomicalpriors.settings.Setting",
            "org.anatomicalpriors.job.Job",
            "org.anatomicalpriors.service.Backend",
            "org.anatomicalpriors.command.Segment",
            "org.anatomicalpriors.model.Prior",
            "org.anatomicalpriors.fiji.FijiBackend")) {
      final int dot = name.lastIndexOf('.');
      final String simple = name.substring(dot + 1);
      sources.put(
          name,
          "package "
              + name.substring(0, dot)
              + "; public class "
              + simple
              + " { public String toString() { return \""
              + side
              + "\"; } }");
    }
    sources.put("ai.djl.Provider", "package ai.djl; public interface Provider {}");
    sources.put(
        "ai.djl." + side + "Engine",
        "package ai.djl; public class " + side + "Engine implements Provider {}");
    sources.put("META-INF/services/ai.djl.Provider", "ai.djl." + side + "Engine");
    sources.put("META-INF/services/org.slf4j.Logger", "org.slf4j.Logger");
    sources.put("META-INF/services/java.lang.Runnable", side + ".Task");
    sources.put(
        side + ".Task",
        "package " + side + "; public class Task implements Runnable { public void run() {} }");
    sources.put("org/tensorflow/native.txt", side);
    sources.put("org/anatomicalpriors/version.properties", side);
    sources.put("org/anatomicalpriors/labels/table.csv", side);
    sources.put("META-INF/notice.txt", side);
    sources.put("only/" + side + ".txt", side);
    return sources;
  }

  @ParameterizedTest
  @CsvSource({
    "org.tensorflow.Graph, own",
    "ai.djl.Model, own",
    "org.bytedeco.javacpp.Loader, own",
    "com.google.protobuf.Message, own",
    "com.google.gson.Gson, own",
    "com.sun.jna.Native, own",
    "org.apache.commons.compress.Zip, own",
    "org.slf4j.Logger, own",
    "picocli.CommandLine, own",
    "org.anatomicalpriors.model.Prior, own",
    "org.anatomicalpriors.fiji.FijiBackend, own",
    "ij.ImagePlus, fiji",
    "net.imglib2.Img, fiji",
    "org.scijava.Context, fiji",
    "org.anatomicalpriors.Version, fiji",
    "org.anatomicalpriors.progress.Progress, fiji",
    "org.anatomicalpriors.settings.Setting, fiji",
    "org.anatomicalpriors.job.Job, fiji",
    "org.anatomicalpriors.service.Backend, fiji",
    "org.anatomicalpriors.command.Segment, fiji"
  })
  void classesComeFromTheirSide(final String name, final String side) throws Exception {
    final Class<?> type = Class.forName(name, true, isolated);
    assertEquals(side, type.getConstructor().newInstance().toString());
    assertSame(side.equals("own") ? isolated : fiji, type.getClassLoader());
    assertSame(type, isolated.loadClass(name), "loaded twice");
    // The other plugins' side is as it was.
    assertEquals("fiji", fiji.loadClass(name).getConstructor().newInstance().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.tensorflow.Session",
        "com.google.gson.internal.Old",
        "org.anatomicalpriors.model.Stale"
      })
  void whatIsMissingIsNotTakenFromAnotherPlugin(final String name) throws Exception {
    assertNotNull(fiji.loadClass(name), "Fiji has it");
    final ClassNotFoundException e =
        assertThrows(ClassNotFoundException.class, () -> isolated.loadClass(name));
    assertEquals(
        name + " is not among the jars of Anatomical Priors, and no other plugin's is taken",
        e.getMessage());
  }

  @Test
  void otherLibrariesMayComeFromFiji() throws Exception {
    final String name = "org.apache.commons.math3.Only";
    assertSame(fiji.loadClass(name), isolated.loadClass(name));
  }

  @Test
  void javaIsOneForAll() throws Exception {
    for (final String name :
        List.of("java.lang.String", "javax.swing.JFrame", "org.w3c.dom.Node", "java.sql.Driver"))
      assertSame(fiji.loadClass(name), isolated.loadClass(name));
  }

  @ParameterizedTest
  @CsvSource({
    "org/tensorflow/native.txt, own",
    "org/anatomicalpriors/labels/table.csv, own",
    "META-INF/notice.txt, own",
    "only/own.txt, own",
    "only/fiji.txt, fiji",
    "org/anatomicalpriors/version.properties, fiji",
    "org/anatomicalpriors/model/Prior.class, own",
    "org/anatomicalpriors/job/Job.class, fiji",
    "META-INF/services/ai.djl.Provider, own"
  })
  void resourcesComeFromTheirSide(final String name, final String side) throws Exception {
    assertSide(side, isolated.getResource(name));
    assertSide(side, Collections.list(isolated.getResources(name)).get(0));
  }

  private void assertSide(final String side, final URL url) {
    assertTrue(url.toString().contains("/" + side + ".jar!"), url.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "META-INF/services/ai.djl.Provider, own",
    "META-INF/services/org.slf4j.Logger, own",
    "META-INF/services/java.lang.Runnable, fiji own",
    "org/tensorflow/native.txt, own",
    "META-INF/notice.txt, own fiji",
    "org/anatomicalpriors/version.properties, fiji"
  })
  void listsOfResourcesLeakNothingOfIsolatedLibraries(final String name, final String sides)
      throws Exception {
    assertEquals(
        sides,
        Collections.list(isolated.getResources(name)).stream()
            .map(u -> u.toString().replaceAll(".*/(\\w+)\\.jar!.*", "$1"))
            .collect(Collectors.joining(" ")));
  }

  @Test
  void resourcesMissingFromAnIsolatedLibraryStayMissing() throws Exception {
    assertNotNull(fiji.getResource("org/tensorflow/Session.class"));
    assertNull(isolated.getResource("org/tensorflow/Session.class"));
    assertTrue(Collections.list(isolated.getResources("org/tensorflow/Session.class")).isEmpty());
  }

  @Test
  void serviceLoadersFindOwnProvidersOnly() throws Exception {
    final Class<?> provider = isolated.loadClass("ai.djl.Provider");
    final List<String> found = new ArrayList<>();
    try (ContextClassLoader c = ContextClassLoader.of(isolated)) {
      for (final Object p : ServiceLoader.load(provider)) found.add(p.getClass().getName());
    }
    assertEquals(List.of("ai.djl.ownEngine"), found);
    final List<String> tasks = new ArrayList<>();
    for (final Runnable r : ServiceLoader.load(Runnable.class, isolated))
      tasks.add(r.getClass().getName());
    assertEquals(List.of("fiji.Task", "own.Task"), tasks);
  }

  @Test
  void manyThreadsGetTheSameClass() throws Exception {
    final int threads = 8;
    final ExecutorService pool = Executors.newFixedThreadPool(threads);
    final CountDownLatch start = new CountDownLatch(threads);
    final Callable<Class<?>> load =
        () -> {
          start.countDown();
          start.await();
          return isolated.loadClass("org.tensorflow.Graph");
        };
    try {
      final List<Future<Class<?>>> all = new ArrayList<>();
      for (int t = 0; t < threads; t++) all.add(pool.submit(load));
      for (final Future<Class<?>> f : all) assertSame(all.get(0).get(), f.get());
    } finally {
      pool.shutdownNow();
    }
    assertTrue(isolated.isRegisteredAsParallelCapable());
  }

  @Test
  void closedLoaderKeepsWhatItHasAndFindsNothingElse() throws Exception {
    final Class<?> graph = isolated.loadClass("org.tensorflow.Graph");
    isolated.close();
    assertSame(graph, isolated.loadClass("org.tensorflow.Graph"));
    assertThrows(ClassNotFoundException.class, () -> isolated.loadClass("ai.djl.Model"));
    assertEquals(
        "fiji", isolated.loadClass("ij.ImagePlus").getConstructor().newInstance().toString());
  }

  @Test
  void contextClassLoaderIsPutBack() {
    final ClassLoader before = Thread.currentThread().getContextClassLoader();
    assertNotSame(before, isolated);
    assertThrows(
        IllegalStateException.class,
        () -> {
          try (ContextClassLoader c = ContextClassLoader.of(isolated)) {
            assertSame(isolated, Thread.currentThread().getContextClassLoader());
            throw new IllegalStateException();
          }
        });
    assertSame(before, Thread.currentThread().getContextClassLoader());
  }
}
