package org.anatomicalpriors.tensorflow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Optional;

/** Why no GPU is used although something for one is there, as far as that can be seen. */
final class GpuAbsence {

  /** What the Linux driver of NVIDIA shows; builds of TensorFlow for GPUs are for Linux only. */
  private static final Path DRIVER = Paths.get("/proc/driver/nvidia/version");

  private GpuAbsence() {}

  /** A sentence for a person who let the device be chosen and got the processor. */
  static Optional<String> explain() {
    return explain(Natives.hasGpuBuild(), Files.exists(DRIVER));
  }

  /**
   * @param build whether TensorFlow's build for GPUs is installed
   * @param driver whether there is a driver of NVIDIA
   */
  static Optional<String> explain(final boolean build, final boolean driver) {
    if (!build && !driver) return Optional.empty();
    return Optional.of(
        "Computing on the processor: "
            + (build
                ? "TensorFlow's build for GPUs is installed, but "
                    + (driver
                        ? "it lists no GPU; it needs a driver for CUDA 12.3, and the libraries of CUDA 12 and cuDNN 8.9 where the system finds them (verbose shows which are missing)."
                        : "there is no driver of NVIDIA.")
                : "there is a driver of NVIDIA, but the TensorFlow that was loaded lists no GPU; its build for GPUs (linux-x86_64-gpu) is not on the class path."));
  }
}
