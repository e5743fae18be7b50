package org.anatomicalpriors.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.ConfigProto;

class EngineTest {

  private static final DeviceInfo CPU = new DeviceInfo("CPU", 0, 1L << 28);
  private static final DeviceInfo GPU0 = new DeviceInfo("GPU", 0, 1L << 34);
  private static final DeviceInfo GPU1 = new DeviceInfo("GPU", 1, 1L << 34);
  private static final List<DeviceInfo> BOTH = List.of(CPU, GPU0, GPU1);
  private static final List<DeviceInfo> CPU_ONLY = List.of(CPU);

  @Test
  void choosesTheDeviceNamed() {
    assertSame(CPU, Engine.choose("cpu", BOTH));
    assertSame(GPU0, Engine.choose("gpu", BOTH));
    assertSame(GPU0, Engine.choose("gpu:0", BOTH));
    assertSame(GPU1, Engine.choose(" GPU:1 ", BOTH));
  }

  @Test
  void autoTakesAGpuIfThereIsOne() {
    assertSame(GPU0, Engine.choose("auto", BOTH));
    assertSame(CPU, Engine.choose("auto", CPU_ONLY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu", "gpu:0", "gpu:2"})
  void absentDevicesAreRefusedWithThoseThatAreThere(final String wanted) {
    assertEquals(
        "Device \""
            + wanted
            + "\" was asked for, but TensorFlow lists only cpu; choose one of these, or install the GPU build and a driver that fits it.",
        assertThrows(InvalidInputException.class, () -> Engine.choose(wanted, CPU_ONLY))
            .getMessage());
    final String message =
        assertThrows(InvalidInputException.class, () -> Engine.choose("gpu:7", BOTH)).getMessage();
    assertTrue(message.contains("lists only cpu, gpu:0, gpu:1;"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cuda", "gpu:", "gpu:x", "gpu:-1", "gpu:12345", "cpu:0"})
  void unknownWordsAreRefused(final String wanted) {
    assertEquals(
        "Device \"" + wanted + "\" was asked for; give cpu, gpu, gpu:N or auto.",
        assertThrows(InvalidInputException.class, () -> Engine.choose(wanted, BOTH)).getMessage());
  }

  @Test
  void realDevicesIncludeTheCpu() {
    assertTrue(Engine.devices(false).stream().anyMatch(d -> d.toString().equals("cpu")));
    assertSame(Engine.devices(false), Engine.devices(false));
    assertEquals("2.16.1", Engine.version());
  }

  @Test
  void settingsAndArgumentsReachTheSession() {
    final Engine engine =
        EngineSettings.start(
            Settings.of(EngineSettings.ALL)
                .with(EngineSettings.DEVICE, "cpu")
                .with(EngineSettings.THREADS, 3L));
    assertEquals(3, engine.threads());
    assertEquals("cpu", engine.device().toString());
    for (final ConfigProto config : List.of(engine.passes(), engine.steps())) {
      assertEquals(3, config.getIntraOpParallelismThreads());
      assertEquals(3, config.getInterOpParallelismThreads());
      assertEquals(0, config.getDeviceCountOrThrow("GPU"));
      assertFalse(config.hasGraphOptions());
    }
    assertEquals("cpu, 3 threads", engine.describe());
    assertEquals("cpu, 3 threads, bfloat16", engine.with(Arithmetic.BFLOAT16).describe());
    assertEquals(
        Runtime.getRuntime().availableProcessors(), Engine.start("cpu", 0, false).threads());
    assertNotSame(engine, Engine.start("cpu", 3, false));
  }
}
