package org.anatomicalpriors.tensorflow;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.anatomicalpriors.Excerpt;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
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
          "Conv3DBackpropInputV2",
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
          "Transpose",
          "VariableV2",
          "ZerosLike");

  /** As many foreign things as a message names. */
  private static final int MOST_NAMED = 5;

  /** Folder of the variables in that of a SavedModel. */
  static final String VARIABLES = "variables";

  private static final String DAMAGED = "The model's network is damaged; get the file again.";

  private SavedModels() {}

  /** A temporary folder for one SavedModel. */
  public static TemporaryFolder temporaryFolder() {
    return new TemporaryFolder(
        "saved_model.pb",
        "variables",
        "variables/variables.index",
        "variables/variables.data-00000-of-00001");
  }

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
    checkForeign(read(folder));
  }

  /**
   * Refuses a SavedModel as {@link #check(Path)} does, or if its variables, their file, its
   * signatures or the sizes that it computes with are not those of a layout.
   *
   * @throws EngineException naming what was found
   */
  public static void check(final Path folder, final SavedModelLayout layout) throws IOException {
    final SavedModel model = read(folder);
    checkForeign(model);
    new LayoutCheck(layout).check(model.getMetaGraphs(0), folder);
  }

  private static void checkForeign(final SavedModel model) {
    final GraphInspection inspection = new GraphInspection(model);
    if (!inspection.foreign().isEmpty())
      throw new EngineException(
          "The model contains "
              + inspection.foreign().stream()
                  .limit(MOST_NAMED)
                  .map(Excerpt::of)
                  .collect(Collectors.joining(", "))
              + ", which this plugin never writes; it may be harmful and was not loaded: use models from a source you trust.");
    if (inspection.isBroken()) throw new EngineException(DAMAGED);
  }

  /** Names of the signatures that a SavedModel has. */
  static Set<String> signatures(final Path folder) throws IOException {
    return read(folder).getMetaGraphs(0).getSignatureDefMap().keySet();
  }

  private static SavedModel read(final Path folder) throws IOException {
    try (InputStream in = Files.newInputStream(folder.resolve("saved_model.pb"))) {
      final SavedModel model = SavedModel.parseFrom(in);
      if (model.getMetaGraphsCount() > 0) return model;
      throw new EngineException(DAMAGED);
    } catch (final InvalidProtocolBufferException e) {
      throw new EngineException(DAMAGED, e);
    }
  }

  /**
   * Every variable of a checked SavedModel by name.
   *
   * @throws EngineException if they cannot be read
   */
  public static Map<String, float[]> weights(final Path folder) {
    try {
      return new VariablesFile(folder.resolve(VARIABLES)).read();
    } catch (final IOException e) {
      throw new EngineException(
          "The weights of the model could not be read ("
              + e.getMessage()
              + "); get the file again.",
          e);
    }
  }
}
