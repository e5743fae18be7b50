package org.anatomicalpriors.robustness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.cli.Main;

/** A training that goes on from its last checkpoint, where there is one. */
final class TrainingScenario implements Scenario {

  private final String command;
  private final List<String> options;

  private TrainingScenario(final String command, final List<String> options) {
    this.command = command;
    this.options = options;
  }

  static TrainingScenario prior(final ToyWork toy) {
    return new TrainingScenario("train-prior", toy.priorOptions());
  }

  static TrainingScenario segmenter(final ToyWork toy) {
    return new TrainingScenario("train-segmenter", toy.segmenterOptions());
  }

  @Override
  public String name() {
    return command;
  }

  @Override
  public Class<?> main() {
    return Main.class;
  }

  @Override
  public List<String> arguments(final Path folder) {
    final Path model = model(folder);
    final List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(options);
    arguments.addAll(List.of("--output", model.toString()));
    if (Files.exists(Path.of(model + ".checkpoint"))) arguments.add("--resume");
    return arguments;
  }

  @Override
  public Map<String, String> results(final Path folder) throws IOException {
    return Digests.ofModel(model(folder));
  }

  private static Path model(final Path folder) {
    return folder.resolve("model.zip");
  }
}
