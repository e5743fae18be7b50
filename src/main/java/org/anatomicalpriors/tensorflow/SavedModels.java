package org.anatomicalpriors.tensorflow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;

/** SavedModels in and out, and the check that one only computes. */
public final class SavedModels {

  /** What this plugin's own networks consist of; anything else is refused. */
  static final Set<String> ALLOWED_OPERATIONS =
      Set.of(
          "Add",
          "Assign",
          "BiasAdd",
          "Const",
          "Conv3D",
          "Div",
          "Identity",
          "LeakyRelu",
          "MatMul",
          "Mul",
          "NoOp",
          "OneHot",
          "Placeholder",
          "Reshape",
          "RestoreV2",
          "SaveV2",
          "Softmax",
          "Tanh",
          "Tile",
          "VariableV2",
          "ZerosLike");

  private SavedModels() {}

  /** Writes the graph and its variables to a folder, with these signatures. */
  public static void export(
      final NetworkGraph network, final Path folder, final List<Signature> signatures)
      throws IOException {
    SavedModelBundle.exporter(folder.toString())
        .withSession(network.session())
        .withSignatures(signatures.toArray(new Signature[0]))
        .export();
  }

  /**
   * Refuses a SavedModel with anything that this plugin does not write: a SavedModel is a program,
   * and one from the web must not run one. Nothing is handed to TensorFlow.
   *
   * @throws EngineException naming what was found
   */
  public static void check(final Path folder) throws IOException {
    final SavedModel model;
    try (InputStream in = Files.newInputStream(folder.resolve("saved_model.pb"))) {
      model = SavedModel.parseFrom(in);
    } catch (final com.google.protobuf.InvalidProtocolBufferException e) {
      throw new EngineException("The model's network is damaged; get the file again.", e);
    }
    final Set<String> foreign = new TreeSet<>();
    for (final MetaGraphDef meta : model.getMetaGraphsList()) {
      final GraphDef graph = meta.getGraphDef();
      if (graph.getLibrary().getFunctionCount() > 0) foreign.add("functions of its own");
      for (final NodeDef node : graph.getNodeList())
        if (!ALLOWED_OPERATIONS.contains(node.getOp())) foreign.add(node.getOp());
    }
    if (!foreign.isEmpty())
      throw new EngineException(
          "The model contains "
              + String.join(", ", foreign)
              + ", which this plugin never writes; it may be harmful and was not loaded: use models from a source you trust.");
  }

  /** Reads variables by name from a checked SavedModel. */
  public static Map<String, float[]> weights(final Path folder, final Collection<String> names) {
    final Map<String, float[]> weights = new TreeMap<>();
    try (SavedModelBundle bundle = SavedModelBundle.load(folder.toString())) {
      final Session.Runner runner = bundle.session().runner();
      names.forEach(n -> runner.fetch(n));
      try (Result result = runner.run()) {
        int i = 0;
        for (final String name : names) weights.put(name, Tensors.toFloats(result.get(i++)));
      }
    }
    return weights;
  }
}
