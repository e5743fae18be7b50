package org.anatomicalpriors.io.nifti;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.anatomicalpriors.progress.Progress;

/** Turns the bytes of a stream into an array of voxels, chunk by chunk. */
final class VoxelDecoder {

  private static final int CHUNK_BYTES = 1 << 18;

  private final NiftiStream in;
  private final ByteOrder order;
  private final String stage;
  private final Progress progress;

  VoxelDecoder(
      final NiftiStream in, final ByteOrder order, final String name, final Progress progress) {
    this.in = in;
    this.order = order;
    this.stage = "Reading " + name;
    this.progress = progress;
  }

  /** Fills an array of the stored type's own storage. */
  void decode(final VoxelArray voxels) throws IOException {
    final Storage storage = voxels.storage();
    final int count = voxels.count();
    final byte[] bytes = new byte[CHUNK_BYTES];
    final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
    final int chunk = CHUNK_BYTES / storage.bytes();
    for (int done = 0; done < count; ) {
      final int n = Math.min(chunk, count - done);
      in.readFully(bytes, 0, n * storage.bytes());
      buffer.position(0);
      storage.get(buffer, voxels.upTo(done + n), done, n);
      done += n;
      report(done, count);
    }
    in.checkEnd();
  }

  /** Fills a {@code float[]} or {@code double[]} with slope * stored + inter. */
  void decodeScaled(
      final NiftiDataType type, final double slope, final double inter, final VoxelArray voxels)
      throws IOException {
    final int count = voxels.count();
    final Storage storage = type.storage();
    final int chunk = CHUNK_BYTES / 8;
    final byte[] bytes = new byte[chunk * storage.bytes()];
    final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
    final Object stored = storage.allocate(chunk);
    final double[] values = new double[chunk];
    for (int done = 0; done < count; ) {
      final int n = Math.min(chunk, count - done);
      in.readFully(bytes, 0, n * storage.bytes());
      buffer.position(0);
      storage.get(buffer, stored, 0, n);
      toDoubles(type, stored, values, n);
      final Object array = voxels.upTo(done + n);
      if (array instanceof float[]) {
        final float[] floats = (float[]) array;
        for (int i = 0; i < n; i++) floats[done + i] = (float) (slope * values[i] + inter);
      } else {
        final double[] doubles = (double[]) array;
        for (int i = 0; i < n; i++) doubles[done + i] = slope * values[i] + inter;
      }
      done += n;
      report(done, count);
    }
    in.checkEnd();
  }

  private void report(final int done, final int count) {
    progress.checkCancelled();
    progress.update(stage, done, count, "");
  }

  private static void toDoubles(
      final NiftiDataType type, final Object stored, final double[] out, final int n) {
    switch (type) {
      case UINT8:
        for (int i = 0; i < n; i++) out[i] = ((byte[]) stored)[i] & 0xff;
        break;
      case INT8:
        for (int i = 0; i < n; i++) out[i] = ((byte[]) stored)[i];
        break;
      case INT16:
        for (int i = 0; i < n; i++) out[i] = ((short[]) stored)[i];
        break;
      case UINT16:
        for (int i = 0; i < n; i++) out[i] = ((short[]) stored)[i] & 0xffff;
        break;
      case INT32:
        for (int i = 0; i < n; i++) out[i] = ((int[]) stored)[i];
        break;
      case UINT32:
        for (int i = 0; i < n; i++) out[i] = ((int[]) stored)[i] & 0xffffffffL;
        break;
      case INT64:
        for (int i = 0; i < n; i++) out[i] = ((long[]) stored)[i];
        break;
      case UINT64:
        for (int i = 0; i < n; i++) out[i] = unsignedToDouble(((long[]) stored)[i]);
        break;
      case FLOAT32:
        for (int i = 0; i < n; i++) out[i] = ((float[]) stored)[i];
        break;
      default:
        System.arraycopy((double[]) stored, 0, out, 0, n);
    }
  }

  private static double unsignedToDouble(final long v) {
    return v >= 0 ? v : ((v >>> 1) | (v & 1)) * 2.0;
  }
}
