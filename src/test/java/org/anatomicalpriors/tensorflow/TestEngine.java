package org.anatomicalpriors.tensorflow;

import org.junit.jupiter.api.Assumptions;

/** The engine on which all tests run, the same everywhere. */
public final class TestEngine {

  private static Engine engine;

  private TestEngine() {}

  public static synchronized Engine get() {
    if (engine == null) engine = Engine.start("cpu", 2, false);
    return engine;
  }

  /** The same in bfloat16; elsewhere a test ends here. */
  public static Engine bfloat16() {
    Assumptions.assumeTrue(Bfloat16.isInForce(get()), "TensorFlow has no bfloat16 here");
    return get().with(Arithmetic.BFLOAT16);
  }
}
