package org.anatomicalpriors.tensorflow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.anatomicalpriors.Excerpt;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Compares a SavedModel with its layout: variables of the graph and in their file, signatures, and
 * constants, from which operations learn how large a tensor to make.
 */
final class LayoutCheck {

  private static final String TAG = "serve";

  /** Sums of kernels have up to 64 / 27 as many values as the kernels themselves. */
  private static final int ROOM = 4;

  private final SavedModelLayout layout;
  private final Map<String, NodeDef> nodes = new HashMap<>();

  LayoutCheck(final SavedModelLayout layout) {
    this.layout = layout;
  }

  void check(final MetaGraphDef meta, final Path folder) throws IOException {
    if (!meta.getMetaInfoDef().getTagsList().contains(TAG))
      throw mismatch("its network has no tag \"" + TAG + "\"");
    for (final NodeDef node : meta.getGraphDef().getNodeList()) nodes.put(node.getName(), node);
    checkVariables();
    for (final NodeDef node : nodes.values()) if (node.getOp().equals("Const")) checkConstant(node);
    for (final SavedModelLayout.Endpoint e : layout.endpoints()) checkEndpoint(meta, e);
    checkFiles(new VariablesFile(folder.resolve(SavedModels.VARIABLES)));
  }

  private void checkVariables() {
    final Set<String> found = new TreeSet<>();
    for (final NodeDef node : nodes.values()) {
      if (!node.getOp().equals("VariableV2")) continue;
      final String name = node.getName();
      found.add(name);
      requireVariable(
          name,
          attribute(node, "dtype").getType(),
          attribute(node, "shape").getShape(),
          "the variable ");
    }
    requireAll(found, "the network");
  }

  private void requireVariable(
      final String name, final DataType type, final TensorShapeProto shape, final String what) {
    final long[] needed = layout.variables().get(name);
    if (needed == null) throw mismatch(what + Excerpt.of(name) + " is not one of it");
    requireShape(what + name, type, shape, DataType.DT_FLOAT, needed);
  }

  private static void requireShape(
      final String what,
      final DataType type,
      final TensorShapeProto shape,
      final DataType neededType,
      final long[] needed) {
    if (type != neededType)
      throw mismatch(what + " holds " + type + " where " + neededType + " is needed");
    if (shape.getUnknownRank() || !Arrays.equals(sizes(shape), needed))
      throw mismatch(
          what
              + " has the shape "
              + Excerpt.of(Arrays.toString(sizes(shape)))
              + " where "
              + Arrays.toString(needed)
              + " is needed");
  }

  private void requireAll(final Set<String> found, final String where) {
    for (final String name : layout.variables().keySet())
      if (!found.contains(name)) throw mismatch(where + " lacks the variable " + name);
  }

  private static long[] sizes(final TensorShapeProto shape) {
    return shape.getDimList().stream().mapToLong(TensorShapeProto.Dim::getSize).toArray();
  }

  /**
   * A constant may tell a shape and one value, or be the size of what an operation makes: neither
   * may ask for more than the network needs.
   */
  private void checkConstant(final NodeDef node) {
    final TensorProto value = attribute(node, "value").getTensor();
    double size = 1;
    for (final long s : sizes(value.getTensorShape())) size *= s;
    if (!(size >= 0 && size <= Math.max(1, value.getSerializedSize())))
      throw mismatch("the constant " + Excerpt.of(node.getName()) + " holds less than its shape");
    if (value.getDtype() != DataType.DT_INT32 && value.getDtype() != DataType.DT_INT64) return;
    double product = 1;
    for (final long v : values(value)) product *= Math.max(1, Math.abs((double) v));
    if (product > (double) ROOM * layout.largest())
      throw mismatch(
          "the constant "
              + Excerpt.of(node.getName())
              + String.format(Locale.ROOT, " asks for a tensor of %.3g values", product));
  }

  private static AttrValue attribute(final NodeDef node, final String name) {
    return node.getAttrOrDefault(name, AttrValue.getDefaultInstance());
  }

  private static long[] values(final TensorProto value) {
    final ByteBuffer content =
        value.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    final boolean wide = value.getDtype() == DataType.DT_INT64;
    final long[] values = new long[content.remaining() / (wide ? Long.BYTES : Integer.BYTES)];
    for (int i = 0; i < values.length; i++) values[i] = wide ? content.getLong() : content.getInt();
    if (values.length > 0) return values;
    return wide
        ? value.getInt64ValList().stream().mapToLong(v -> v).toArray()
        : value.getIntValList().stream().mapToLong(v -> v).toArray();
  }

  private void checkEndpoint(final MetaGraphDef meta, final SavedModelLayout.Endpoint e) {
    final SignatureDef signature = meta.getSignatureDefMap().get(e.signature);
    if (signature == null) throw mismatch("it has no signature \"" + e.signature + "\"");
    final Map<String, TensorInfo> tensors =
        e.input ? signature.getInputsMap() : signature.getOutputsMap();
    final TensorInfo tensor = tensors.get(e.name);
    final String what = "the tensor \"" + e.name + "\" of \"" + e.signature + "\"";
    if (tensor == null || e.input && tensors.size() > 1)
      throw mismatch(what + (tensor == null ? " is missing" : " is not its only input"));
    requireShape(what, tensor.getDtype(), tensor.getTensorShape(), e.type, e.shape);
    final NodeDef node = nodes.get(GraphInspection.operation(tensor.getName()));
    if (node == null) throw mismatch(what + " is none of its network's");
    if (node.getOp().equals("Placeholder"))
      requireShape(
          what,
          attribute(node, "dtype").getType(),
          attribute(node, "shape").getShape(),
          e.type,
          e.shape);
  }

  private void checkFiles(final VariablesFile variables) throws IOException {
    final VariablesIndex index;
    try {
      index = variables.index();
    } catch (final java.nio.file.NoSuchFileException e) {
      throw e;
    } catch (final IOException e) {
      throw mismatch("of the list of its variables " + e.getMessage());
    }
    final BundleHeaderProto header = index.header();
    if (header.getNumShards() != 1 || header.getEndianness() != BundleHeaderProto.Endianness.LITTLE)
      throw mismatch("its variables are in " + header.getNumShards() + " files or turned round");
    final Map<Long, Long> parts = new TreeMap<>();
    for (final Map.Entry<String, BundleEntryProto> e : index.entries().entrySet()) {
      final BundleEntryProto entry = e.getValue();
      requireVariable(e.getKey(), entry.getDtype(), entry.getShape(), "the stored variable ");
      if (entry.getShardId() != 0
          || entry.getSlicesCount() > 0
          || entry.getSize() != SavedModelLayout.bytes(layout.variables().get(e.getKey())))
        throw mismatch("the variable " + e.getKey() + " is stored in parts");
      parts.put(entry.getOffset(), entry.getSize());
    }
    requireAll(index.entries().keySet(), "the file of its variables");
    long end = 0;
    for (final Map.Entry<Long, Long> part : parts.entrySet()) {
      if (part.getKey() != end) throw mismatch("its variables do not lie one after the other");
      end += part.getValue();
    }
    final long size = variables.size();
    if (end != layout.bytes() || size != end)
      throw mismatch(
          "its variables are " + size + " bytes where " + layout.bytes() + " are needed");
  }

  private static EngineException mismatch(final String why) {
    return new EngineException(
        "The model's network does not fit its description ("
            + why
            + "); get the file again or train a new one.");
  }
}
