package org.anatomicalpriors.tensorflow;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;

/**
 * {@code variables.index} of a SavedModel: a sorted table (LevelDB's format, {@code
 * tensorflow/core/lib/io/format.h}) of a header under the empty key and one {@link
 * BundleEntryProto} for each variable. TensorFlow looks keys up by jumping; a table in which that
 * could lead elsewhere than reading from start to end does is refused.
 */
final class VariablesIndex {

  private static final int FOOTER_BYTES = 48;
  private static final long MAGIC = 0xdb4775248b80fb57L;

  /** Keys may repeat the one before at no cost, so a small file could ask for much memory. */
  private static final int LONGEST_KEY = 200;

  private final Map<String, BundleEntryProto> entries = new TreeMap<>();
  private BundleHeaderProto header = BundleHeaderProto.getDefaultInstance();

  private VariablesIndex() {}

  /**
   * @throws IOException if the table is damaged
   */
  static VariablesIndex parse(final byte[] file) throws IOException {
    try {
      final VariablesIndex index = new VariablesIndex();
      index.read(new Table(file));
      return index;
    } catch (final BufferUnderflowException
        | IndexOutOfBoundsException
        | IllegalArgumentException
        | InvalidProtocolBufferException e) {
      throw new IOException("the table is cut or damaged", e);
    }
  }

  /** Variables by name. */
  Map<String, BundleEntryProto> entries() {
    return entries;
  }

  BundleHeaderProto header() {
    return header;
  }

  private void read(final Table table) throws IOException {
    byte[] last = null;
    final Block blocks = table.block(table.index);
    while (blocks.next(null)) {
      final byte[] upTo = blocks.key;
      if (last != null && Arrays.compareUnsigned(last, upTo) >= 0) throw disorder();
      final Block block = table.block(blocks.value);
      while (block.next(last)) {
        last = block.key;
        add(new String(last, StandardCharsets.UTF_8), block.value);
      }
      if (last == null || Arrays.compareUnsigned(last, upTo) > 0) throw disorder();
      last = upTo;
    }
  }

  private void add(final String name, final ByteBuffer value)
      throws InvalidProtocolBufferException {
    if (name.isEmpty()) header = BundleHeaderProto.parseFrom(value);
    else entries.put(name, BundleEntryProto.parseFrom(value));
  }

  private static IOException disorder() {
    return new IOException("the table is out of order");
  }

  /** A file of blocks; its footer names the block that lists the others. */
  private static final class Table {
    private final ByteBuffer file;
    private final ByteBuffer index;

    Table(final byte[] bytes) throws IOException {
      if (bytes.length < FOOTER_BYTES) throw new IOException("the table has no end");
      file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      if (file.getLong(bytes.length - Long.BYTES) != MAGIC)
        throw new IOException("the table has no end");
      file.position(bytes.length - FOOTER_BYTES);
      number(file); // place and size of a block that TensorFlow leaves empty
      number(file);
      index = file.slice();
      file.position(0);
    }

    /** The block whose place and size stand next in a buffer. */
    Block block(final ByteBuffer handle) throws IOException {
      final int start = number(handle), size = number(handle);
      final ByteBuffer block = file.duplicate().order(ByteOrder.LITTLE_ENDIAN);
      if (start > file.capacity() - size - 1) throw new IOException("a block is cut");
      if (file.get(start + size) != 0) throw new IOException("a block is compressed");
      block.limit(start + size).position(start);
      return new Block(block.slice().order(ByteOrder.LITTLE_ENDIAN));
    }
  }

  /** Keys, of which each tells only what differs from the one before, and values. */
  private static final class Block {
    private final ByteBuffer in;
    private final Set<Integer> whole = new HashSet<>(); // places where a key stands in full
    private byte[] key = {};
    private ByteBuffer value;

    Block(final ByteBuffer block) throws IOException {
      in = block;
      final int restarts = block.getInt(block.limit() - Integer.BYTES);
      final int end = block.limit() - Integer.BYTES;
      if (restarts < 1 || restarts > end / Integer.BYTES) throw new IOException("a block is cut");
      for (int i = 0, at = end; i < restarts; i++) whole.add(block.getInt(at -= Integer.BYTES));
      in.limit(end - Integer.BYTES * restarts);
    }

    /** Moves on to the next key, which must come after {@code last}. */
    boolean next(final byte[] last) throws IOException {
      if (!in.hasRemaining()) {
        if (!whole.isEmpty() && !(whole.size() == 1 && whole.contains(0))) throw disorder();
        return false;
      }
      final boolean full = whole.remove(in.position());
      final int shared = number(in), more = number(in), size = number(in);
      if (shared > key.length || full && shared > 0 || more > in.remaining()) throw disorder();
      if (shared + more > LONGEST_KEY) throw new IOException("a name is too long");
      final byte[] now = Arrays.copyOf(key, shared + more);
      in.get(now, shared, more);
      if (last != null && Arrays.compareUnsigned(last, now) >= 0) throw disorder();
      key = now;
      if (size > in.remaining()) throw new IOException("a value is cut");
      value = in.slice();
      value.limit(size);
      in.position(in.position() + size);
      return true;
    }
  }

  /** A number in 7 bits per byte, least first; none in such a file is beyond an int. */
  private static int number(final ByteBuffer in) throws IOException {
    long number = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      final byte b = in.get();
      number |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        if (number > Integer.MAX_VALUE) break;
        return (int) number;
      }
    }
    throw new IOException("a size is too large");
  }
}
