package org.anatomicalpriors.tensorflow;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.tensorflow.proto.BundleEntryProto;

/**
 * The variables of a SavedModel as they lie in its file, floats in little-endian order, read
 * without TensorFlow: a session that restores them takes as long as a network does to run.
 */
final class VariablesFile {

  private static final String INDEX = "variables.index";
  private static final String DATA = "variables.data-00000-of-00001";

  /** Added to a turned checksum ({@code tensorflow/core/lib/hash/crc32c.h}). */
  private static final int MASK = 0xa282ead8;

  private static final int TURN = 15;

  private final Path folder;

  /**
   * @param folder {@code variables} of a SavedModel
   */
  VariablesFile(final Path folder) {
    this.folder = folder;
  }

  /** Its list of variables. */
  VariablesIndex index() throws IOException {
    return VariablesIndex.parse(Files.readAllBytes(folder.resolve(INDEX)));
  }

  /** Bytes of all values. */
  long size() throws IOException {
    return Files.size(folder.resolve(DATA));
  }

  /**
   * The values of every variable by name.
   *
   * @throws IOException if they are cut or are not those that were written
   */
  Map<String, float[]> read() throws IOException {
    final Map<String, float[]> values = new TreeMap<>();
    try (FileChannel data = FileChannel.open(folder.resolve(DATA))) {
      for (final Map.Entry<String, BundleEntryProto> e : index().entries().entrySet())
        values.put(e.getKey(), floats(data, e.getKey(), e.getValue()));
    }
    return values;
  }

  private static float[] floats(
      final FileChannel data, final String name, final BundleEntryProto entry) throws IOException {
    if (entry.getOffset() > data.size() - entry.getSize())
      throw new EOFException("the values of " + name + " are cut");
    final ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(entry.getSize()));
    while (bytes.hasRemaining())
      if (data.read(bytes, entry.getOffset() + bytes.position()) < 0)
        throw new EOFException("the values of " + name + " are cut");
    final CRC32C sum = new CRC32C();
    sum.update(bytes.flip());
    if (Integer.rotateRight((int) sum.getValue(), TURN) + MASK != entry.getCrc32C())
      throw new IOException("the values of " + name + " are not those that were written");
    final float[] values = new float[bytes.limit() / Float.BYTES];
    bytes.flip().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
