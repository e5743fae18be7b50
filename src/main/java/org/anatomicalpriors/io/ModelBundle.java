package org.anatomicalpriors.io;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.files.AtomicFiles;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.ModelDescription;
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

  /** Largest description and largest network file that are read, in bytes. */
  private static final long LARGEST_TEXT = 64L << 20;

  private static final long LARGEST_FILE = 4L << 30;

  /** The same moment in every entry, so that equal models make equal files. */
  private static final long ENTRY_TIME = 946684800000L;

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().serializeSpecialFloatingPointValues().create();

  private ModelBundle() {}

  /** Writes a model; an existing file is replaced once the new one is whole. */
  public static void save(final AnatomicalPrior prior, final Path file) {
    AtomicFiles.write(file, out -> write(prior, out));
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
      checksums.put(NETWORK + name, sha256(source));
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
    checksums.put(name, sha256(bytes));
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
   * Opens a model. Names, sizes, checksums and the network's operations are checked before
   * TensorFlow sees it.
   *
   * @throws InvalidInputException if it is no intact model file
   */
  public static AnatomicalPrior open(final Path file, final Engine engine) {
    final TemporaryFolder folder = SavedModels.temporaryFolder();
    try (ZipFile zip = new ZipFile(existing(file).toFile())) {
      final Map<String, String> checksums = checksums(zip, file);
      final ModelDescription d = description(zip, checksums, file);
      final Optional<ShapeSpace> shapes = shapes(zip, checksums, d, file);
      for (final String name : NETWORK_FILES) {
        final Path target = folder.path().resolve(name);
        Files.createDirectories(target.getParent());
        copy(zip, NETWORK + name, checksums, target, file);
      }
      final AnatomicalPrior prior = AnatomicalPrior.open(d, folder, engine);
      shapes.ifPresent(prior::withShapes);
      return prior;
    } catch (final IOException e) {
      folder.close();
      throw damaged(file, e.getMessage(), e);
    } catch (final EngineException e) {
      folder.close();
      throw new InvalidInputException(file + ": " + e.getMessage(), e);
    } catch (final RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /** What a model file says of itself, without starting TensorFlow. */
  public static ModelDescription describe(final Path file) {
    try (ZipFile zip = new ZipFile(existing(file).toFile())) {
      return description(zip, checksums(zip, file), file);
    } catch (final IOException e) {
      throw damaged(file, e.getMessage(), e);
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

  private static Map<String, String> checksums(final ZipFile zip, final Path file)
      throws IOException {
    for (final Enumeration<? extends ZipEntry> e = zip.entries(); e.hasMoreElements(); ) {
      final String name = e.nextElement().getName();
      if (!List.of(DESCRIPTION, RDF, SHAPES, CHECKSUMS).contains(name)
          && !(name.startsWith(NETWORK)
              && NETWORK_FILES.contains(name.substring(NETWORK.length()))))
        throw damaged(file, "it holds the unknown entry " + name, null);
    }
    final Map<?, ?> read = parse(text(zip, CHECKSUMS, file), Map.class, file);
    final Map<String, String> checksums = new TreeMap<>();
    read.forEach((k, v) -> checksums.put(String.valueOf(k), String.valueOf(v)));
    return checksums;
  }

  private static ModelDescription description(
      final ZipFile zip, final Map<String, String> checksums, final Path file) throws IOException {
    return DescriptionJson.read(checked(zip, DESCRIPTION, checksums, file), file);
  }

  /** Empty for a model of an older version; one taken out leaves its checksum behind. */
  private static Optional<ShapeSpace> shapes(
      final ZipFile zip,
      final Map<String, String> checksums,
      final ModelDescription d,
      final Path file)
      throws IOException {
    if (zip.getEntry(SHAPES) == null && !checksums.containsKey(SHAPES)) return Optional.empty();
    final String text = checked(zip, SHAPES, checksums, file);
    return Optional.of(ShapeSpaceJson.read(text, d.architecture().latentCount(), file));
  }

  private static String checked(
      final ZipFile zip, final String name, final Map<String, String> checksums, final Path file)
      throws IOException {
    final String text = text(zip, name, file);
    if (!sha256(text.getBytes(StandardCharsets.UTF_8)).equals(checksums.get(name)))
      throw damaged(file, "the checksum of " + name + " differs", null);
    return text;
  }

  private static <T> T parse(final String text, final Class<T> type, final Path file) {
    try {
      final T value = GSON.fromJson(text, type);
      if (value == null) throw damaged(file, "an entry is empty", null);
      return value;
    } catch (final JsonParseException e) {
      throw damaged(file, "an entry is no JSON", e);
    }
  }

  private static String text(final ZipFile zip, final String name, final Path file)
      throws IOException {
    final ZipEntry e = zip.getEntry(name);
    if (e == null || e.getSize() > LARGEST_TEXT)
      throw damaged(file, "the entry " + name + " is missing or too large", null);
    try (InputStream in = zip.getInputStream(e)) {
      return new String(in.readNBytes((int) LARGEST_TEXT), StandardCharsets.UTF_8);
    }
  }

  private static void copy(
      final ZipFile zip,
      final String name,
      final Map<String, String> checksums,
      final Path target,
      final Path file)
      throws IOException {
    final ZipEntry e = zip.getEntry(name);
    if (e == null || e.getSize() < 0 || e.getSize() > LARGEST_FILE)
      throw damaged(file, "the entry " + name + " is missing or too large", null);
    final MessageDigest digest = digest();
    try (InputStream in = new DigestInputStream(zip.getInputStream(e), digest)) {
      Files.copy(in, target);
    }
    if (!hex(digest.digest()).equals(checksums.get(name)))
      throw damaged(file, "the checksum of " + name + " differs", null);
  }

  private static InvalidInputException damaged(
      final Path file, final String why, final Throwable cause) {
    return new InvalidInputException(
        file + " is no intact model file (" + why + "); get it again or train a new one.", cause);
  }

  /** SHA-256 of a file, in hexadecimal. */
  public static String sha256(final Path file) {
    final MessageDigest digest = digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (final IOException e) {
      throw new UncheckedIOException(file + " could not be read.", e);
    }
    return hex(digest.digest());
  }

  /** SHA-256, in hexadecimal. */
  static String sha256(final byte[] bytes) {
    return hex(digest().digest(bytes));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (final java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every Java has it.
    }
  }

  private static String hex(final byte[] bytes) {
    final StringBuilder s = new StringBuilder();
    for (final byte b : bytes) s.append(String.format("%02x", b));
    return s.toString();
  }
}
