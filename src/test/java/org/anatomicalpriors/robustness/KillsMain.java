package org.anatomicalpriors.robustness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Kills each kind of work many times; {@code scripts/kill} starts it. */
public final class KillsMain {

  private KillsMain() {}

  /**
   * @param a an empty folder to work in, number of kills in all, seed
   */
  public static void main(final String[] a) throws IOException, InterruptedException {
    final Path folder = Path.of(a[0]);
    final int kills = Integer.parseInt(a[1]);
    final long seed = Long.parseLong(a[2]);
    final ToyWork toy = new ToyWork(Files.createDirectory(folder.resolve("toy")));
    final List<Scenario> scenarios =
        List.of(
            TrainingScenario.prior(toy),
            TrainingScenario.segmenter(toy),
            BatchScenario.one(toy),
            BatchScenario.folder(toy),
            new SavingScenario(toy));
    int done = 0;
    for (int i = 0; i < scenarios.size(); i++) {
      final int share = (kills - done) / (scenarios.size() - i);
      final Path runs = Files.createDirectory(folder.resolve("scenario-" + i));
      done += new Kills(scenarios.get(i), runs, seed + i, System.out::println).run(share);
    }
    System.out.println(done + " kills; every file with a final name was whole each time.");
  }
}
