package org.anatomicalpriors.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.settings.Settings;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.RewriterConfig.Toggle;

class SessionConfigTest {

  private static final DeviceInfo CPU = new DeviceInfo("CPU", 0, 1L << 28);
  private static final DeviceInfo GPU1 = new DeviceInfo("GPU", 1, 1L << 34);

  @Test
  void gpuMemoryGrowsUpToTheShare() {
    final SessionConfig half = new SessionConfig(2, 0.5);
    for (final ConfigProto config : List.of(half.ofProcess(), half.on(GPU1, false))) {
      assertTrue(config.getGpuOptions().getAllowGrowth());
      assertEquals(0.5, config.getGpuOptions().getPerProcessGpuMemoryFraction());
    }
    final ConfigProto unlimited = new SessionConfig(2, 0).ofProcess();
    assertTrue(unlimited.getGpuOptions().getAllowGrowth());
    assertEquals(0, unlimited.getGpuOptions().getPerProcessGpuMemoryFraction());
  }

  @Test
  void oneDeviceIsUsed() {
    final SessionConfig config = new SessionConfig(2, 0);
    assertEquals("1", config.on(GPU1, false).getGpuOptions().getVisibleDeviceList());
    assertFalse(config.on(GPU1, false).containsDeviceCount("GPU"));
    assertEquals(0, config.on(CPU, false).getDeviceCountOrThrow("GPU"));
  }

  @Test
  void bfloat16IsAWishToTheSession() {
    final SessionConfig config = new SessionConfig(2, 0);
    assertEquals(
        Toggle.ON,
        config
            .on(CPU, true)
            .getGraphOptions()
            .getRewriteOptions()
            .getAutoMixedPrecisionOnednnBfloat16());
    assertFalse(config.on(CPU, false).hasGraphOptions());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.1", "1.5", "half", "NaN"})
  void impossibleSharesAreRefused(final String share) {
    Assertions.assertThrows(
        InvalidInputException.class,
        () ->
            Settings.of(EngineSettings.ALL)
                .withTexts(java.util.Map.of(EngineSettings.GPU_MEMORY.name(), share)));
  }
}
