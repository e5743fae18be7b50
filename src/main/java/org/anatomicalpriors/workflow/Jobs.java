package org.anatomicalpriors.workflow;

import java.util.List;
import java.util.stream.Collectors;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.job.Job;

/** All that the plugin does, in the order in which a person would come to need it. */
public final class Jobs {

  private static final List<Job> ALL =
      List.of(
          new TrainPriorJob(),
          new TrainSegmenterJob(),
          new SegmentJob(),
          new EvaluateJob(),
          new SampleJob(),
          new ReconstructJob(),
          new InfoJob(),
          new GenerateJob(),
          new DevicesJob());

  private Jobs() {}

  public static List<Job> all() {
    return ALL;
  }

  /**
   * The job of a name.
   *
   * @throws InvalidInputException if there is none
   */
  public static Job named(final String name) {
    return ALL.stream()
        .filter(j -> j.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "There is no job \""
                        + name
                        + "\"; give one of "
                        + ALL.stream().map(Job::name).collect(Collectors.joining(", "))
                        + "."));
  }
}
