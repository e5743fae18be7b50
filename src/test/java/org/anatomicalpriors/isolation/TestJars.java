package org.anatomicalpriors.isolation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Makes jars for tests. */
public final class TestJars {

  private TestJars() {}

  /**
   * Compiles sources and packs them.
   *
   * @param jar file to write
   * @param sources Java source by class name, or any text by resource name (with a slash)
   */
  static File compile(final Path jar, final Map<String, String> sources) throws IOException {
    final Path folder = Files.createTempDirectory(jar.getParent(), "classes");
    final Path javas = Files.createTempDirectory(jar.getParent(), "sources");
    final List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", folder.toString()));
    for (final Map.Entry<String, String> source : sources.entrySet()) {
      final boolean resource = source.getKey().contains("/");
      final Path file =
          (resource ? folder : javas)
              .resolve(resource ? source.getKey() : source.getKey().replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      Files.writeString(file, source.getValue());
      if (!resource) arguments.add(file.toString());
    }
    final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    final StringWriter messages = new StringWriter();
    final boolean ok =
        compiler
            .getTask(
                messages,
                null,
                null,
                arguments.subList(0, 3),
                null,
                compiler
                    .getStandardFileManager(null, null, StandardCharsets.UTF_8)
                    .getJavaFileObjectsFromStrings(arguments.subList(3, arguments.size())))
            .call();
    assertTrue(ok, messages.toString());
    return pack(jar, folder);
  }

  /** Packs a folder. */
  public static File pack(final Path jar, final Path folder) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> walk = Files.walk(folder)) {
      for (final Path path :
          walk.filter(Files::isRegularFile).sorted().collect(Collectors.toList())) {
        out.putNextEntry(
            new JarEntry(folder.relativize(path).toString().replace(File.separatorChar, '/')));
        Files.copy(path, out);
        out.closeEntry();
      }
    }
    return jar.toFile();
  }
}
