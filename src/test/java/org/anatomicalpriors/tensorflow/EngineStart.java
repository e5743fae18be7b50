package org.anatomicalpriors.tensorflow;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * Main class of a process that starts the engine, runs one network through TensorFlow and DJL and
 * prints what it found, or prints the sentence of the failure and exits with 3.
 */
final class EngineStart {

  private EngineStart() {}

  public static void main(final String[] arguments) throws IOException {
    try {
      final Engine engine = Engine.start("auto", 1, List.of(arguments).contains("verbose"));
      try (NetworkGraph network = new NetworkGraph(engine);
          TemporaryFolder folder = new TemporaryFolder()) {
        final Operand<TFloat32> weight = network.parameters().create("w", 0, 1);
        final Placeholder<TFloat32> x = network.tf().placeholder(TFloat32.class);
        network.parameters().assign(network.session(), Map.of("w", new float[] {2}));
        SavedModels.export(
            network,
            folder.path(),
            List.of(
                Signature.builder("add")
                    .input("x", x)
                    .output("y", network.tf().math.add(x, weight))
                    .build()));
        try (SavedModelPredictor p = new SavedModelPredictor(folder.path(), engine)) {
          System.out.println(
              engine.device().toString().substring(0, 3)
                  + " "
                  + p.run("add", new float[] {1}, 1).get("y")[0]
                  + ", native memory limit "
                  + (Pointer.maxBytes() + Pointer.maxPhysicalBytes()));
        }
      }
    } catch (final EngineException e) {
      System.out.println(e.getMessage());
      System.exit(3);
    }
  }
}
