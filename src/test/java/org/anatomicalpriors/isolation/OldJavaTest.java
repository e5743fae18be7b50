package org.anatomicalpriors.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Fiji on Java 8 starts with this plugin and is told what it needs when it is used. */
class OldJavaTest {

  @TempDir Path folder;

  /** Version of the class file of every class that Fiji's class path sees. */
  private static Map<String, Integer> shared() throws IOException {
    final Path classes = FijiFolder.codeOf(CoreLoader.class);
    final Map<String, Integer> versions = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(classes.resolve("org/anatomicalpriors"))) {
      for (final Path file :
          walk.filter(p -> p.toString().endsWith(".class")).collect(Collectors.toList())) {
        final String path =
            classes.relativize(file).toString().replace(java.io.File.separatorChar, '.');
        final String name = path.substring(0, path.length() - ".class".length());
        if (Origin.ofClass(name) != Origin.PARENT_ONLY || name.endsWith("package-info")) continue;
        try (DataInputStream data = new DataInputStream(Files.newInputStream(file))) {
          data.readInt();
          data.readUnsignedShort();
          versions.put(name, data.readUnsignedShort());
        }
      }
    }
    return versions;
  }

  @Test
  void whatFijiSeesIsCompiledForJava8() throws IOException {
    final Map<String, Integer> versions = shared();
    assertTrue(versions.size() > 20, versions.keySet().toString());
    versions.values().removeIf(v -> v == 52);
    assertEquals(Map.of(), versions, "newer than Java 8");
  }

  @Test
  void contextStartsAndTheServiceSaysWhatIsNeeded() throws Exception {
    final FijiFolder fiji = FijiFolder.make(folder.resolve("Fiji.app"));
    final List<String> arguments =
        fiji.classPath().stream()
            .map(Path::toString)
            .collect(Collectors.toCollection(ArrayList::new));
    arguments.add("--");
    arguments.addAll(shared().keySet());
    final ChildJvm child =
        ChildJvm.run(folder, List.of(), OldFiji.class, arguments.toArray(new String[0]));
    final String sentence =
        "InvalidInputException: This Fiji runs on Java 8, but Anatomical Priors needs Java 11 or newer;"
            + " install the latest Fiji from https://fiji.sc, which brings Java 21, or start this one"
            + " with a newer Java.";
    assertEquals(0, child.exit, child.out + child.err);
    assertEquals(
        "examined: "
            + shared().size()
            + "\nservice: true\nload: "
            + sentence
            + "\nrun: "
            + sentence,
        child.out.trim());
    assertEquals("", child.err, "an error that Fiji would show");
  }
}
