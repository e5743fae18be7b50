package org.anatomicalpriors.training;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import org.anatomicalpriors.model.SegmenterTrainer.Example;

/**
 * Images that a segmenter learns from, in a store: deflated fast, as most voxels are background.
 */
final class StoredExample implements SpillStore.Codec<Example> {

  @Override
  public long bytes(final Example example) {
    return example.bytes();
  }

  @Override
  public byte[] encode(final Example example) {
    final byte[] plain = example.toBytes();
    final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    final ByteArrayOutputStream coded = new ByteArrayOutputStream(plain.length / 4);
    try (DeflaterOutputStream out = new DeflaterOutputStream(coded, deflater)) {
      coded.write(ByteBuffer.allocate(Integer.BYTES).putInt(plain.length).array());
      out.write(plain);
    } catch (final IOException e) {
      throw new UncheckedIOException(e); // not from memory
    } finally {
      deflater.end();
    }
    return coded.toByteArray();
  }

  @Override
  public Example decode(final byte[] coded) {
    final byte[] plain = new byte[ByteBuffer.wrap(coded).getInt()];
    final Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(coded, Integer.BYTES, coded.length - Integer.BYTES);
      int n = 0;
      while (n < plain.length && !inflater.finished())
        n += inflater.inflate(plain, n, plain.length - n);
      if (n < plain.length) throw new IllegalStateException(n + " bytes of " + plain.length);
    } catch (final DataFormatException e) {
      throw new IllegalStateException("A temporary file was changed by another program.", e);
    } finally {
      inflater.end();
    }
    return Example.ofBytes(plain);
  }
}
