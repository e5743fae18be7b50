package org.anatomicalpriors.training;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.anatomicalpriors.Excerpt;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.files.AtomicFiles;
import org.anatomicalpriors.model.ModelDescription.CurvePoint;
import org.anatomicalpriors.settings.Settings;

/**
 * The state of a training between two steps, from which it goes on as if it had never stopped: all
 * weights, the optimiser's moments, the best weights so far and the curve.
 */
final class Checkpoint {

  /** In fingerprints: the numbers in which networks compute. */
  static final String PRECISION = "the precision";

  private static final String STATE = "state.json";
  private static final String LATEST = "latest/";
  private static final String BEST = "best/";
  private static final Gson GSON = new GsonBuilder().serializeSpecialFloatingPointValues().create();

  /** Largest array that a file may ask for, in numbers. */
  private static final int LARGEST = 1 << 28;

  /** Characters of a setting, or of a list of files, in a message. */
  private static final int LONGEST = 400;

  /** Everything but the arrays. */
  private static final class State {
    private Map<String, String> fingerprint;
    private long step;
    private double bestLoss;
    private List<CurvePoint> curve;
    private Map<String, double[]> extra;
  }

  private final State state = new State();
  private final Map<String, float[]> latest = new TreeMap<>();
  private final Map<String, float[]> best = new TreeMap<>();

  /**
   * @param fingerprint what must agree for a training to go on from here: settings and data
   * @param step number of steps done
   * @param bestLoss lowest validation loss so far
   * @param curve losses so far
   * @param extra further numbers of this kind of training, by name
   * @param latest weights and moments now
   * @param best weights at the lowest validation loss
   */
  Checkpoint(
      final Map<String, String> fingerprint,
      final long step,
      final double bestLoss,
      final List<CurvePoint> curve,
      final Map<String, double[]> extra,
      final Map<String, float[]> latest,
      final Map<String, float[]> best) {
    state.fingerprint = new TreeMap<>(fingerprint);
    state.step = step;
    state.bestLoss = bestLoss;
    state.curve = new ArrayList<>(curve);
    state.extra = new TreeMap<>(extra);
    this.latest.putAll(latest);
    this.best.putAll(best);
  }

  long step() {
    return state.step;
  }

  double bestLoss() {
    return state.bestLoss;
  }

  List<CurvePoint> curve() {
    return state.curve;
  }

  Map<String, double[]> extra() {
    return state.extra;
  }

  Map<String, float[]> latest() {
    return latest;
  }

  Map<String, float[]> best() {
    return best;
  }

  void write(final Path file) {
    AtomicFiles.write(file, this::write);
  }

  private void write(final OutputStream stream) throws IOException {
    final ZipOutputStream zip = new ZipOutputStream(stream);
    zip.setLevel(Deflater.NO_COMPRESSION); // weights hardly compress
    zip.putNextEntry(new ZipEntry(STATE));
    zip.write(GSON.toJson(state).getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
    write(zip, LATEST, latest);
    write(zip, BEST, best);
    zip.finish();
  }

  private static void write(
      final ZipOutputStream zip, final String prefix, final Map<String, float[]> arrays)
      throws IOException {
    for (final Map.Entry<String, float[]> e : arrays.entrySet()) {
      zip.putNextEntry(new ZipEntry(prefix + e.getKey()));
      final ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * e.getValue().length);
      bytes.asFloatBuffer().put(e.getValue());
      final DataOutputStream out = new DataOutputStream(zip);
      out.writeInt(e.getValue().length);
      out.write(bytes.array());
      out.flush();
      zip.closeEntry();
    }
  }

  /** Those settings on which the result depends, as the beginning of a fingerprint. */
  static Map<String, String> fingerprint(final Settings settings) {
    final Map<String, String> texts = new TreeMap<>(settings.toTexts());
    texts.remove(PriorSettings.RECOMPUTATION.name());
    return texts;
  }

  /**
   * Reads a checkpoint for a training with this fingerprint.
   *
   * @throws InvalidInputException if there is none, it is damaged, or it is of another training
   */
  static Checkpoint read(final Path file, final Map<String, String> fingerprint) {
    if (!Files.exists(file))
      throw new InvalidInputException(
          "There is no checkpoint "
              + file
              + " to resume from; start without resume, or give the output of the interrupted run.");
    final Checkpoint c;
    try (ZipFile zip = new ZipFile(file.toFile())) {
      c = read(zip);
    } catch (final IOException
        | JsonParseException
        | IllegalArgumentException
        | NullPointerException e) {
      throw new InvalidInputException(
          "The checkpoint " + file + " is damaged; delete it and start again without resume.", e);
    }
    for (final Map.Entry<String, String> e : fingerprint.entrySet())
      if (!e.getValue().equals(c.state.fingerprint.get(e.getKey())))
        throw new InvalidInputException(
            "The checkpoint "
                + file
                + " was made with "
                + e.getKey()
                + " "
                + Excerpt.of(c.state.fingerprint.get(e.getKey()), LONGEST)
                + " and now it is "
                + Excerpt.of(e.getValue(), LONGEST)
                + "; resume with the same settings and data, or start again without resume.");
    return c;
  }

  private static Checkpoint read(final ZipFile zip) throws IOException {
    State state = null;
    final Map<String, float[]> latest = new TreeMap<>(), best = new TreeMap<>();
    for (final ZipEntry e : Collections.list(zip.entries())) {
      // ZipFile itself does not compare checksums.
      try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(e), new CRC32())) {
        final String name = e.getName();
        if (name.equals(STATE))
          state = GSON.fromJson(new String(in.readAllBytes(), StandardCharsets.UTF_8), State.class);
        else if (name.startsWith(LATEST)) latest.put(name.substring(LATEST.length()), array(in));
        else if (name.startsWith(BEST)) best.put(name.substring(BEST.length()), array(in));
        if (in.getChecksum().getValue() != e.getCrc())
          throw new IOException("the checksum of " + name + " differs");
      }
    }
    if (state == null) throw new IOException("no " + STATE);
    state.fingerprint.putIfAbsent(PRECISION, "float32"); // all there was when none was written
    return new Checkpoint(
        state.fingerprint, state.step, state.bestLoss, state.curve, state.extra, latest, best);
  }

  private static float[] array(final InputStream entry) throws IOException {
    final DataInputStream in = new DataInputStream(entry);
    final int n = in.readInt();
    if (n < 0 || n > LARGEST) throw new IOException("an array of " + n + " numbers");
    final byte[] bytes = in.readNBytes(Float.BYTES * n);
    if (bytes.length != Float.BYTES * n || in.read() >= 0)
      throw new IOException("an array of another length");
    final float[] values = new float[n];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
    return values;
  }

  /** Deletes the file when the training has ended well. */
  static void delete(final Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (final IOException e) {
      throw new UncheckedIOException("The checkpoint " + file + " could not be deleted.", e);
    }
  }
}
