package org.anatomicalpriors.tensorflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;

/** Looks for what a SavedModel of this plugin never has: whatever does more than compute. */
final class GraphInspection {

  /** Those that read or write the file named by their first input. */
  private static final Set<String> FILE_OPERATIONS = Set.of("RestoreV2", "SaveV2");

  /** Collections that name operations which TensorFlow runs when it loads a model. */
  private static final List<String> ON_LOADING = List.of("saved_model_main_op", "legacy_init_op");

  private final Set<String> foreign = new TreeSet<>();
  private boolean broken;

  GraphInspection(final SavedModel model) {
    for (final MetaGraphDef meta : model.getMetaGraphsList()) inspect(meta);
    if (foreign.isEmpty() && model.getMetaGraphsCount() > 1) foreign.add("several networks");
  }

  /** What was found, in words. */
  Set<String> foreign() {
    return foreign;
  }

  /** Whether operations of one name, or inputs that nothing gives, were found. */
  boolean isBroken() {
    return broken;
  }

  private void inspect(final MetaGraphDef meta) {
    final GraphDef graph = meta.getGraphDef();
    if (graph.getLibrary().getFunctionCount() + graph.getLibrary().getGradientCount() > 0)
      foreign.add("functions of its own");
    if (meta.containsSignatureDef("__saved_model_init_op")
        || ON_LOADING.stream().anyMatch(meta::containsCollectionDef))
      foreign.add("an operation to run on loading");
    if (meta.getAssetFileDefCount() > 0 || meta.containsCollectionDef("saved_model_assets"))
      foreign.add("files to read on loading");
    if (meta.hasObjectGraphDef()) foreign.add("objects of its own");
    final Map<String, NodeDef> nodes = new HashMap<>();
    for (final NodeDef node : graph.getNodeList()) {
      if (nodes.put(node.getName(), node) != null) broken = true;
      inspect(node);
    }
    for (final NodeDef node : graph.getNodeList()) inspectFiles(node, nodes);
    inspectOrder(graph, nodes);
  }

  private void inspect(final NodeDef node) {
    if (!SavedModels.ALLOWED_OPERATIONS.contains(node.getOp()))
      foreign.add(node.getOp().isBlank() ? "operations without a name" : node.getOp());
    for (final AttrValue a : node.getAttrMap().values())
      if (a.hasFunc() || a.getList().getFuncCount() > 0) foreign.add("functions of its own");
  }

  private void inspectFiles(final NodeDef node, final Map<String, NodeDef> nodes) {
    if (!FILE_OPERATIONS.contains(node.getOp())) return;
    // The file's name is TensorFlow's to feed: any other could overwrite a file of the user.
    final NodeDef name = node.getInputCount() == 0 ? null : nodes.get(node.getInput(0));
    if (name == null || !name.getOp().equals("Placeholder"))
      foreign.add(node.getOp() + " with a file name of its own");
  }

  /** Removes operations whose inputs are all removed; what stays is a cycle or depends on one. */
  private void inspectOrder(final GraphDef graph, final Map<String, NodeDef> nodes) {
    final Map<String, List<String>> users = new HashMap<>();
    final Map<String, Integer> waiting = new HashMap<>();
    final Deque<String> ready = new ArrayDeque<>();
    for (final NodeDef node : graph.getNodeList()) {
      for (final String input : node.getInputList()) {
        final String giver = operation(input);
        if (!nodes.containsKey(giver)) broken = true;
        users.computeIfAbsent(giver, g -> new ArrayList<>()).add(node.getName());
      }
      waiting.put(node.getName(), node.getInputCount());
      if (node.getInputCount() == 0) ready.add(node.getName());
    }
    if (broken) return;
    int ordered = 0;
    for (; !ready.isEmpty(); ordered++)
      for (final String user : users.getOrDefault(ready.remove(), List.of()))
        if (waiting.merge(user, -1, Integer::sum) == 0) ready.add(user);
    if (ordered < nodes.size()) foreign.add("operations that wait for each other");
  }

  /** The operation that gives a tensor ("name", "name:1") or is waited for ("^name"). */
  static String operation(final String input) {
    final int start = input.startsWith("^") ? 1 : 0;
    final int colon = input.indexOf(':');
    return input.substring(start, colon < start ? input.length() : colon);
  }
}
