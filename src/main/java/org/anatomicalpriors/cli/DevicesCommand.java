package org.anatomicalpriors.cli;

import org.anatomicalpriors.tensorflow.DeviceInfo;
import org.anatomicalpriors.tensorflow.Engine;
import picocli.CommandLine.Command;

@Command(
    name = "devices",
    description = "Lists the devices that TensorFlow finds, and the one that --device auto takes.",
    footer = {"", "Example:", "  anatomical-priors devices"})
final class DevicesCommand extends Job {

  DevicesCommand(final Cancellation cancellation) {
    super(cancellation);
  }

  @Override
  public Integer call() {
    final DeviceInfo auto = Engine.start("auto", 0, isVerbose()).device();
    out().println("TensorFlow " + Engine.version());
    for (final DeviceInfo d : Engine.devices(isVerbose()))
      out()
          .println(
              d
                  + (d.isGpu() ? " (" + (d.memoryBytes() >> 20) + " MiB)" : "")
                  + (d == auto ? ", taken by auto" : ""));
    out().flush();
    return ErrorMessages.OK;
  }
}
