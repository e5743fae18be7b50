package org.anatomicalpriors.tensorflow;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** A large float32 matrix product: what the device can do at best, to measure networks against. */
public final class MatrixProduct implements AutoCloseable {

  private static final int SIZE = 2048;

  private final NetworkGraph network;
  private final Operand<TFloat32> product;

  public MatrixProduct(final Engine engine) {
    network = new NetworkGraph(engine);
    final Ops tf = network.tf();
    final Variable<TFloat32> a = tf.variable(Shape.of(SIZE, SIZE), TFloat32.class);
    final Operand<TFloat32> start =
        tf.assign(a, tf.random.randomUniform(tf.constant(new long[] {SIZE, SIZE}), TFloat32.class));
    product = tf.linalg.matMul(a, a);
    network.session().runner().addTarget(start).run().close();
  }

  /** Floating-point operations of one product. */
  public double operations() {
    return 2.0 * SIZE * SIZE * SIZE;
  }

  /** Computes the product once. */
  public void run() {
    network.session().runner().addTarget(product).run().close();
  }

  @Override
  public void close() {
    network.close();
  }
}
