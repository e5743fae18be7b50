package org.anatomicalpriors.tensorflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Assign;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * The variables of a graph by name. Names survive in SavedModels and checkpoints, so a network's
 * weights can be carried from one graph to another as plain arrays.
 */
public final class Parameters {

  private static final class Entry {
    final Shape shape;
    final double deviation;
    final Variable<TFloat32> variable;
    final Operand<TFloat32> value;
    final Placeholder<TFloat32> feed;
    final Assign<TFloat32> assign;

    Entry(final Ops tf, final String name, final Shape shape, final double deviation) {
      this.shape = shape;
      this.deviation = deviation;
      variable = tf.withName(name).variable(shape, TFloat32.class);
      // Read once: TensorFlow crashes on gradients of a variable that feeds several operations.
      value = tf.withName(name + ".value").identity(variable);
      feed = tf.withName(name + ".feed").placeholder(TFloat32.class, Placeholder.shape(shape));
      assign = tf.withName(name + ".assign").assign(variable, feed);
    }
  }

  private final Ops tf;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  public Parameters(final Ops tf) {
    this.tf = tf;
  }

  /**
   * A new variable.
   *
   * @param name dotted path, unique in the graph
   * @param deviation standard deviation of its random start; 0 starts at zero
   * @param shape its shape
   * @return its value
   */
  public Operand<TFloat32> create(final String name, final double deviation, final long... shape) {
    final Entry entry = new Entry(tf, name, Shape.of(shape), deviation);
    if (entries.put(name, entry) != null)
      throw new IllegalArgumentException("two parameters are called " + name);
    return entry.value;
  }

  Variable<TFloat32> variable(final String name) {
    return entries.get(name).variable;
  }

  Shape shape(final String name) {
    return entries.get(name).shape;
  }

  /** Value of the variable with this name. */
  public Operand<TFloat32> value(final String name) {
    return entries.get(name).value;
  }

  /** Names that begin with {@code prefix}, in order of creation. */
  public List<String> names(final String prefix) {
    final List<String> names = new ArrayList<>();
    for (final String name : entries.keySet()) if (name.startsWith(prefix)) names.add(name);
    return names;
  }

  /** Number of weights under {@code prefix}. */
  public long count(final String prefix) {
    return names(prefix).stream().mapToLong(n -> entries.get(n).shape.size()).sum();
  }

  /** Sets every variable to its random start; the same seed gives the same start everywhere. */
  public void initialise(final Session session, final long seed) {
    final Map<String, float[]> start = new LinkedHashMap<>();
    final SplittableRandom random = new SplittableRandom(seed);
    for (final Map.Entry<String, Entry> e : entries.entrySet()) {
      final float[] w = new float[(int) e.getValue().shape.size()];
      if (e.getValue().deviation > 0) Gaussians.fill(w, random, e.getValue().deviation);
      start.put(e.getKey(), w);
    }
    assign(session, start);
  }

  /**
   * Sets the named variables; none if one does not fit. They are set together, as TensorFlow
   * prepares the whole graph anew for every set of operations that it has not run before.
   *
   * @throws EngineException if a name is unknown here or a length does not fit
   */
  public void assign(final Session session, final Map<String, float[]> weights) {
    if (weights.isEmpty()) return;
    final Session.Runner runner = session.runner();
    final List<TFloat32> tensors = new ArrayList<>();
    try {
      for (final Map.Entry<String, float[]> w : weights.entrySet()) {
        final Entry entry = entries.get(w.getKey());
        if (entry == null || entry.shape.size() != w.getValue().length)
          throw new EngineException(
              "The weights \""
                  + w.getKey()
                  + "\" do not fit the network; the model file is damaged.");
        final TFloat32 tensor = Tensors.of(w.getValue(), entry.shape.asArray());
        tensors.add(tensor);
        runner.feed(entry.feed, tensor).addTarget(entry.assign);
      }
      runner.run().close();
    } finally {
      tensors.forEach(TFloat32::close);
    }
  }

  /** Reads the variables that begin with {@code prefix}. */
  public Map<String, float[]> read(final Session session, final String prefix) {
    final Session.Runner runner = session.runner();
    final List<String> names = names(prefix);
    final Map<String, float[]> weights = new TreeMap<>();
    if (names.isEmpty()) return weights;
    names.forEach(n -> runner.fetch(entries.get(n).variable));
    try (Result result = runner.run()) {
      for (int i = 0; i < names.size(); i++)
        weights.put(names.get(i), Tensors.toFloats(result.get(i)));
    }
    return weights;
  }
}
