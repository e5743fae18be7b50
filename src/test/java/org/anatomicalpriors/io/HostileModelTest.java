package org.anatomicalpriors.io;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.fuzzing.Memory;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.Architecture;
import org.anatomicalpriors.model.PriorTrainer;
import org.anatomicalpriors.model.TestPriors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;

/**
 * Model files that were made to do harm, with checksums that fit. They are opened without an
 * engine: whatever is refused here never reaches TensorFlow.
 */
class HostileModelTest {

  private static final int SIGNATURE = 0x02014b50; // of an entry of a zip's central directory
  private static final int MADE_BY = 5;
  private static final int SIZE = 24;
  private static final int NAME = 46;
  private static final int ATTRIBUTES = 38;
  private static final int UNIX = 3;
  private static final int SYMBOLIC_LINK = 0xa1ff;

  @TempDir static Path models;
  @TempDir Path folder;

  private static BundleParts intact;

  @BeforeAll
  static void save() throws IOException {
    final Path file = models.resolve("prior.zip");
    final Architecture a = TestPriors.architecture(Architecture.Latent.GRID, 4);
    try (PriorTrainer trainer = TestPriors.trainer(a);
        AnatomicalPrior prior = TestPriors.prior(trainer, a)) {
      ModelBundle.save(prior.withShapes(TestPriors.shapes(a)), file);
    }
    intact = BundleParts.of(file);
  }

  private Path write(final byte[] zip) throws IOException {
    return Files.write(folder.resolve("model.zip"), zip);
  }

  private static String refusal(final Path file) {
    return assertThrows(InvalidInputException.class, () -> ModelBundle.open(file, null).close())
        .getMessage();
  }

  private void assertDamaged(final byte[] zip, final String why) throws IOException {
    final Path file = write(zip);
    assertEquals(
        file + " is no intact model file (" + why + "); get it again or train a new one.",
        refusal(file));
  }

  private interface Patch {
    void apply(ByteBuffer zip, int entry);
  }

  /** Changes what the zip's list says of the entries with this name. */
  private static byte[] patched(final byte[] zip, final String name, final Patch patch) {
    final ByteBuffer b = ByteBuffer.wrap(zip.clone()).order(ByteOrder.LITTLE_ENDIAN);
    final byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < zip.length - NAME - wanted.length; at++)
      if (b.getInt(at) == SIGNATURE
          && Arrays.equals(wanted, Arrays.copyOfRange(zip, at + NAME, at + NAME + wanted.length)))
        patch.apply(b, at);
    return b.array();
  }

  @Test
  void intactModelsOpenWithoutAnEngine() throws IOException {
    final Path file = write(intact.copy().seal().pack());
    assertDoesNotThrow(() -> ModelBundle.open(file, null).close());
  }

  @Test
  void theModelThatComesWithThePluginOpens() {
    final Path brain =
        Path.of("src", "main", "resources", "org", "anatomicalpriors", "models", "brain.zip");
    assertDoesNotThrow(() -> ModelBundle.open(brain, null).close());
  }

  // -- What unpacks to more --

  @Test
  void textsThatUnpackOutOfProportionAreRefused() throws IOException {
    final byte[] zip =
        intact
            .copy()
            .put(
                BundleParts.DESCRIPTION, " ".repeat(7 << 20) + intact.text(BundleParts.DESCRIPTION))
            .seal()
            .pack();
    final Path file = write(zip);
    assertTrue(refusal(file).contains("the entry model.json would unpack to 7"), refusal(file));
    final long taken = Memory.taken(() -> ModelBundle.describe(file));
    assertTrue(taken < 1 << 20, taken + " bytes");
  }

  @Test
  void variablesThatTheDescriptionDoesNotNeedAreNotUnpacked() throws IOException {
    final byte[] zip = intact.copy().put(BundleParts.VARIABLES, new byte[16 << 20]).seal().pack();
    assertDamaged(zip, "the entry " + BundleParts.VARIABLES + " is missing or too large");
  }

  @ParameterizedTest
  @ValueSource(strings = {BundleParts.GRAPH, BundleParts.INDEX})
  void networksThatUnpackOutOfProportionAreRefused(final String name) throws IOException {
    final byte[] zip = intact.copy().put(name, new byte[1 << 20]).seal().pack();
    final Path file = write(zip);
    assertTrue(refusal(file).contains("the entry " + name + " would unpack to 1048576 bytes"));
  }

  @ParameterizedTest
  @ValueSource(strings = {BundleParts.DESCRIPTION, BundleParts.VARIABLES, BundleParts.GRAPH})
  void entriesThatAreLargerThanTheySayAreRefused(final String name) throws IOException {
    final byte[] large = Arrays.copyOf(intact.get(name), 16 << 20);
    final int told = intact.get(name).length;
    final byte[] zip =
        patched(
            intact.copy().put(name, large).seal().pack(),
            name,
            (b, at) -> b.putInt(at + SIZE, told));
    final Path file = write(zip);
    final long taken = Memory.taken(() -> ModelBundle.open(file, null));
    assertTrue(taken < 8 << 20, taken + " bytes");
    assertDamaged(zip, "the entry " + name + " is larger than it says");
  }

  /** An operation without a name takes two bytes in the file and many objects in memory. */
  @Test
  void countlessOperationsTakeNoMoreThanTheirShare() throws IOException {
    final SavedModel.Builder model =
        SavedModel.parseFrom(intact.get(BundleParts.GRAPH)).toBuilder();
    final java.util.Random random = new java.util.Random(1);
    while (model.build().getSerializedSize() < 900_000)
      for (int i = 0; i < 10_000; i++)
        model
            .getMetaGraphsBuilder(0)
            .getGraphDefBuilder()
            .addNode(NodeDef.newBuilder().setName("" + (char) (33 + random.nextInt(90))));
    final byte[] zip =
        intact.copy().put(BundleParts.GRAPH, model.build().toByteArray()).seal().pack();
    final Path file = write(zip);
    final long taken = Memory.taken(() -> ModelBundle.open(file, null));
    assertTrue(taken < 1000L * zip.length, taken + " bytes for " + zip.length);
    assertTrue(refusal(file).contains("operations without a name"), refusal(file));
  }

  // -- Names and kinds of entries --

  @Test
  void entriesThatOccurTwiceAreRefused() throws IOException {
    final String twin = "model.jsom"; // one letter off, so that it can be packed
    final byte[] zip = intact.copy().put(twin, intact.get(BundleParts.DESCRIPTION)).pack();
    assertDamaged(
        patched(zip, twin, (b, at) -> b.put(at + NAME + twin.length() - 1, (byte) 'n')),
        "it holds the entry model.json twice");
  }

  @Test
  void longNamesOfUnknownEntriesAreCut() throws IOException {
    final byte[] zip = intact.copy().put("x\n".repeat(10_000), new byte[1]).pack();
    assertDamaged(zip, "it holds the unknown entry " + "x ".repeat(40) + "...");
  }

  private static byte[] asLinks(final byte[] zip, final String name) {
    return patched(
        zip,
        name,
        (b, at) -> b.put(at + MADE_BY, (byte) UNIX).putInt(at + ATTRIBUTES, SYMBOLIC_LINK << 16));
  }

  @Test
  void symbolicLinksAreContentLikeAnyOther() throws IOException {
    final byte[] links = asLinks(intact.copy().seal().pack(), "saved_model");
    try (AnatomicalPrior prior = ModelBundle.open(write(links), null)) {
      assertTrue(
          Files.isRegularFile(
              prior.savedModel().resolve("saved_model.pb"), LinkOption.NOFOLLOW_LINKS));
    }
    final Path secret = Files.write(folder.resolve("secret"), new byte[] {42});
    final byte[] evil =
        asLinks(
            intact.copy().put(BundleParts.GRAPH, secret.toString()).seal().pack(),
            BundleParts.GRAPH);
    final Path file = write(evil);
    assertEquals(file + ": The model's network is damaged; get the file again.", refusal(file));
  }

  @Test
  void modelsMayBeGivenByALink() throws IOException {
    final Path link = folder.resolve("link.zip");
    try {
      Files.createSymbolicLink(link, write(intact.copy().seal().pack()));
    } catch (final FileSystemException e) {
      assumeTrue(false, "no links here");
    }
    assertDoesNotThrow(() -> ModelBundle.open(link, null).close());
  }

  // -- Descriptions --

  private void assertUnreadable(final String description) throws IOException {
    final Path file = write(intact.copy().put(BundleParts.DESCRIPTION, description).seal().pack());
    final String message =
        file + " holds a description that cannot be read; get it again or train a new one.";
    assertEquals(message, refusal(file));
    assertEquals(
        message,
        assertThrows(InvalidInputException.class, () -> ModelBundle.describe(file)).getMessage());
  }

  private static String with(final String path, final String value) {
    final JsonObject all =
        new Gson().fromJson(intact.text(BundleParts.DESCRIPTION), JsonObject.class);
    JsonElement place = all;
    final String[] names = path.split("/");
    for (int i = 0; i < names.length - 1; i++)
      place =
          place.isJsonArray()
              ? place.getAsJsonArray().get(Integer.parseInt(names[i]))
              : place.getAsJsonObject().get(names[i]);
    final String last = names[names.length - 1];
    final JsonElement v = new Gson().fromJson("{\"v\":" + value + "}", JsonObject.class).get("v");
    if (place.isJsonArray()) place.getAsJsonArray().set(Integer.parseInt(last), v);
    else place.getAsJsonObject().add(last, v);
    return new com.google.gson.GsonBuilder()
        .serializeNulls()
        .serializeSpecialFloatingPointValues()
        .create()
        .toJson(all);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gridSize|[8,6]",
        "gridSize|[8,6,-4]",
        "gridSize|[65536,65536,65536]",
        "gridSize|[2147483646,2147483646,4]",
        "gridSize|[8,null,4]",
        "gridToWorld/0|[1,0]",
        "gridToWorld/0/0|NaN",
        "gridToWorld/0/3|1e999",
        "channels|[]",
        "channels|[4,-6]",
        "channels|[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]",
        "latentSize|0",
        "latentSize|-2147483648",
        "labels/1/name|null",
        "labels/1/group|null",
        "labels/1/sourceIds|[null]",
        "labels/1/sourceIds|[0]",
        "labels/1/id|0",
        "labels/1/mirrorId|77",
        "labels/1/mirrorId|9",
        "labels/1|null",
        "landmarks|{\"4\":[1,2]}",
        "landmarks|{\"4\":[1,2,\"NaN\"]}",
        "landmarks|{\"4\":null}",
        "landmarkWeights|{\"4\":null}",
        "landmarkScatter|\"Infinity\"",
        "provenance/curve|[null]",
        "provenance/version|null",
        "provenance/settings|{\"steps\":null}",
        "format|\"right\"",
        "unit|null"
      })
  void descriptionsThatCannotBeAreRefused(final String path, final String value)
      throws IOException {
    assertUnreadable(with(path, value));
  }

  @Test
  void descriptionsThatAreNestedForeverAreRefused() throws IOException {
    final int depth = 50_000;
    final StringBuilder noise = new StringBuilder(); // or it would be refused as a bomb
    final java.util.Random random = new java.util.Random(1);
    while (noise.length() < 10_000) noise.append((char) ('a' + random.nextInt(26)));
    final String prior = "{\"prior\":".repeat(depth) + "null" + "}".repeat(depth);
    assertUnreadable(
        with("provenance/prior", "\"" + noise + "\"")
            .replace("\"" + noise + "\"", prior)
            .replaceFirst("\\{", "{\"noise\":\"" + noise + "\","));
  }

  @Test
  void networksBeyondAllFilesAreRefused() throws IOException {
    assertDamaged(
        intact
            .copy()
            .put(BundleParts.DESCRIPTION, with("channels", "[2147483647,2147483647]"))
            .seal()
            .pack(),
        "its networks would be larger than any file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"maps\":\"right\"}",
        "{\"maps\":2,\"mean\":[null]}",
        "{\"maps\":2,\"variance\":1,\"standardDeviations\":[1.2.3]}"
      })
  void shapeAxesOfNoNumbersAreRefused(final String json) throws IOException {
    final Path file = write(intact.copy().put(BundleParts.SHAPES, json).seal().pack());
    assertEquals(
        file + " holds shape axes that cannot be read; get it again or train a new one.",
        refusal(file));
  }

  // -- Networks --

  @Test
  void networksForAnotherDescriptionAreRefused() throws IOException {
    final Path file =
        write(
            intact
                .copy()
                .remove(BundleParts.SHAPES)
                .put(BundleParts.DESCRIPTION, with("latent", "\"DENSE\""))
                .seal()
                .pack());
    final String message = refusal(file);
    assertTrue(
        message.contains(BundleParts.VARIABLES + " is missing or too large")
            || message.startsWith(file + ": The model's network does not fit its description ("),
        message);
  }

  @Test
  void variablesOfAnotherSizeAreRefused() throws IOException {
    final byte[] variables = intact.get(BundleParts.VARIABLES);
    final Path file =
        write(
            intact
                .copy()
                .put(BundleParts.VARIABLES, Arrays.copyOf(variables, variables.length - 4))
                .seal()
                .pack());
    assertEquals(
        file
            + ": The model's network does not fit its description (its variables are "
            + (variables.length - 4)
            + " bytes where "
            + variables.length
            + " are needed); get the file again or train a new one.",
        refusal(file));
  }

  @Test
  void refusedModelsLeaveNothingBehind() throws IOException {
    final SavedModel.Builder model =
        SavedModel.parseFrom(intact.get(BundleParts.GRAPH)).toBuilder();
    model
        .getMetaGraphsBuilder(0)
        .getGraphDefBuilder()
        .addNode(NodeDef.newBuilder().setName("spy").setOp("PyFunc"));
    final byte[] zip =
        intact.copy().put(BundleParts.GRAPH, model.build().toByteArray()).seal().pack();
    final Path file = write(zip);
    assertEquals(
        file
            + ": The model contains PyFunc, which this plugin never writes; it may be harmful and was not loaded: use models from a source you trust.",
        refusal(file));
    try (java.util.stream.Stream<Path> left = Files.list(folder)) {
      assertEquals(1, left.count());
    }
    assertFalse(Files.exists(folder.resolve("saved_model")));
  }
}
