package org.anatomicalpriors.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Fiji's start loads of this plugin: the commands and the service, nothing behind them. */
class FijiStartTest {

  @TempDir Path folder;

  /** All plugins in SciJava's index, which the compiler writes. */
  private static Set<String> indexed() throws IOException {
    final String index =
        Files.readString(
            FijiFolder.codeOf(CoreLoader.class).resolve("META-INF/json/org.scijava.plugin.Plugin"));
    final Set<String> names = new TreeSet<>();
    for (final Matcher m = Pattern.compile("\"class\":\"([^\"]+)\"").matcher(index); m.find(); )
      names.add(m.group(1));
    return names;
  }

  @Test
  void noEngineClassIsLoadedBeforeItIsNeeded() throws Exception {
    final FijiFolder fiji = FijiFolder.make(folder.resolve("Fiji.app"));
    final ChildJvm child = ChildJvm.run(folder, fiji.classPath(), FijiStart.class);
    assertEquals(0, child.exit, child.out + child.err);
    final Set<String> ours =
        child
            .out
            .lines()
            .filter(l -> l.startsWith("ours: "))
            .map(l -> l.substring("ours: ".length()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(indexed(), ours);
    assertTrue(ours.size() > 2, "only " + ours);

    assertEquals(
        List.of(),
        child.loaded(
            "ai.djl.",
            "org.tensorflow.",
            "org.bytedeco.",
            "com.google.",
            "com.sun.jna.",
            "org.apache.commons.",
            "org.jfree.",
            "picocli."));
    assertTrue(
        child.loaded("org.anatomicalpriors.service.DefaultAnatomicalPriorService").size() == 1,
        "the log was read");
    final List<String> core =
        child.loaded("org.anatomicalpriors.").stream()
            .map(c -> c.substring(0, c.indexOf(' ')))
            .filter(c -> Origin.ofClass(c) != Origin.PARENT_ONLY)
            .collect(Collectors.toList());
    assertEquals(List.of(), core, "classes of the core");
    assertEquals(
        List.of(),
        child.loaded("org.anatomicalpriors.isolation.IsolatedClassLoader"),
        "the loader itself");
  }
}
