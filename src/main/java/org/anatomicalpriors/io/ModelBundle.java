package org.anatomicalpriors.io;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.anatomicalpriors.Excerpt;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.files.AtomicFiles;
import org.anatomicalpriors.files.Sha256;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.ModelDescription;
import org.anatomicalpriors.model.NetworkLayout;
import org.anatomicalpriors.model.ShapeSpace;
import org.anatomicalpriors.tensorflow.Engine;
import org.anatomicalpriors.tensorflow.EngineException;
import org.anatomicalpriors.tensorflow.SavedModels;
import org.anatomicalpriors.tensorflow.TemporaryFolder;

/**
 * A prior or segmenter as one {@code .zip}: {@code rdf.yaml} (bioimage.io model description),
 * {@code model.json} (grid, labels, architecture, how it was made), {@code shape-space.json}
 * (leading axes of the training maps' codes; models of older versions have none), {@code
 * checksums.json} and the TensorFlow SavedModel.
 */
public final class ModelBundle {

  private static final String DESCRIPTION = "model.json";
  private static final String CHECKSUMS = "checksums.json";
  private static final String RDF = "rdf.yaml";
  private static final String SHAPES = "shape-space.json";
  private static final String NETWORK = "saved_model/";

  /** The files that a bundle consists of, all others are refused. */
  private static final List<String> NETWORK_FILES =
      List.of(
          "saved_model.pb", "variables/variables.index", "variables/variables.data-00000-of-00001");

  private static final String VARIABLES = NETWORK_FILES.get(2);

  /** All names that an entry may have. */
  private static final Set<String> NAMES =
      Stream.concat(
              Stream.of(DESCRIPTION, RDF, SHAPES, CHECKSUMS),
              NETWORK_FILES.stream().map(name -> NETWORK + name))
          .collect(Collectors.toUnmodifiableSet());

  /**
   * Most bytes of a text, of the shape axes (the one text that grows with the grid), of a graph.
   */
  private static final long LARGEST_TEXT = 8L << 20;

  private static final long LARGEST_SHAPES = 256L << 20;
  private static final long LARGEST_GRAPH = 1L << 20;

  /** The same moment in every entry, so that equal models make equal files. */
  private static final long ENTRY_TIME = 946684800000L;

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().serializeSpecialFloatingPointValues().create();

  private ModelBundle() {}

  /**
   * Writes a model; an existing file is replaced once the new one is whole, and parts that killed
   * processes left of it are deleted.
   */
  public static void save(final AnatomicalPrior prior, final Path file) {
    AtomicFiles.write(file, out -> write(prior, out));
    AtomicFiles.deleteLeftovers(file);
  }

  private static void write(final AnatomicalPrior prior, final OutputStream out)
      throws IOException {
    final ZipOutputStream zip = new ZipOutputStream(out);
    final Map<String, String> checksums = new TreeMap<>();
    final ModelDescription d = prior.description();
    put(zip, DESCRIPTION, DescriptionJson.write(d), checksums);
    put(zip, RDF, BioimageDescription.yaml(d), checksums);
    final Optional<ShapeSpace> shapes = prior.shapes();
    if (shapes.isPresent()) put(zip, SHAPES, ShapeSpaceJson.write(shapes.get()), checksums);
    for (final String name : NETWORK_FILES) {
      final Path source = prior.savedModel().resolve(name);
      checksums.put(NETWORK + name, Sha256.of(source));
      zip.putNextEntry(entry(NETWORK + name));
      Files.copy(source, zip);
      zip.closeEntry();
    }
    put(zip, CHECKSUMS, GSON.toJson(checksums), new TreeMap<>());
    zip.finish();
  }

  private static void put(
      final ZipOutputStream zip,
      final String name,
      final String text,
      final Map<String, String> checksums)
      throws IOException {
    final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    checksums.put(name, Sha256.of(bytes));
    zip.putNextEntry(entry(name));
    zip.write(bytes);
    zip.closeEntry();
  }

  private static ZipEntry entry(final String name) {
    final ZipEntry e = new ZipEntry(name);
    e.setTime(ENTRY_TIME);
    return e;
  }

  /**
   * Opens a model. Names, sizes, checksums and all that the network consists of are checked before
   * TensorFlow sees it, which is when the prior first computes.
   *
   * @throws InvalidInputException if it is no intact model file
   */
  public static AnatomicalPrior open(final Path file, final Engine engine) {
    return openEarly(file, () -> engine);
  }

  /**
   * As above, with an engine that need not be there yet.
   *
   * @param engine asked for whenever it is needed; gives the same one every time
   */
  public static AnatomicalPrior openEarly(final Path file, final Supplier<Engine> engine) {
    try (BundleEntries entries = BundleEntries.open(existing(file), NAMES)) {
      final Map<String, String> checksums = checksums(entries);
      final ModelDescription d = description(entries, checksums, file);
      final Optional<ShapeSpace> shapes = shapes(entries, checksums, d, file);
      final AnatomicalPrior prior = network(entries, checksums, d, engine);
      shapes.ifPresent(prior::withShapes);
      return prior;
    } catch (final IOException e) {
      throw damaged(file, e);
    } catch (final EngineException e) {
      throw new InvalidInputException(file + ": " + e.getMessage(), e);
    }
  }

  private static AnatomicalPrior network(
      final BundleEntries entries,
      final Map<String, String> checksums,
      final ModelDescription d,
      final Supplier<Engine> engine)
      throws IOException {
    final long variables;
    try {
      variables = NetworkLayout.of(d).bytes();
    } catch (final ArithmeticException e) {
      throw entries.damaged("its networks would be larger than any file", e);
    }
    final TemporaryFolder folder = SavedModels.temporaryFolder();
    try {
      for (final String name : NETWORK_FILES) {
        final Path target = folder.path().resolve(name);
        Files.createDirectories(target.getParent());
        if (name.equals(VARIABLES))
          entries.copyVariables(NETWORK + name, variables, checksums, target);
        else entries.copy(NETWORK + name, LARGEST_GRAPH, checksums, target);
      }
      return AnatomicalPrior.open(d, folder, engine);
    } catch (final IOException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /** What a model file says of itself, without starting TensorFlow. */
  public static ModelDescription describe(final Path file) {
    try (BundleEntries entries = BundleEntries.open(existing(file), NAMES)) {
      return description(entries, checksums(entries), file);
    } catch (final IOException e) {
      throw damaged(file, e);
    }
  }

  /** A description as the JSON that model files hold. */
  public static String toJson(final ModelDescription description) {
    return DescriptionJson.write(description);
  }

  private static Path existing(final Path file) {
    if (!Files.isRegularFile(file))
      throw new InvalidInputException(
          "There is no model file "
              + file
              + "; give the .zip that train-prior or train-segmenter wrote, or the name of a model that comes with the plugin: "
              + String.join(", ", ReadyModels.NAMES)
              + ".");
    return file;
  }

  private static Map<String, String> checksums(final BundleEntries entries) throws IOException {
    final Map<String, String> checksums = new TreeMap<>();
    try {
      final String text = JsonNesting.checked(entries.text(CHECKSUMS, LARGEST_TEXT));
      final Map<?, ?> read = GSON.fromJson(text, Map.class);
      if (read == null) throw entries.damaged("an entry is empty", null);
      read.forEach((k, v) -> checksums.put(String.valueOf(k), String.valueOf(v)));
    } catch (final JsonParseException e) {
      throw entries.damaged("an entry is no JSON", e);
    }
    return checksums;
  }

  private static ModelDescription description(
      final BundleEntries entries, final Map<String, String> checksums, final Path file)
      throws IOException {
    return DescriptionJson.read(entries.checked(DESCRIPTION, LARGEST_TEXT, checksums), file);
  }

  /** Empty for a model of an older version; one taken out leaves its checksum behind. */
  private static Optional<ShapeSpace> shapes(
      final BundleEntries entries,
      final Map<String, String> checksums,
      final ModelDescription d,
      final Path file)
      throws IOException {
    if (!entries.has(SHAPES) && !checksums.containsKey(SHAPES)) return Optional.empty();
    final String text = entries.checked(SHAPES, LARGEST_SHAPES, checksums);
    return Optional.of(ShapeSpaceJson.read(text, d.architecture().latentCount(), file));
  }

  private static InvalidInputException damaged(final Path file, final IOException e) {
    return BundleEntries.damaged(file, Excerpt.of(e.getMessage()), e);
  }
}
