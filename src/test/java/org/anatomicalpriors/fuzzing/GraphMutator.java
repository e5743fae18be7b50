package org.anatomicalpriors.fuzzing;

import java.util.SplittableRandom;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorShapeProto;

/** Changes a network, so that it stays one: operations, inputs, shapes, signatures, functions. */
final class GraphMutator {

  private static final String[] OPERATIONS = {
    "ReadFile", "WriteFile", "PyFunc", "EagerPyFunc", "PartitionedCall", "While", "Switch", "Merge",
    "NextIteration", "SaveV2", "RestoreV2", "VarHandleOp", "MyCustomOp", "Identity", "Const", "",
    "VariableV2", "Placeholder", "NoOp"
  };

  private GraphMutator() {}

  static byte[] mutate(final byte[] network, final SplittableRandom random)
      throws java.io.IOException {
    final SavedModel.Builder model = SavedModel.parseFrom(network).toBuilder();
    for (int steps = 1 + random.nextInt(2); steps > 0; steps--) step(model, random);
    return model.build().toByteArray();
  }

  private static void step(final SavedModel.Builder model, final SplittableRandom random) {
    if (model.getMetaGraphsCount() == 0) return;
    final MetaGraphDef.Builder meta = model.getMetaGraphsBuilder(0);
    final GraphDef.Builder graph = meta.getGraphDefBuilder();
    if (graph.getNodeCount() == 0) return;
    final int at = random.nextInt(graph.getNodeCount());
    final NodeDef.Builder node = graph.getNodeBuilder(at);
    final String other = graph.getNode(random.nextInt(graph.getNodeCount())).getName();
    switch (random.nextInt(13)) {
      case 0:
        node.setOp(OPERATIONS[random.nextInt(OPERATIONS.length)]);
        break;
      case 1:
        graph.removeNode(at);
        break;
      case 2:
        graph.addNode(graph.getNode(at));
        break;
      case 3:
        if (node.getInputCount() > 0) node.setInput(random.nextInt(node.getInputCount()), other);
        else node.addInput(other);
        break;
      case 4:
        node.addInput((random.nextBoolean() ? "^" : "") + other);
        break;
      case 5:
      case 6:
        changeAttribute(node, random);
        break;
      case 7:
        node.setName(name(random));
        break;
      case 8:
        graph.getLibraryBuilder().addFunction(FunctionDef.getDefaultInstance());
        break;
      case 9:
        meta.putCollectionDef("saved_model_main_op", CollectionDef.getDefaultInstance());
        break;
      case 10:
        model.addMetaGraphs(meta.build());
        break;
      default:
        changeSignature(meta, random);
    }
  }

  /** Half a character outside the basic plane is nothing that a protocol buffer can hold. */
  private static String name(final SplittableRandom random) {
    return TextMutator.token(random).replaceAll("\\p{Cs}", "?");
  }

  private static void changeAttribute(final NodeDef.Builder node, final SplittableRandom random) {
    if (node.getAttrCount() == 0) return;
    final Object[] names = node.getAttrMap().keySet().stream().sorted().toArray();
    final String name = (String) names[random.nextInt(names.length)];
    final AttrValue.Builder value = node.getAttrOrThrow(name).toBuilder();
    final int kind = random.nextInt(5);
    if (kind == 0) value.setType(DataType.forNumber(random.nextInt(24)));
    else if (kind == 1) value.setFunc(NameAttrList.newBuilder().setName("f"));
    else if (kind == 2) value.setI((long) Numbers.any(random));
    else if (value.hasTensor())
      value.getTensorBuilder().setTensorShape(shape(random)).clearTensorContent();
    else value.setShape(shape(random));
    node.putAttr(name, value.build());
  }

  private static TensorShapeProto shape(final SplittableRandom random) {
    final TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int d = random.nextInt(6); d > 0; d--)
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize((long) Numbers.any(random)));
    return shape.setUnknownRank(random.nextInt(10) == 0).build();
  }

  private static void changeSignature(
      final MetaGraphDef.Builder meta, final SplittableRandom random) {
    final Object[] keys = meta.getSignatureDefMap().keySet().stream().sorted().toArray();
    if (keys.length == 0) return;
    final String key = (String) keys[random.nextInt(keys.length)];
    final SignatureDef.Builder signature = meta.getSignatureDefOrThrow(key).toBuilder();
    meta.removeSignatureDef(key);
    if (random.nextInt(4) == 0) return;
    for (final String input : signature.getInputsMap().keySet().toArray(new String[0])) {
      final org.tensorflow.proto.TensorInfo.Builder info =
          signature.getInputsOrThrow(input).toBuilder();
      if (random.nextBoolean()) info.setName(name(random));
      else info.setTensorShape(shape(random));
      signature.putInputs(input, info.build());
    }
    meta.putSignatureDef(random.nextBoolean() ? key : name(random), signature.build());
  }
}
