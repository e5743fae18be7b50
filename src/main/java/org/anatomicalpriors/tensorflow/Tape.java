package org.anatomicalpriors.tensorflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * Reverse-mode differentiation at graph-construction time. TensorFlow's C library has no gradient
 * for {@code Conv3D}, and registering one from Java is refused on Windows; so every differentiable
 * part of a network is recorded here with its adjoint, and {@link #gradients} chains the adjoints.
 * Parts made only of operations that TensorFlow can differentiate are recorded by {@link #apply},
 * which asks it for their adjoint.
 */
public final class Tape {

  /** The adjoint of a part: gradients of its inputs from the gradient of its output. */
  @FunctionalInterface
  public interface Adjoint {
    /**
     * @param dy gradient of the loss with respect to the output
     * @param wanted for each input whether its gradient is needed
     * @return one gradient per input; those not wanted may be null
     */
    List<Operand<TFloat32>> of(Operand<TFloat32> dy, boolean[] wanted);
  }

  private static final class Part {
    final Output<TFloat32> output;
    final List<Operand<TFloat32>> inputs;
    final Adjoint adjoint;
    final BlockSequence sequence;

    /**
     * @param sequence of which the part is a block, or null
     */
    Part(
        final Output<TFloat32> output,
        final List<Operand<TFloat32>> inputs,
        final Adjoint adjoint,
        final BlockSequence sequence) {
      this.output = output;
      this.inputs = inputs;
      this.adjoint = adjoint;
      this.sequence = sequence;
    }
  }

  private final Graph graph;
  private final Ops tf;
  private final boolean recomputes;
  private List<Part> parts = new ArrayList<>();
  private List<Op> awaited = List.of();

  /**
   * @param recomputes whether what is inside of a {@link #block} is computed again for its adjoint
   */
  public Tape(final Graph graph, final Ops tf, final boolean recomputes) {
    this.graph = graph;
    this.tf = tf;
    this.recomputes = recomputes;
  }

  /** Records {@code output} as computed from {@code inputs}, and returns it. */
  public Operand<TFloat32> record(
      final Operand<TFloat32> output, final List<Operand<TFloat32>> inputs, final Adjoint adjoint) {
    parts.add(new Part(output.asOutput(), inputs, adjoint, null));
    return output;
  }

  /**
   * Builds and records a part from operations that TensorFlow can differentiate by itself.
   *
   * @param function the part; it must reach its inputs only through its argument
   * @param inputs what it is applied to
   */
  @SafeVarargs
  public final Operand<TFloat32> apply(
      final Function<List<Operand<TFloat32>>, Operand<TFloat32>> function,
      final Operand<TFloat32>... inputs) {
    // Own copies of the inputs keep TensorFlow from walking past this part's borders.
    final List<Operand<TFloat32>> own =
        Arrays.stream(inputs).map(tf::identity).collect(Collectors.toList());
    final Operand<TFloat32> output = function.apply(own);
    return record(
        output,
        List.of(inputs),
        (dy, wanted) -> {
          final List<Output<?>> xs = new ArrayList<>();
          for (int i = 0; i < wanted.length; i++) if (wanted[i]) xs.add(own.get(i).asOutput());
          final Output<?>[] dxs =
              graph.addGradients(
                  null,
                  new Output<?>[] {output.asOutput()},
                  xs.toArray(new Output<?>[0]),
                  new Output<?>[] {dy.asOutput()});
          final List<Operand<TFloat32>> all = new ArrayList<>();
          int next = 0;
          for (final boolean want : wanted)
            all.add(want ? dxs[next++].expect(TFloat32.class) : null);
          return all;
        });
  }

  /**
   * Builds a part of several others. If this tape recomputes, what is inside is not kept for the
   * adjoint, but computed again once the gradient of the output is there (Chen et al. 2016, arXiv
   * 1604.06174): the same values, with less memory and more time.
   *
   * @param function builds the part, and does so a second time where it is computed again; what it
   *     takes besides its argument and parameters, it takes through {@link #late}
   * @param x its input
   */
  public <T extends TType> Operand<TFloat32> block(
      final Function<Operand<T>, Operand<TFloat32>> function, final Operand<T> x) {
    return block(new BlockSequence(), function, x);
  }

  /**
   * The next block of a sequence. A tape that does not recompute has to have all in one block.
   *
   * @param sequence the blocks before it, for which it waits
   */
  public <T extends TType> Operand<TFloat32> block(
      final BlockSequence sequence,
      final Function<Operand<T>, Operand<TFloat32>> function,
      final Operand<T> x) {
    if (!recomputes) return function.apply(x);
    final List<Part> outer = parts;
    final List<Op> before = awaited;
    parts = new ArrayList<>();
    awaited = sequence.awaited();
    try {
      final Operand<T> late = late(x);
      final Operand<TFloat32> y = function.apply(late);
      sequence.computed(y);
      final List<Operand<TFloat32>> inputs = new ArrayList<>();
      for (final Operand<TFloat32> i : inputs()) inputs.add(instead(i, late, x));
      outer.add(
          new Part(
              y.asOutput(),
              inputs,
              (dy, wanted) -> again(sequence, function, x, inputs, dy, wanted),
              sequence));
      return y;
    } finally {
      parts = outer;
      awaited = before;
    }
  }

  /** What the parts take that none of them makes: a block's input, and its parameters. */
  private List<Operand<TFloat32>> inputs() {
    final Set<Output<?>> made = parts.stream().map(p -> p.output).collect(Collectors.toSet());
    final Map<Output<?>, Operand<TFloat32>> inputs = new LinkedHashMap<>();
    for (final Part part : parts)
      for (final Operand<TFloat32> i : part.inputs)
        if (!made.contains(i.asOutput())) inputs.putIfAbsent(i.asOutput(), i);
    return List.copyOf(inputs.values());
  }

  /** The operand, or {@code other} if it is {@code one}. */
  private static Operand<TFloat32> instead(
      final Operand<TFloat32> operand, final Operand<?> one, final Operand<?> other) {
    return operand.asOutput().equals(one.asOutput())
        ? other.asOutput().expect(TFloat32.class)
        : operand;
  }

  private <T extends TType> List<Operand<TFloat32>> again(
      final BlockSequence sequence,
      final Function<Operand<T>, Operand<TFloat32>> function,
      final Operand<T> x,
      final List<Operand<TFloat32>> inputs,
      final Operand<TFloat32> dy,
      final boolean[] wanted) {
    final List<Part> outer = parts;
    final List<Op> before = awaited;
    parts = new ArrayList<>();
    awaited = new ArrayList<>(sequence.awaited());
    awaited.add(dy);
    try {
      final Operand<T> late = late(x);
      final Operand<TFloat32> y = function.apply(late);
      final List<Operand<TFloat32>> xs = new ArrayList<>();
      for (int i = 0; i < wanted.length; i++)
        if (wanted[i]) xs.add(instead(inputs.get(i), x, late));
      final Iterator<Operand<TFloat32>> next = gradients(y, dy, xs).iterator();
      final List<Operand<TFloat32>> all = new ArrayList<>();
      for (final boolean want : wanted) all.add(want ? next.next() : null);
      return all;
    } finally {
      parts = outer;
      awaited = before;
    }
  }

  /**
   * A value as a {@link #block} has to take it: where the block waits for something, such as the
   * gradient for which it is computed again, TensorFlow may neither compute it before, nor take the
   * first result for the second.
   */
  public <T extends TType> Operand<T> late(final Operand<T> x) {
    return awaited.isEmpty() ? x : tf.withControlDependencies(awaited).identity(x);
  }

  /** Whether a block is being built with the parameters of one before it. */
  boolean isAgain() {
    return !awaited.isEmpty();
  }

  /**
   * Gradients of the sum of {@code loss} with respect to each of {@code xs}.
   *
   * @throws IllegalStateException if the loss does not depend on one of them
   */
  public List<Operand<TFloat32>> gradients(
      final Operand<TFloat32> loss, final Collection<? extends Operand<TFloat32>> xs) {
    return gradients(loss, tf.onesLike(loss), xs);
  }

  private List<Operand<TFloat32>> gradients(
      final Operand<TFloat32> y,
      final Operand<TFloat32> dy,
      final Collection<? extends Operand<TFloat32>> xs) {
    final Set<Output<?>> active = new HashSet<>();
    for (final Operand<TFloat32> x : xs) active.add(x.asOutput());
    for (final Part part : parts)
      if (part.inputs.stream().anyMatch(i -> active.contains(i.asOutput())))
        active.add(part.output);

    final Map<Output<?>, Operand<TFloat32>> collected = new LinkedHashMap<>();
    collected.put(y.asOutput(), dy);
    final List<Part> reversed = new ArrayList<>(parts);
    Collections.reverse(reversed);
    for (final Part part : reversed) {
      if (!active.contains(part.output) || !collected.containsKey(part.output)) continue;
      final boolean[] wanted = new boolean[part.inputs.size()];
      for (int i = 0; i < wanted.length; i++)
        wanted[i] = active.contains(part.inputs.get(i).asOutput());
      final List<Operand<TFloat32>> dxs = part.adjoint.of(collected.get(part.output), wanted);
      final List<Op> sums = new ArrayList<>();
      for (int i = 0; i < wanted.length; i++)
        if (wanted[i])
          sums.add(collected.merge(part.inputs.get(i).asOutput(), dxs.get(i), tf.math::add));
      // The sums, not their terms: TensorFlow would add these up all at once, in the end.
      if (part.sequence != null) part.sequence.computedAgain(sums);
    }
    final List<Operand<TFloat32>> gradients = new ArrayList<>();
    for (final Operand<TFloat32> x : xs) {
      if (!collected.containsKey(x.asOutput()))
        throw new IllegalStateException("the loss does not depend on " + x.op().name());
      gradients.add(collected.get(x.asOutput()));
    }
    return gradients;
  }
}
