package org.anatomicalpriors.workflow;

import java.util.List;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.DeviceInfo;
import org.anatomicalpriors.tensorflow.Engine;
import org.anatomicalpriors.tensorflow.EngineSettings;
import org.anatomicalpriors.tensorflow.Precision;

/** Tells on what TensorFlow can compute. */
public final class DevicesJob extends CoreJob {

  public DevicesJob() {
    super(
        "devices",
        "Lists the devices that TensorFlow finds, and which of them the device auto is, and what the precision auto is; that is tried out once, in a few seconds.",
        "devices");
  }

  @Override
  public List<Setting<?>> files() {
    return List.of();
  }

  @Override
  public List<Setting<?>> machine() {
    return List.of(EngineSettings.VERBOSE, EngineSettings.DOWNLOAD);
  }

  @Override
  public JobResult run(final Settings values, final JobContext context) {
    final boolean verbose = values.get(EngineSettings.VERBOSE);
    final Settings usual =
        Settings.of(EngineSettings.ALL)
            .with(EngineSettings.VERBOSE, verbose)
            .with(EngineSettings.PRECISION, Precision.AUTO)
            .with(EngineSettings.DOWNLOAD, values.get(EngineSettings.DOWNLOAD));
    final Engine engine = engine(usual, context);
    final DeviceInfo auto = engine.device();
    final ResultTable table =
        new ResultTable(
            "TensorFlow " + Engine.version(), "device", "memory [MiB]", "taken by auto");
    for (final DeviceInfo d : Engine.devices(verbose))
      table.row(
          d.toString(),
          d.isGpu() ? Long.toString(d.memoryBytes() >> 20) : "",
          d == auto ? "yes" : "");
    return new JobResult()
        .table(table)
        .message("The precision auto is " + engine.arithmetic() + " here.");
  }
}
