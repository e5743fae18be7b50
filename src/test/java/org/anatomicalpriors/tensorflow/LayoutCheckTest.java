package org.anatomicalpriors.tensorflow;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;

/** Networks that are sound, but others than their description promises. */
class LayoutCheckTest {

  private static final String DATA = "variables/variables.data-00000-of-00001";
  private static final String INDEX = "variables/variables.index";

  @TempDir Path folder;

  @BeforeEach
  void export() throws IOException {
    export(3);
  }

  private void export(final int channels) throws IOException {
    try (NetworkGraph network = new NetworkGraph(TestEngine.get())) {
      final Placeholder<TFloat32> x =
          network.tf().withName("x").placeholder(TFloat32.class, Placeholder.shape(Shape.of(1, 5)));
      final Operand<TFloat32> y = network.layers().dense("d", x, channels, 1);
      network.parameters().initialise(network.session(), 5);
      SavedModels.export(
          network, folder, List.of(Signature.builder("go").input("x", x).output("y", y).build()));
    }
  }

  private static SavedModelLayout layout() {
    return new SavedModelLayout()
        .variable("d.kernel", 5, 3)
        .variable("d.bias", 3)
        .input("go", "x", DataType.DT_FLOAT, 1, 5)
        .output("go", "y", 1, 3);
  }

  private void change(final Consumer<MetaGraphDef.Builder> change) throws IOException {
    final Path file = folder.resolve("saved_model.pb");
    final SavedModel.Builder model = SavedModel.parseFrom(Files.readAllBytes(file)).toBuilder();
    change.accept(model.getMetaGraphsBuilder(0));
    Files.write(file, model.build().toByteArray());
  }

  private static void changeAttribute(
      final MetaGraphDef.Builder meta, final String node, final String name, final AttrValue v) {
    for (final NodeDef.Builder n : meta.getGraphDefBuilder().getNodeBuilderList())
      if (n.getName().equals(node)) n.putAttr(name, v);
  }

  private static TensorShapeProto shape(final long... sizes) {
    final TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (final long s : sizes) shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(s));
    return shape.build();
  }

  private static AttrValue shapeValue(final long... sizes) {
    return AttrValue.newBuilder().setShape(shape(sizes)).build();
  }

  private void assertMismatch(final String why) {
    assertEquals(
        "The model's network does not fit its description ("
            + why
            + "); get the file again or train a new one.",
        assertThrows(EngineException.class, () -> SavedModels.check(folder, layout()))
            .getMessage());
  }

  @Test
  void networkOfTheLayoutPasses() {
    assertDoesNotThrow(() -> SavedModels.check(folder, layout()));
  }

  @Test
  void variablesOfAnotherShapeOrTypeAreRefused() throws IOException {
    change(m -> changeAttribute(m, "d.kernel", "shape", shapeValue(3, 5)));
    assertMismatch("the variable d.kernel has the shape [3, 5] where [5, 3] is needed");
    export();
    change(m -> changeAttribute(m, "d.bias", "shape", shapeValue(1L << 40)));
    assertMismatch("the variable d.bias has the shape [1099511627776] where [3] is needed");
    export();
    change(
        m ->
            changeAttribute(
                m, "d.bias", "dtype", AttrValue.newBuilder().setType(DataType.DT_HALF).build()));
    assertMismatch("the variable d.bias holds DT_HALF where DT_FLOAT is needed");
  }

  @Test
  void otherAndMissingVariablesAreRefused() throws IOException {
    change(
        m ->
            m.getGraphDefBuilder()
                .addNode(
                    NodeDef.newBuilder()
                        .setName("more")
                        .setOp("VariableV2")
                        .putAttr("shape", shapeValue(1L << 40))));
    assertMismatch("the variable more is not one of it");
    export();
    change(
        m ->
            changeAttribute(
                m, "d.kernel", "dtype", AttrValue.newBuilder().setType(DataType.DT_FLOAT).build()));
    final SavedModelLayout more = layout().variable("e.bias", 3);
    assertEquals(
        "The model's network does not fit its description (the network lacks the variable e.bias); get the file again or train a new one.",
        assertThrows(EngineException.class, () -> SavedModels.check(folder, more)).getMessage());
  }

  @Test
  void storedVariablesOfAnotherShapeAreRefused() throws IOException {
    final byte[] graph = Files.readAllBytes(folder.resolve("saved_model.pb"));
    export(4);
    Files.write(folder.resolve("saved_model.pb"), graph);
    assertMismatch("the stored variable d.bias has the shape [4] where [3] is needed");
  }

  @Test
  void filesOfVariablesThatAreTooLongOrShortAreRefused() throws IOException {
    Files.write(folder.resolve(DATA), new byte[1], StandardOpenOption.APPEND);
    assertMismatch("its variables are 73 bytes where 72 are needed");
    Files.write(folder.resolve(DATA), new byte[10]);
    assertMismatch("its variables are 10 bytes where 72 are needed");
  }

  @Test
  void damagedListsOfVariablesAreRefused() throws IOException {
    Files.write(folder.resolve(INDEX), new byte[100]);
    assertMismatch("of the list of its variables the table has no end");
  }

  @Test
  void missingSignaturesAreRefused() throws IOException {
    change(m -> m.clearSignatureDef());
    assertMismatch("it has no signature \"go\"");
  }

  private void changeInput(final Consumer<TensorInfo.Builder> change) throws IOException {
    change(
        m -> {
          final SignatureDef.Builder s = m.getSignatureDefOrThrow("go").toBuilder();
          final TensorInfo.Builder x = s.getInputsOrThrow("x").toBuilder();
          change.accept(x);
          m.putSignatureDef("go", s.putInputs("x", x.build()).build());
        });
  }

  @Test
  void signaturesOfOtherTensorsAreRefused() throws IOException {
    changeInput(x -> x.setTensorShape(shape(1, 6)));
    assertMismatch("the tensor \"x\" of \"go\" has the shape [1, 6] where [1, 5] is needed");
    export();
    changeInput(x -> x.setDtype(DataType.DT_STRING));
    assertMismatch("the tensor \"x\" of \"go\" holds DT_STRING where DT_FLOAT is needed");
    export();
    changeInput(x -> x.setName("nobody:0"));
    assertMismatch("the tensor \"x\" of \"go\" is none of its network's");
    export();
    changeInput(x -> x.setTensorShape(TensorShapeProto.newBuilder().setUnknownRank(true)));
    assertMismatch("the tensor \"x\" of \"go\" has the shape [] where [1, 5] is needed");
    export();
    change(m -> changeAttribute(m, "x", "shape", shapeValue(1, 7)));
    assertMismatch("the tensor \"x\" of \"go\" has the shape [1, 7] where [1, 5] is needed");
  }

  private void addConstant(final TensorProto value) throws IOException {
    change(
        m ->
            m.getGraphDefBuilder()
                .addNode(
                    NodeDef.newBuilder()
                        .setName("c")
                        .setOp("Const")
                        .putAttr("value", AttrValue.newBuilder().setTensor(value).build())));
  }

  /** TensorFlow repeats the last value until the shape is full. */
  @Test
  void constantsThatUnpackToMoreThanTheyHoldAreRefused() throws IOException {
    addConstant(
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(shape(1 << 20, 1 << 20))
            .addFloatVal(1)
            .build());
    assertMismatch("the constant c holds less than its shape");
  }

  /** Such as the size that a transposed convolution is asked for, or the depth of a one-hot. */
  @Test
  void constantsThatAskForHugeTensorsAreRefused() throws IOException {
    addConstant(
        TensorProto.newBuilder()
            .setDtype(DataType.DT_INT32)
            .setTensorShape(shape(2))
            .setTensorContent(
                ByteString.copyFrom(new byte[] {0, 0, 0, 16, 0, 0, 1, 0})) // 2^28, 2^16
            .build());
    assertMismatch("the constant c asks for a tensor of 1.76e+13 values");
    export();
    addConstant(
        TensorProto.newBuilder().setDtype(DataType.DT_INT32).addIntVal(Integer.MIN_VALUE).build());
    assertMismatch("the constant c asks for a tensor of 2.15e+09 values");
  }

  @Test
  void networksForOtherUsesAreRefused() throws IOException {
    change(m -> m.getMetaInfoDefBuilder().clearTags());
    assertMismatch("its network has no tag \"serve\"");
  }
}
