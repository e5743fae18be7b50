package org.anatomicalpriors.io.nifti;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.blocks.PrimitiveBlocks;
import net.imglib2.blocks.PrimitiveBlocks.OnFallback;
import net.imglib2.converter.Converters;
import net.imglib2.type.BooleanType;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.integer.UnsignedByteType;

/** Writes the voxels of any imglib2 image in flat order, x fastest, block by block. */
final class VoxelEncoder {

  private static final int BLOCK_VOXELS = 1 << 16;

  private final NiftiDataType type;
  private final ByteOrder order;

  VoxelEncoder(final NiftiDataType type, final ByteOrder order) {
    this.type = type;
    this.order = order;
  }

  void encode(final RandomAccessibleInterval<?> image, final OutputStream out) throws IOException {
    final PrimitiveBlocks<?> blocks = blocks(image);
    final long[] size = image.dimensionsAsLongArray();
    final int n = size.length;

    // A block spans all of the axes below "split", part of that axis and one index above it.
    int split = 0;
    int below = 1;
    while (split < n - 1 && below * size[split] <= BLOCK_VOXELS) below *= (int) size[split++];
    final int most = Math.max(1, BLOCK_VOXELS / below);

    final int[] blockSize = new int[n];
    Arrays.fill(blockSize, 1);
    for (int d = 0; d < split; d++) blockSize[d] = (int) size[d];
    final Storage storage = type.storage();
    final int capacity = below * (int) Math.min(most, size[split]);
    final Object block = storage.allocate(capacity);
    final ByteBuffer bytes = ByteBuffer.allocate(capacity * storage.bytes()).order(order);
    final long[] position = new long[n];
    final long[] origin = new long[n];
    do {
      blockSize[split] = (int) Math.min(most, size[split] - position[split]);
      for (int d = 0; d < n; d++) origin[d] = image.min(d) + position[d];
      blocks.copy(origin, block, blockSize);
      final int count = below * blockSize[split];
      bytes.position(0);
      storage.put(bytes, block, 0, count);
      out.write(bytes.array(), 0, count * storage.bytes());
    } while (advance(position, size, split, blockSize[split]));
  }

  /** Moves to the next block; false after the last one. */
  private static boolean advance(
      final long[] position, final long[] size, final int split, final int step) {
    position[split] += step;
    for (int d = split; position[d] >= size[d]; d++) {
      if (d == size.length - 1) return false;
      position[d] = 0;
      position[d + 1]++;
    }
    return true;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static PrimitiveBlocks<?> blocks(final RandomAccessibleInterval<?> image) {
    if (image.getType() instanceof BooleanType) {
      final RandomAccessibleInterval<UnsignedByteType> bytes =
          Converters.convert(
              (RandomAccessibleInterval<BooleanType>) image,
              (in, out) -> out.set(in.get() ? 1 : 0),
              new UnsignedByteType());
      return PrimitiveBlocks.of(bytes, OnFallback.ACCEPT);
    }
    return PrimitiveBlocks.of((RandomAccessibleInterval<NativeType>) image, OnFallback.ACCEPT);
  }
}
