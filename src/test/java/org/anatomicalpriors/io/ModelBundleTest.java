package org.anatomicalpriors.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.files.Sha256;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.Architecture;
import org.anatomicalpriors.model.LatentCode;
import org.anatomicalpriors.model.ModelDescription;
import org.anatomicalpriors.model.PriorTrainer;
import org.anatomicalpriors.model.ShapeSpace;
import org.anatomicalpriors.model.TestPriors;
import org.anatomicalpriors.tensorflow.TestEngine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.yaml.snakeyaml.Yaml;

class ModelBundleTest {

  private static final Architecture ARCHITECTURE =
      TestPriors.architecture(Architecture.Latent.GRID, 4);
  private static final String NETWORK = "saved_model/saved_model.pb";
  private static final String SHAPES = "shape-space.json";

  @TempDir static Path models;
  @TempDir Path folder;

  private static Path intact;
  private static LatentCode code;
  private static float[] decoded;

  @BeforeAll
  static void save() {
    intact = models.resolve("prior.zip");
    try (PriorTrainer trainer = TestPriors.trainer(ARCHITECTURE);
        AnatomicalPrior prior = TestPriors.prior(trainer, ARCHITECTURE)) {
      code = prior.encode(TestPriors.map(ARCHITECTURE, 0));
      decoded = prior.decode(code.mean());
      ModelBundle.save(prior, intact);
    }
  }

  // -- Round trip --

  @Test
  void openedModelComputesWhatTheSavedOneDid() {
    try (AnatomicalPrior prior = ModelBundle.open(intact, TestEngine.get())) {
      final LatentCode again = prior.encode(TestPriors.map(ARCHITECTURE, 0));
      assertArrayEquals(code.mean(), again.mean(), 0f);
      assertArrayEquals(code.logVariance(), again.logVariance(), 0f);
      assertArrayEquals(decoded, prior.decode(code.mean()), 0f);
      assertEquals(ARCHITECTURE.voxels() * 3, prior.atlas().length);
    }
  }

  @Test
  void descriptionComesBackWhole() {
    final ModelDescription expected = TestPriors.description(ARCHITECTURE);
    final ModelDescription d = ModelBundle.describe(intact);
    assertEquals(ModelDescription.FORMAT, d.format());
    assertEquals(expected.grid(), d.grid());
    assertEquals(expected.labels().toString(), d.labels().toString());
    assertEquals(1, d.labels().indexOfSource(5));
    assertEquals(List.of("background", "soft", "hard"), d.labels().groupNames());
    assertEquals(0x00ff00, d.labels().get(2).rgb());
    assertEquals(expected.architecture().toString(), d.architecture().toString());
    assertArrayEquals(new double[] {1, 2, 3}, d.landmarks().positions().get(4));
    assertEquals(expected.landmarks().weights(), d.landmarks().weights());
    assertEquals(1.25, d.landmarks().scatter());
    assertEquals(17, d.landmarks().radius());
    assertFalse(d.isSegmenter());
    assertEquals("1.2.3", d.provenance().version());
    assertEquals(Map.of("a.nii", "0123"), d.provenance().data());
    assertEquals(2, d.provenance().curve().size());
    assertTrue(Double.isNaN(d.provenance().curve().get(0).validation()));
    assertEquals(0.9, d.provenance().curve().get(1).dice());
  }

  @Test
  void savingAnOpenedModelGivesTheSameFile() throws IOException {
    final Path copy = folder.resolve("copy.zip");
    try (AnatomicalPrior prior = ModelBundle.open(intact, TestEngine.get())) {
      ModelBundle.save(prior, copy);
    }
    assertEquals(Sha256.of(intact), Sha256.of(copy));
    assertArrayEquals(Files.readAllBytes(intact), Files.readAllBytes(copy));
  }

  @Test
  void holdsADescriptionForOtherTools() throws IOException {
    final Map<String, byte[]> entries = entries();
    assertEquals(
        Set.of(
            "model.json",
            "rdf.yaml",
            "checksums.json",
            NETWORK,
            "saved_model/variables/variables.index",
            "saved_model/variables/variables.data-00000-of-00001"),
        entries.keySet());
    final Map<String, Object> rdf =
        new Yaml().load(new String(entries.get("rdf.yaml"), StandardCharsets.UTF_8));
    assertEquals("model", rdf.get("type"));
    assertTrue(rdf.get("weights").toString().contains("tensorflow_saved_model_bundle"));
    assertTrue(rdf.get("inputs").toString().contains("[1, 2, 3, 4, 2]"), rdf.toString());
  }

  @Test
  void shapeAxesComeBackAsTheyWere() throws IOException {
    final ShapeSpace expected = TestPriors.shapes(ARCHITECTURE);
    final Path file = withShapes(expected);
    try (AnatomicalPrior prior = ModelBundle.open(file, TestEngine.get())) {
      final ShapeSpace shapes = prior.shapes().orElseThrow();
      assertEquals(5, shapes.maps());
      assertEquals(4, shapes.size());
      assertEquals(expected.variance(), shapes.variance());
      assertArrayEquals(expected.mean(), shapes.mean());
      for (int k = 0; k < 4; k++) {
        assertArrayEquals(expected.axis(k), shapes.axis(k));
        assertEquals(expected.deviation(k), shapes.deviation(k));
      }
      final Path copy = folder.resolve("copy.zip");
      ModelBundle.save(prior, copy);
      assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(copy));
    }
  }

  @Test
  void modelsWithoutShapeAxesOpen() {
    try (AnatomicalPrior prior = ModelBundle.open(intact, TestEngine.get())) {
      assertTrue(prior.shapes().isEmpty());
    }
  }

  private Path withShapes(final ShapeSpace shapes) {
    final Path file = folder.resolve("shapes.zip");
    try (AnatomicalPrior prior = ModelBundle.open(intact, TestEngine.get())) {
      ModelBundle.save(prior.withShapes(shapes), file);
    }
    return file;
  }

  @Test
  void changedOrMissingShapeAxesAreRefused() throws IOException {
    final Map<String, byte[]> entries = entries(withShapes(TestPriors.shapes(ARCHITECTURE)));
    final byte[] text = entries.get(SHAPES);
    text[text.length / 2] ^= 1;
    assertDamaged(write(entries), "the checksum of " + SHAPES + " differs");
    entries.remove(SHAPES);
    assertDamaged(write(entries), "the entry " + SHAPES + " is missing or too large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[1]",
        "no json",
        "{\"maps\":0,\"variance\":1,\"standardDeviations\":[],\"mean\":MEAN,\"axes\":[]}",
        "{\"maps\":2,\"variance\":1,\"standardDeviations\":[1],\"mean\":MEAN,\"axes\":[]}",
        "{\"maps\":2,\"variance\":1,\"standardDeviations\":[1],\"mean\":MEAN,\"axes\":[MEAN]}",
        "{\"maps\":2,\"variance\":1,\"standardDeviations\":[1],\"mean\":MEAN,\"axes\":[[1]]}",
        "{\"maps\":2,\"variance\":1,\"standardDeviations\":[],\"mean\":[1,2],\"axes\":[]}"
      })
  void shapeAxesThatAreNoneAreRefused(final String text) throws IOException {
    final Map<String, byte[]> entries = entries(withShapes(TestPriors.shapes(ARCHITECTURE)));
    final String mean = Arrays.toString(new float[ARCHITECTURE.latentCount()]);
    replace(entries, SHAPES, text.replace("MEAN", mean).getBytes(StandardCharsets.UTF_8));
    final Path file = write(entries);
    assertEquals(
        file + " holds shape axes that cannot be read; get it again or train a new one.",
        refusal(file));
  }

  // -- Refusals --

  private Map<String, byte[]> entries() throws IOException {
    return entries(intact);
  }

  private static Map<String, byte[]> entries(final Path file) throws IOException {
    final Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (final ZipEntry e : java.util.Collections.list(zip.entries()))
        try (InputStream in = zip.getInputStream(e)) {
          entries.put(e.getName(), in.readAllBytes());
        }
    }
    return entries;
  }

  private Path write(final Map<String, byte[]> entries) throws IOException {
    final Path file = folder.resolve("changed.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (final Map.Entry<String, byte[]> e : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(e.getKey()));
        zip.write(e.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }

  /** Replaces an entry and its checksum. */
  private static void replace(
      final Map<String, byte[]> entries, final String name, final byte[] content)
      throws IOException {
    final Path part = Files.createTempFile(models, "part", "");
    Files.write(part, content);
    entries.put(name, content);
    final JsonObject checksums =
        new Gson()
            .fromJson(
                new String(entries.get("checksums.json"), StandardCharsets.UTF_8),
                JsonObject.class);
    checksums.addProperty(name, Sha256.of(part));
    entries.put("checksums.json", checksums.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(final Path file) {
    return assertThrows(
            InvalidInputException.class, () -> ModelBundle.open(file, TestEngine.get()).close())
        .getMessage();
  }

  private static void assertDamaged(final Path file, final String why) {
    assertEquals(
        file + " is no intact model file (" + why + "); get it again or train a new one.",
        refusal(file));
  }

  @Test
  void missingFileIsNamed() {
    final Path file = folder.resolve("none.zip");
    final String message =
        "There is no model file "
            + file
            + "; give the .zip that train-prior or train-segmenter wrote, or the name of a model that comes with the plugin: brain.";
    assertEquals(message, refusal(file));
    assertEquals(
        message,
        assertThrows(InvalidInputException.class, () -> ModelBundle.describe(file)).getMessage());
    assertEquals(
        "There is no model file "
            + folder
            + "; give the .zip that train-prior or train-segmenter wrote, or the name of a model that comes with the plugin: brain.",
        refusal(folder));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        NETWORK,
        "saved_model/variables/variables.index",
        "saved_model/variables/variables.data-00000-of-00001",
        "model.json"
      })
  void changedEntriesAreRefused(final String name) throws IOException {
    final Map<String, byte[]> entries = entries();
    entries.get(name)[entries.get(name).length / 2] ^= 1;
    assertDamaged(write(entries), "the checksum of " + name + " differs");
  }

  @ParameterizedTest
  @ValueSource(strings = {NETWORK, "checksums.json", "model.json"})
  void missingEntriesAreRefused(final String name) throws IOException {
    final Map<String, byte[]> entries = entries();
    entries.remove(name);
    assertDamaged(write(entries), "the entry " + name + " is missing or too large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil.sh",
        "saved_model/../../evil.sh",
        "saved_model/assets/evil.txt",
        "/evil.sh",
        "run.sh",
        "saved_model/"
      })
  void unknownEntriesAreRefused(final String name) throws IOException {
    final Map<String, byte[]> entries = entries();
    entries.put(name, new byte[0]);
    assertDamaged(write(entries), "it holds the unknown entry " + name);
    assertFalse(Files.exists(folder.resolve("../evil.sh")));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 0.5, 0.99})
  void truncatedFilesAreRefused(final double part) throws IOException {
    final byte[] whole = Files.readAllBytes(intact);
    final Path file = folder.resolve("part.zip");
    Files.write(file, Arrays.copyOf(whole, (int) (part * whole.length)));
    final String message = refusal(file);
    assertTrue(message.startsWith(file + " is no intact model file ("), message);
    assertTrue(message.endsWith("); get it again or train a new one."), message);
  }

  @Test
  void newerFormatsAreRefused() throws IOException {
    final Map<String, byte[]> entries = entries();
    final JsonObject json = json(entries);
    json.addProperty("format", 2);
    replace(entries, "model.json", json.toString().getBytes(StandardCharsets.UTF_8));
    final Path file = write(entries);
    assertEquals(
        file
            + " was written by a newer version of this plugin (format 2, this one reads 1); update the plugin.",
        refusal(file));
  }

  private static JsonObject json(final Map<String, byte[]> entries) {
    return new Gson()
        .fromJson(new String(entries.get("model.json"), StandardCharsets.UTF_8), JsonObject.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gridSize",
        "gridToWorld",
        "unit",
        "labels",
        "channels",
        "latent",
        "landmarks",
        "provenance"
      })
  void descriptionsWithoutAFieldAreRefused(final String field) throws IOException {
    final Map<String, byte[]> entries = entries();
    final JsonObject json = json(entries);
    json.remove(field);
    replace(entries, "model.json", json.toString().getBytes(StandardCharsets.UTF_8));
    final Path file = write(entries);
    assertEquals(
        file + " holds a description that cannot be read; get it again or train a new one.",
        refusal(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "null", "not json", "3"})
  void descriptionsThatAreNoneAreRefused(final String text) throws IOException {
    final Map<String, byte[]> entries = entries();
    replace(entries, "model.json", text.getBytes(StandardCharsets.UTF_8));
    final Path file = write(entries);
    assertEquals(
        file + " holds a description that cannot be read; get it again or train a new one.",
        refusal(file));
  }

  @Test
  void networkThatReadsFilesIsRefused() throws IOException {
    final Map<String, byte[]> entries = entries();
    final SavedModel.Builder model = SavedModel.parseFrom(entries.get(NETWORK)).toBuilder();
    model
        .getMetaGraphsBuilder(0)
        .getGraphDefBuilder()
        .addNode(NodeDef.newBuilder().setName("spy").setOp("ReadFile"));
    replace(entries, NETWORK, model.build().toByteArray());
    final Path file = write(entries);
    assertEquals(
        file
            + ": The model contains ReadFile, which this plugin never writes; it may be harmful and was not loaded: use models from a source you trust.",
        refusal(file));
  }
}
