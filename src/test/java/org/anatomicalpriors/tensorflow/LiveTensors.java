package org.anatomicalpriors.tensorflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.NodeOutput;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;

/**
 * How many bytes of tensors a run holds at once, by TensorFlow's own tracing: a tensor lives from
 * the operation that makes it to the end of the last one that takes it.
 */
final class LiveTensors {

  /** One output of an operation. */
  private static final class Life {
    final long bytes, from;
    long to;

    Life(final long bytes, final long from, final long to) {
      this.bytes = bytes;
      this.from = from;
      this.to = to;
    }
  }

  private LiveTensors() {}

  /** Most bytes at once; nothing may be running beside it. */
  static long peak(final Session.Runner runner) {
    try (Result result =
        runner
            .setOptions(
                RunOptions.newBuilder()
                    .setTraceLevel(RunOptions.TraceLevel.FULL_TRACE)
                    .setOutputPartitionGraphs(true)
                    .build())
            .runAndFetchMetadata()) {
      final List<Life> lives = lives(result.getMetadata().orElseThrow());
      long peak = 0;
      for (final Life now : lives)
        peak =
            Math.max(
                peak,
                lives.stream()
                    .filter(l -> l.from <= now.from && l.to >= now.from)
                    .mapToLong(l -> l.bytes)
                    .sum());
      return peak;
    }
  }

  private static List<Life> lives(final RunMetadata run) {
    final Map<String, NodeExecStats> ran = new HashMap<>();
    for (final DeviceStepStats device : run.getStepStats().getDevStatsList())
      for (final NodeExecStats n : device.getNodeStatsList()) ran.put(n.getNodeName(), n);
    final Map<String, Long> lastUse = new HashMap<>();
    for (final GraphDef graph : run.getPartitionGraphsList())
      for (final NodeDef n : graph.getNodeList())
        if (ran.containsKey(n.getName()))
          for (final String input : n.getInputList())
            lastUse.merge(
                input.contains(":") ? input : input + ":0", end(ran.get(n.getName())), Math::max);
    // What passes a tensor on, such as a reshape, prolongs its life.
    final Map<Long, Life> byPlace = new HashMap<>();
    final List<Life> lives = new ArrayList<>();
    ran.values().stream()
        .sorted((a, b) -> Long.compare(end(a), end(b)))
        .forEach(
            n -> {
              for (final NodeOutput o : n.getOutputList()) {
                final long place = o.getTensorDescription().getAllocationDescription().getPtr();
                final long bytes =
                    o.getTensorDescription().getAllocationDescription().getRequestedBytes();
                final long to = lastUse.getOrDefault(n.getNodeName() + ":" + o.getSlot(), end(n));
                final Life known = byPlace.get(place);
                if (known != null && known.to >= start(n)) known.to = Math.max(known.to, to);
                else {
                  final Life life = new Life(bytes, start(n), to);
                  byPlace.put(place, life);
                  lives.add(life);
                }
              }
            });
    return lives;
  }

  private static long start(final NodeExecStats n) {
    return n.getAllStartMicros() + n.getOpStartRelMicros();
  }

  private static long end(final NodeExecStats n) {
    return n.getAllStartMicros() + n.getAllEndRelMicros();
  }
}
