package org.anatomicalpriors.robustness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.tensorflow.Engine;

/** A model written over itself, again and again, so that kills hit the writing. */
final class SavingScenario implements Scenario {

  private static final int TIMES = 100;

  private final Path model;

  SavingScenario(final ToyWork toy) {
    this.model = toy.prior();
  }

  /**
   * @param a a model and the file to write
   */
  public static void main(final String[] a) throws IOException {
    final Path source = Path.of(a[0]);
    final Path target = Path.of(a[1]);
    final Path opened = Files.exists(target) ? target : source;
    final Engine engine = Engine.start("cpu", 1, false);
    try (AnatomicalPrior prior = ModelBundle.open(opened, engine)) {
      for (int i = 0; i < TIMES; i++) ModelBundle.save(prior, target);
    }
    System.exit(0);
  }

  @Override
  public String name() {
    return "saving a model";
  }

  @Override
  public Class<?> main() {
    return SavingScenario.class;
  }

  @Override
  public List<String> arguments(final Path folder) {
    return List.of(model.toString(), folder.resolve("model.zip").toString());
  }

  @Override
  public Map<String, String> results(final Path folder) throws IOException {
    return Digests.ofModel(folder.resolve("model.zip"));
  }
}
