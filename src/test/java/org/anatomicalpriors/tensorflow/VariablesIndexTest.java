package org.anatomicalpriors.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;

class VariablesIndexTest {

  private static final int START = 0;

  /** Writes tables, right or wrong. */
  private static final class Writer {
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();
    private int kind; // 0: not compressed
    private int restart = START;
    private String upTo = "~";

    Writer entry(final int shared, final String more, final byte[] value) {
      block.write(shared);
      block.write(more.length());
      block.write(value.length);
      block.writeBytes(more.getBytes());
      block.writeBytes(value);
      return this;
    }

    byte[] table() {
      final ByteArrayOutputStream out = new ByteArrayOutputStream();
      final int size = end(out, block, kind, restart);
      final ByteArrayOutputStream index = new ByteArrayOutputStream();
      index.write(0);
      index.write(upTo.length());
      index.write(1 + bytes(size));
      index.writeBytes(upTo.getBytes());
      index.write(0);
      number(index, size);
      final int at = out.size();
      final int indexSize = end(out, index, 0, 0);
      final ByteArrayOutputStream footer = new ByteArrayOutputStream();
      footer.write(0);
      footer.write(0);
      number(footer, at);
      number(footer, indexSize);
      out.writeBytes(java.util.Arrays.copyOf(footer.toByteArray(), 40));
      out.writeBytes(little(8).putLong(0xdb4775248b80fb57L).array());
      return out.toByteArray();
    }

    private static int end(
        final ByteArrayOutputStream out,
        final ByteArrayOutputStream block,
        final int kind,
        final int restart) {
      block.writeBytes(little(8).putInt(restart).putInt(1).array());
      out.writeBytes(block.toByteArray());
      out.write(kind);
      out.writeBytes(new byte[4]);
      return block.size();
    }

    private static ByteBuffer little(final int size) {
      return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int bytes(final int number) {
      return number < 128 ? 1 : 2;
    }

    private static void number(final ByteArrayOutputStream out, final int number) {
      if (number >= 128) out.write(number & 127 | 128);
      out.write(number < 128 ? number : number >> 7);
    }
  }

  private static final byte[] HEADER =
      BundleHeaderProto.newBuilder().setNumShards(1).build().toByteArray();
  private static final byte[] ENTRY =
      BundleEntryProto.newBuilder().setSize(12).build().toByteArray();

  private static Writer table() {
    return new Writer().entry(0, "", HEADER).entry(0, "a.bias", ENTRY).entry(2, "kernel", ENTRY);
  }

  private static String refusal(final byte[] table) {
    return assertThrows(IOException.class, () -> VariablesIndex.parse(table)).getMessage();
  }

  @Test
  void readsHeaderAndEntries() throws IOException {
    final VariablesIndex index = VariablesIndex.parse(table().table());
    assertEquals(1, index.header().getNumShards());
    assertEquals(Set.of("a.bias", "a.kernel"), index.entries().keySet());
    assertEquals(12, index.entries().get("a.kernel").getSize());
  }

  @Test
  void everyCutIsRefused() {
    final byte[] whole = table().table();
    for (int n = 0; n < whole.length; n++) refusal(java.util.Arrays.copyOf(whole, n));
  }

  @Test
  void compressedBlocksAreRefused() {
    final Writer w = table();
    w.kind = 1;
    assertEquals("a block is compressed", refusal(w.table()));
  }

  @Test
  void namesOutOfOrderAreRefused() {
    assertEquals("the table is out of order", refusal(table().entry(0, "a", ENTRY).table()));
    assertEquals("the table is out of order", refusal(table().entry(8, "", ENTRY).table()));
    final Writer w = table();
    w.upTo = "a";
    assertEquals("the table is out of order", refusal(w.table()));
  }

  /** TensorFlow would start to look at that place and could find other entries there. */
  @Test
  void jumpsBesideEntriesAreRefused() {
    final Writer w = table();
    w.restart = 7;
    assertEquals("the table is out of order", refusal(w.table()));
  }

  /** Each name repeats the one before and takes as much memory, for four bytes of the file. */
  @Test
  void namesThatGrowForeverAreRefused() {
    final Writer w = table().entry(0, "b".repeat(100), ENTRY);
    w.entry(100, "b".repeat(100), ENTRY).entry(120, "c".repeat(100), ENTRY);
    assertEquals("a name is too long", refusal(w.table()));
  }

  @Test
  void hugeSizesAreRefused() {
    final byte[] table = table().table();
    final int footer = table.length - 48;
    java.util.Arrays.fill(table, footer + 2, footer + 20, (byte) 0xff);
    assertEquals("a size is too large", refusal(table));
  }
}
