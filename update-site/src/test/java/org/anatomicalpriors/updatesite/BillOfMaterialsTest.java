package org.anatomicalpriors.updatesite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.anatomicalpriors.files.Sha256;
import org.anatomicalpriors.isolation.FijiFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bill of materials that the build has written, held to the jars that a release ships. */
class BillOfMaterialsTest {

  private static final Path BILL = Path.of("target", Release.BILL_OF_MATERIALS);

  private static JsonObject bill;

  @BeforeAll
  static void read() throws IOException {
    bill = JsonParser.parseString(Files.readString(BILL)).getAsJsonObject();
  }

  @Test
  void itListsWhatIsShippedAndNothingElse() throws Exception {
    final Map<String, String> listed = new TreeMap<>();
    for (final JsonElement e : components())
      listed.put(text(e, "name") + "-" + text(e, "version"), sha256(e.getAsJsonObject()));
    final Set<String> shipped = new TreeSet<>();
    for (final Path jar : FijiFolder.libraries()) {
      final String artifact =
          jar.getParent().getParent().getFileName() + "-" + jar.getParent().getFileName();
      shipped.add(artifact);
      assertEquals(Sha256.of(jar), listed.get(artifact), artifact);
    }
    assertEquals(shipped, listed.keySet());
  }

  @Test
  void everyLibraryHasALicence() {
    for (final JsonElement e : components()) {
      final JsonArray licences = e.getAsJsonObject().getAsJsonArray("licenses");
      assertFalse(licences == null || licences.isEmpty(), text(e, "name"));
    }
  }

  @Test
  void nothingInItChangesFromBuildToBuild() {
    assertEquals("CycloneDX", text(bill, "bomFormat"));
    assertFalse(bill.getAsJsonObject("metadata").has("timestamp"));
    assertTrue(components().size() > 10, "too few to be true");
  }

  private static JsonArray components() {
    return bill.getAsJsonArray("components");
  }

  private static String text(final JsonElement object, final String name) {
    return object.getAsJsonObject().get(name).getAsString();
  }

  private static String sha256(final JsonObject component) {
    for (final JsonElement hash : component.getAsJsonArray("hashes"))
      if (text(hash, "alg").equals("SHA-256")) return text(hash, "content");
    return "none";
  }
}
