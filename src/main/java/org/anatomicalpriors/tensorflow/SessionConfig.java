package org.anatomicalpriors.tensorflow;

import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/** What sessions are opened with. Immutable. */
final class SessionConfig {

  private final int threads;
  private final double gpuMemory;

  /**
   * @param threads of the processor
   * @param gpuMemory share of a GPU's memory that may be used, or 0 for no limit
   */
  SessionConfig(final int threads, final double gpuMemory) {
    this.threads = threads;
    this.gpuMemory = gpuMemory;
  }

  /** For the first one, whose pools of threads and of GPU memory last for the process. */
  ConfigProto ofProcess() {
    return builder().build();
  }

  /**
   * For sessions on a device.
   *
   * @param bfloat16 whether their convolutions are computed so
   */
  ConfigProto on(final DeviceInfo device, final boolean bfloat16) {
    final ConfigProto.Builder config = builder();
    if (device.isGpu())
      config.getGpuOptionsBuilder().setVisibleDeviceList(Integer.toString(device.index()));
    else config.putDeviceCount("GPU", 0);
    if (bfloat16) Bfloat16.switchOn(config);
    return config.build();
  }

  private ConfigProto.Builder builder() {
    return ConfigProto.newBuilder()
        .setIntraOpParallelismThreads(threads)
        .setInterOpParallelismThreads(threads)
        .setAllowSoftPlacement(true)
        .setGpuOptions(
            GPUOptions.newBuilder().setAllowGrowth(true).setPerProcessGpuMemoryFraction(gpuMemory));
  }
}
