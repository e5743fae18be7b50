package org.anatomicalpriors.io.nifti;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Primitive arrays that hold voxels, copied to and from bytes in bulk. */
enum Storage {
  BYTE(1) {
    @Override
    Object allocate(final int n) {
      return new byte[n];
    }

    @Override
    Object resize(final Object array, final int n) {
      return Arrays.copyOf((byte[]) array, n);
    }

    @Override
    void get(final ByteBuffer in, final Object array, final int offset, final int n) {
      in.get((byte[]) array, offset, n);
    }

    @Override
    void put(final ByteBuffer out, final Object array, final int offset, final int n) {
      out.put((byte[]) array, offset, n);
    }
  },
  SHORT(2) {
    @Override
    Object allocate(final int n) {
      return new short[n];
    }

    @Override
    Object resize(final Object array, final int n) {
      return Arrays.copyOf((short[]) array, n);
    }

    @Override
    void get(final ByteBuffer in, final Object array, final int offset, final int n) {
      in.asShortBuffer().get((short[]) array, offset, n);
    }

    @Override
    void put(final ByteBuffer out, final Object array, final int offset, final int n) {
      out.asShortBuffer().put((short[]) array, offset, n);
    }
  },
  INT(4) {
    @Override
    Object allocate(final int n) {
      return new int[n];
    }

    @Override
    Object resize(final Object array, final int n) {
      return Arrays.copyOf((int[]) array, n);
    }

    @Override
    void get(final ByteBuffer in, final Object array, final int offset, final int n) {
      in.asIntBuffer().get((int[]) array, offset, n);
    }

    @Override
    void put(final ByteBuffer out, final Object array, final int offset, final int n) {
      out.asIntBuffer().put((int[]) array, offset, n);
    }
  },
  LONG(8) {
    @Override
    Object allocate(final int n) {
      return new long[n];
    }

    @Override
    Object resize(final Object array, final int n) {
      return Arrays.copyOf((long[]) array, n);
    }

    @Override
    void get(final ByteBuffer in, final Object array, final int offset, final int n) {
      in.asLongBuffer().get((long[]) array, offset, n);
    }

    @Override
    void put(final ByteBuffer out, final Object array, final int offset, final int n) {
      out.asLongBuffer().put((long[]) array, offset, n);
    }
  },
  FLOAT(4) {
    @Override
    Object allocate(final int n) {
      return new float[n];
    }

    @Override
    Object resize(final Object array, final int n) {
      return Arrays.copyOf((float[]) array, n);
    }

    @Override
    void get(final ByteBuffer in, final Object array, final int offset, final int n) {
      in.asFloatBuffer().get((float[]) array, offset, n);
    }

    @Override
    void put(final ByteBuffer out, final Object array, final int offset, final int n) {
      out.asFloatBuffer().put((float[]) array, offset, n);
    }
  },
  DOUBLE(8) {
    @Override
    Object allocate(final int n) {
      return new double[n];
    }

    @Override
    Object resize(final Object array, final int n) {
      return Arrays.copyOf((double[]) array, n);
    }

    @Override
    void get(final ByteBuffer in, final Object array, final int offset, final int n) {
      in.asDoubleBuffer().get((double[]) array, offset, n);
    }

    @Override
    void put(final ByteBuffer out, final Object array, final int offset, final int n) {
      out.asDoubleBuffer().put((double[]) array, offset, n);
    }
  };

  private final int bytes;

  Storage(final int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one voxel. */
  int bytes() {
    return bytes;
  }

  abstract Object allocate(int n);

  /** A copy with {@code n} elements: the first ones, then zeros. */
  abstract Object resize(Object array, int n);

  /** Fills {@code n} elements of {@code array} from the buffer's position on. */
  abstract void get(ByteBuffer in, Object array, int offset, int n);

  /** Writes {@code n} elements of {@code array} from the buffer's position on. */
  abstract void put(ByteBuffer out, Object array, int offset, int n);
}
