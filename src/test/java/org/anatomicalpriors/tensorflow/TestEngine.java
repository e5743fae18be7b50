package org.anatomicalpriors.tensorflow;

/** The engine on which all tests run, the same everywhere. */
public final class TestEngine {

  private static Engine engine;

  private TestEngine() {}

  public static synchronized Engine get() {
    if (engine == null) engine = Engine.start("cpu", 2, false);
    return engine;
  }

  /** The same in bfloat16, where TensorFlow has it; elsewhere this asks for it in vain. */
  public static Engine bfloat16() {
    return get().with(Arithmetic.BFLOAT16);
  }
}
