package org.anatomicalpriors.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TFloat32;

class SavedModelsTest {

  private static final List<String> FILES =
      List.of(
          "saved_model.pb", "variables/variables.index", "variables/variables.data-00000-of-00001");

  @TempDir Path folder;

  /** A small network, exported, and what it gives for an input before. */
  private float[] export() throws IOException {
    try (NetworkGraph network = new NetworkGraph(TestEngine.get())) {
      final Placeholder<TFloat32> x =
          network
              .tf()
              .withName("x")
              .placeholder(TFloat32.class, Placeholder.shape(Shape.of(1, 1, 2, 4, 2)));
      final Operand<TFloat32> y =
          network.layers().activation(network.layers().convolution("c", x, 3, 3, 2, 1));
      network.parameters().initialise(network.session(), 5);
      SavedModels.export(
          network, folder, List.of(Signature.builder("go").input("x", x).output("y", y).build()));
      try (TFloat32 in = Tensors.of(input(), 1, 1, 2, 4, 2);
          Result out = network.session().runner().feed(x, in).fetch(y).run()) {
        return Tensors.toFloats(out.get(0));
      }
    }
  }

  private static float[] input() {
    final float[] in = new float[16];
    Gaussians.fill(in, new SplittableRandom(1), 1);
    return in;
  }

  private SavedModel read() throws IOException {
    return SavedModel.parseFrom(Files.readAllBytes(folder.resolve("saved_model.pb")));
  }

  private void write(final SavedModel model) throws IOException {
    Files.write(folder.resolve("saved_model.pb"), model.toByteArray());
  }

  private interface Change {
    void apply(MetaGraphDef.Builder meta);
  }

  private void change(final Change change) throws IOException {
    final SavedModel.Builder model = read().toBuilder();
    change.apply(model.getMetaGraphsBuilder(0));
    write(model.build());
  }

  private String refusal() {
    return assertThrows(EngineException.class, () -> SavedModels.check(folder)).getMessage();
  }

  private void assertRefused(final String what) {
    assertEquals(
        "The model contains "
            + what
            + ", which this plugin never writes; it may be harmful and was not loaded: use models from a source you trust.",
        refusal());
  }

  @Test
  void exportedNetworkPassesAndGivesTheSameThroughDjl() throws IOException {
    final float[] before = export();
    assertDoesNotThrow(() -> SavedModels.check(folder));
    try (SavedModelPredictor p = new SavedModelPredictor(folder, TestEngine.get())) {
      final Map<String, float[]> out = p.run("go", input(), 1, 1, 2, 4, 2);
      assertEquals(1, out.size());
      assertArrayEquals(before, out.get("y"), 1e-6f);
    }
  }

  /** Folders for temporary files are named after users, such as "Doe, John". */
  @ParameterizedTest
  @ValueSource(strings = {"a b", "a,b", "\u00e4", "a#b", "a%20b"})
  void aPredictorLoadsFromAnyFolder(final String name) throws IOException {
    final float[] before = export();
    final Path odd = folder.resolve(name);
    Files.createDirectories(odd.resolve("variables"));
    for (final String file : FILES) Files.copy(folder.resolve(file), odd.resolve(file));
    try (SavedModelPredictor p = new SavedModelPredictor(odd, TestEngine.get())) {
      assertArrayEquals(before, p.run("go", input(), 1, 1, 2, 4, 2).get("y"), 1e-6f);
    }
  }

  @Test
  void predictorMayBeUsedByManyThreads() throws IOException {
    final float[] before = export();
    try (SavedModelPredictor p = new SavedModelPredictor(folder, TestEngine.get())) {
      java.util.stream.IntStream.range(0, 40)
          .parallel()
          .forEach(
              i -> assertArrayEquals(before, p.run("go", input(), 1, 1, 2, 4, 2).get("y"), 1e-6f));
    }
  }

  @Test
  void weightsAreThoseThatTensorFlowRestores() throws IOException {
    export();
    final Map<String, float[]> w = SavedModels.weights(folder);
    assertEquals(Set.of("c.bias", "c.kernel"), w.keySet());
    try (SavedModelBundle bundle = SavedModelBundle.load(folder.toString())) {
      for (final Map.Entry<String, float[]> e : w.entrySet())
        try (Result restored = bundle.session().runner().fetch(e.getKey()).run()) {
          assertArrayEquals(Tensors.toFloats(restored.get(0)), e.getValue(), 0f, e.getKey());
        }
    }
  }

  @Test
  void weightsThatChangedOrAreCutAreAnEngineError() throws IOException {
    export();
    final Path data = folder.resolve(FILES.get(2));
    final byte[] whole = Files.readAllBytes(data), changed = whole.clone();
    changed[whole.length - 2] ^= 1;
    Files.write(data, changed);
    assertUnreadable("the values of c.bias are not those that were written");
    Files.write(data, java.util.Arrays.copyOf(whole, whole.length - 1));
    assertUnreadable("the values of c.bias are cut");
  }

  private void assertUnreadable(final String why) {
    assertEquals(
        "The weights of the model could not be read (" + why + "); get the file again.",
        assertThrows(EngineException.class, () -> SavedModels.weights(folder)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ReadFile",
        "WriteFile",
        "PyFunc",
        "EagerPyFunc",
        "PartitionedCall",
        "If",
        "While",
        "Switch",
        "Merge",
        "NextIteration",
        "VarHandleOp",
        "MyCustomOp"
      })
  void foreignOperationsAreRefused(final String operation) throws IOException {
    export();
    change(
        m ->
            m.getGraphDefBuilder()
                .addNode(NodeDef.newBuilder().setName("harmless").setOp(operation)));
    assertRefused(operation);
  }

  @Test
  void foreignOperationsInASecondGraphAreRefused() throws IOException {
    export();
    write(
        read().toBuilder()
            .addMetaGraphs(
                MetaGraphDef.newBuilder()
                    .setGraphDef(
                        GraphDef.newBuilder()
                            .addNode(NodeDef.newBuilder().setName("a").setOp("ReadFile"))
                            .addNode(NodeDef.newBuilder().setName("b").setOp("MatchingFiles"))))
            .build());
    assertRefused("MatchingFiles, ReadFile");
  }

  @Test
  void functionsAreRefused() throws IOException {
    export();
    change(
        m ->
            m.getGraphDefBuilder()
                .getLibraryBuilder()
                .addFunction(
                    FunctionDef.newBuilder().setSignature(OpDef.newBuilder().setName("f"))));
    assertRefused("functions of its own");
  }

  @Test
  void functionsAsAttributesAreRefused() throws IOException {
    export();
    change(
        m ->
            m.getGraphDefBuilder()
                .getNodeBuilder(0)
                .putAttr(
                    "f",
                    AttrValue.newBuilder()
                        .setFunc(NameAttrList.newBuilder().setName("f"))
                        .build()));
    assertRefused("functions of its own");
  }

  @Test
  void severalNetworksAreRefused() throws IOException {
    export();
    write(read().toBuilder().addMetaGraphs(read().getMetaGraphs(0)).build());
    assertRefused("several networks");
  }

  @Test
  void operationsThatWaitForEachOtherAreRefused() throws IOException {
    export();
    change(
        m ->
            m.getGraphDefBuilder()
                .addNode(NodeDef.newBuilder().setName("a").setOp("Identity").addInput("b:0"))
                .addNode(NodeDef.newBuilder().setName("b").setOp("NoOp").addInput("^a")));
    assertRefused("operations that wait for each other");
  }

  @Test
  void longChainsOfOperationsDoNotExhaustTheStack() throws IOException {
    export();
    change(
        m -> {
          for (int i = 0; i < 20_000; i++)
            m.getGraphDefBuilder()
                .addNode(
                    NodeDef.newBuilder()
                        .setName("n" + i)
                        .setOp("Identity")
                        .addInput(i == 0 ? "x" : "n" + (i - 1)));
        });
    assertDoesNotThrow(() -> SavedModels.check(folder));
  }

  @Test
  void inputsThatNothingGivesAndNamesThatOccurTwiceAreRefused() throws IOException {
    export();
    change(
        m ->
            m.getGraphDefBuilder()
                .addNode(NodeDef.newBuilder().setName("a").setOp("Identity").addInput("gone")));
    assertEquals("The model's network is damaged; get the file again.", refusal());
    export();
    change(m -> m.getGraphDefBuilder().addNode(m.getGraphDef().getNode(0)));
    assertEquals("The model's network is damaged; get the file again.", refusal());
  }

  @Test
  void filesAndObjectsBesideTheNetworkAreRefused() throws IOException {
    export();
    change(m -> m.addAssetFileDef(AssetFileDef.newBuilder().setFilename("../../secret")));
    assertRefused("files to read on loading");
    export();
    change(m -> m.setObjectGraphDef(SavedObjectGraph.getDefaultInstance()));
    assertRefused("objects of its own");
  }

  @Test
  void messagesNameSomeOperationsInOneLine() throws IOException {
    export();
    change(
        m -> {
          for (int i = 0; i < 1000; i++)
            m.getGraphDefBuilder()
                .addNode(NodeDef.newBuilder().setName("n" + i).setOp("A" + i + "\n".repeat(1000)));
        });
    final String message = refusal();
    assertTrue(message.length() < 700 && !message.contains("\n"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SaveV2", "RestoreV2"})
  void savingAndRestoringElsewhereIsRefused(final String operation) throws IOException {
    export();
    change(
        m ->
            m.getGraphDefBuilder()
                .addNode(NodeDef.newBuilder().setName("target").setOp("Const"))
                .addNode(NodeDef.newBuilder().setName("evil").setOp(operation).addInput("target")));
    assertRefused(operation + " with a file name of its own");
  }

  @Test
  void operationsRunOnLoadingAreRefused() throws IOException {
    export();
    change(m -> m.putSignatureDef("__saved_model_init_op", SignatureDef.newBuilder().build()));
    assertRefused("an operation to run on loading");
    export();
    change(m -> m.putCollectionDef("saved_model_main_op", CollectionDef.getDefaultInstance()));
    assertRefused("an operation to run on loading");
  }

  @Test
  void garbageIsRefused() throws IOException {
    final byte[] garbage = new byte[1000];
    new java.util.Random(1).nextBytes(garbage);
    Files.write(folder.resolve("saved_model.pb"), garbage);
    assertEquals("The model's network is damaged; get the file again.", refusal());
    Files.write(folder.resolve("saved_model.pb"), new byte[0]);
    assertEquals("The model's network is damaged; get the file again.", refusal());
  }

  @Test
  void truncatedNetworkIsRefused() throws IOException {
    export();
    final byte[] whole = Files.readAllBytes(folder.resolve("saved_model.pb"));
    Files.write(folder.resolve("saved_model.pb"), java.util.Arrays.copyOf(whole, whole.length / 2));
    assertEquals("The model's network is damaged; get the file again.", refusal());
  }

  @Test
  void missingNetworkIsAnInputError() {
    assertThrows(NoSuchFileException.class, () -> SavedModels.check(folder));
  }

  @Test
  void brokenWeightsAreAnEngineError() throws IOException {
    export();
    Files.write(folder.resolve("variables/variables.index"), new byte[10]);
    assertThrows(EngineException.class, () -> SavedModels.weights(folder));
    assertThrows(
        EngineException.class, () -> new SavedModelPredictor(folder, TestEngine.get()).close());
  }

  @Test
  void unknownSignatureIsAnEngineError() throws IOException {
    export();
    final String message =
        assertThrows(
                EngineException.class,
                () -> {
                  try (SavedModelPredictor p = new SavedModelPredictor(folder, TestEngine.get())) {
                    p.run("stop", input(), 1, 1, 2, 4, 2);
                  }
                })
            .getMessage();
    assertEquals("The model has no network \"stop\".", message);
  }
}
