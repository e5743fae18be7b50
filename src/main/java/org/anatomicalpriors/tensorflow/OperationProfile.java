package org.anatomicalpriors.tensorflow;

import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.RunOptions;

/** Where the time of a run goes, by TensorFlow's own tracing. */
public final class OperationProfile {

  private OperationProfile() {}

  /** Runs and returns microseconds per kind of operation, all threads added up. */
  public static Map<String, Double> of(final Session.Runner runner) {
    final Map<String, Double> micros = new TreeMap<>();
    try (Result result =
        runner
            .setOptions(
                RunOptions.newBuilder().setTraceLevel(RunOptions.TraceLevel.FULL_TRACE).build())
            .runAndFetchMetadata()) {
      for (final DeviceStepStats device :
          result.getMetadata().orElseThrow().getStepStats().getDevStatsList())
        for (final NodeExecStats node : device.getNodeStatsList())
          micros.merge(
              kind(node),
              (double) (node.getOpEndRelMicros() - node.getOpStartRelMicros()),
              Double::sum);
    }
    return micros;
  }

  /** The operation's type, which the label shows as {@code name = Type(inputs)}. */
  private static String kind(final NodeExecStats node) {
    final String label = node.getTimelineLabel();
    final int equals = label.indexOf(" = "), bracket = label.indexOf('(');
    return equals >= 0 && bracket > equals
        ? label.substring(equals + 3, bracket)
        : node.getNodeName();
  }
}
