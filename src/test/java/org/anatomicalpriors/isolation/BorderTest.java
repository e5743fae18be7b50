package org.anatomicalpriors.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.anatomicalpriors.updatesite.Library;
import org.junit.jupiter.api.Test;

/** The update site leaves to Fiji the very libraries whose classes the loader takes from it. */
class BorderTest {

  /** Of a jar's classes: from which side they come. */
  private static Set<Origin> origins(final Library library) throws IOException {
    final Set<Origin> origins = new TreeSet<>();
    try (ZipFile jar = new ZipFile(library.jar.toFile())) {
      jar.stream()
          .map(ZipEntry::getName)
          .filter(n -> n.endsWith(".class") && !n.endsWith("-info.class"))
          .filter(n -> !n.startsWith("META-INF/"))
          .map(n -> n.substring(0, n.length() - ".class".length()).replace('/', '.'))
          .filter(n -> n.contains(".")) // ImageJ has some in no package
          .forEach(n -> origins.add(Origin.ofClass(n)));
    }
    return origins;
  }

  @Test
  void whatIsInstalledIsIsolatedAndWhatIsNotIsFijis() throws IOException {
    final Map<String, Set<Origin>> wrong = new TreeMap<>();
    int fijis = 0;
    for (final Library library : Library.of(FijiFolder.libraries())) {
      final Set<Origin> origins = origins(library);
      if (library.isFijis()) fijis++;
      if (library.isFijis()
          ? !origins.equals(Set.of(Origin.PARENT_ONLY))
          : origins.contains(Origin.PARENT_ONLY)) wrong.put(library.name(), origins);
    }
    assertEquals(Map.of(), wrong);
    assertTrue(fijis >= 3, "only " + fijis);
  }
}
