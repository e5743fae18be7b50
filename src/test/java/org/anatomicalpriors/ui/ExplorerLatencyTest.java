package org.anatomicalpriors.ui;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Tells the explorer's latency for a prior that is given by {@code -Dexplorer.prior=brain.zip}, and
 * {@code -Dexplorer.maps=FOLDER} with label maps if it does not keep its axes. With {@code
 * -Dexplorer.scale=2} as on a fine screen.
 */
class ExplorerLatencyTest {

  @Test
  void everyMoveIsPainted() {
    final String prior = System.getProperty("explorer.prior");
    assumeTrue(prior != null, "no prior is given");
    final String told =
        ScreenTest.run(
            ExplorerLatency.class,
            List.of(
                "-Dsun.java2d.uiScale=" + System.getProperty("explorer.scale", "1"),
                // Speed is measured: a virtual machine as users have it.
                "-Xmx4g",
                "-XX:-UseSerialGC",
                "-XX:TieredStopAtLevel=4"),
            prior,
            System.getProperty("explorer.maps", ""));
    System.out.println(told);
    assertTrue(told.contains("median"), told);
  }
}
