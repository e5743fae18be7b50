package org.anatomicalpriors.tensorflow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.proto.DataType;

/**
 * What a SavedModel must hold to be the network that its description promises: variables of floats,
 * and the tensors of its signatures, each with its shape.
 *
 * <pre>{@code
 * SavedModels.check(folder, new SavedModelLayout().variable("dense.kernel", 3, 5));
 * }</pre>
 */
public final class SavedModelLayout {

  /** An input or output of a signature. */
  static final class Endpoint {
    final String signature;
    final boolean input;
    final String name;
    final DataType type;
    final long[] shape;

    private Endpoint(
        final String signature,
        final boolean input,
        final String name,
        final DataType type,
        final long[] shape) {
      this.signature = signature;
      this.input = input;
      this.name = name;
      this.type = type;
      this.shape = shape;
    }
  }

  private final Map<String, long[]> variables = new TreeMap<>();
  private final List<Endpoint> endpoints = new ArrayList<>();
  private long largest = 1;

  public SavedModelLayout variable(final String name, final long... shape) {
    variables.put(name, shape);
    return including(shape);
  }

  public SavedModelLayout input(
      final String signature, final String name, final DataType type, final long... shape) {
    endpoints.add(new Endpoint(signature, true, name, type, shape));
    return including(shape);
  }

  public SavedModelLayout output(final String signature, final String name, final long... shape) {
    endpoints.add(new Endpoint(signature, false, name, DataType.DT_FLOAT, shape));
    return including(shape);
  }

  /** Tells of a tensor in between, which the network may make too. */
  public SavedModelLayout including(final long... shape) {
    largest = Math.max(largest, size(shape));
    return this;
  }

  /** Shapes of the variables by name. */
  public Map<String, long[]> variables() {
    return Collections.unmodifiableMap(variables);
  }

  List<Endpoint> endpoints() {
    return Collections.unmodifiableList(endpoints);
  }

  /** Values in the largest tensor that was told of. */
  long largest() {
    return largest;
  }

  /**
   * Bytes of all variables, which is the size of the file that holds them.
   *
   * @throws ArithmeticException if that is beyond all files
   */
  public long bytes() {
    long sum = 0;
    for (final long[] shape : variables.values()) sum = Math.addExact(sum, bytes(shape));
    return sum;
  }

  static long bytes(final long[] shape) {
    return Math.multiplyExact(Float.BYTES, size(shape));
  }

  static long size(final long[] shape) {
    long size = 1;
    for (final long s : shape) size = Math.multiplyExact(size, s);
    return size;
  }
}
