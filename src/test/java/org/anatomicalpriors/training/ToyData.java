package org.anatomicalpriors.training;

import java.nio.file.Path;
import java.util.List;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.Grid;

/** What trainings make of label maps, all in memory. */
final class ToyData {

  private ToyData() {}

  static PriorData prepared(
      final ImageSource maps,
      final LabelSet labels,
      final Settings settings,
      final Progress progress) {
    return new PriorData(
        maps,
        labels,
        settings,
        new SpillStore<>(StoredMap.INDICES, Path.of("never made"), Long.MAX_VALUE),
        2,
        progress);
  }

  static float[] atlas(
      final List<byte[]> maps,
      final Grid grid,
      final int labels,
      final int[] mirror,
      final double smoothing) {
    final Atlas atlas = new Atlas(grid, labels, mirror);
    maps.forEach(atlas::add);
    return atlas.logProbabilities(smoothing, Progress.NONE);
  }

  /** Keeps what is logged. */
  static Progress log(final List<String> to) {
    return new Progress() {
      @Override
      public void update(
          final String stage, final long done, final long total, final String message) {
        // not looked at
      }

      @Override
      public void log(final String message) {
        to.add(message);
      }
    };
  }
}
