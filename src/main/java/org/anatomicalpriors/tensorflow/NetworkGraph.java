package org.anatomicalpriors.tensorflow;

import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;

/**
 * A graph under construction with its tape, parameters and layers, and the session that runs it.
 */
public final class NetworkGraph implements AutoCloseable {

  private final Engine engine;
  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Parameters parameters = new Parameters(tf);
  private final Tape tape;
  private final Layers layers;
  private Session session;

  /** A graph that keeps whatever gradients need. */
  public NetworkGraph(final Engine engine) {
    this(engine, false);
  }

  /**
   * @param recomputes whether gradients compute again what is inside of blocks
   */
  public NetworkGraph(final Engine engine, final boolean recomputes) {
    this.engine = engine;
    tape = new Tape(graph, tf, recomputes);
    layers =
        new Layers(tf, tape, parameters, new ConvolutionGradients(tf, engine.hasOwnRoutines()));
  }

  public Ops tf() {
    return tf;
  }

  public Tape tape() {
    return tape;
  }

  public Parameters parameters() {
    return parameters;
  }

  public Layers layers() {
    return layers;
  }

  /** The session, opened on the engine's device at the first call. */
  public Session session() {
    if (session == null) session = new Session(graph, engine.steps());
    return session;
  }

  @Override
  public void close() {
    if (session != null) session.close();
    graph.close();
  }
}
