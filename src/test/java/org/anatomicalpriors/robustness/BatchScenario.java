package org.anatomicalpriors.robustness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.cli.Main;

/** Images segmented into one folder; what is done is skipped. */
final class BatchScenario implements Scenario {

  private final String name;
  private final List<String> images;
  private final Path model;

  private BatchScenario(final String name, final List<String> images, final Path model) {
    this.name = name;
    this.images = images;
    this.model = model;
  }

  static BatchScenario one(final ToyWork toy) {
    return new BatchScenario("segment, one image", List.of(toy.image().toString()), toy.prior());
  }

  static BatchScenario folder(final ToyWork toy) {
    return new BatchScenario("segment, a folder", List.of(toy.images().toString()), toy.prior());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Class<?> main() {
    return Main.class;
  }

  @Override
  public List<String> arguments(final Path folder) {
    final List<String> arguments =
        new ArrayList<>(
            List.of(
                "segment",
                "--model",
                model.toString(),
                "--no-align",
                "--no-deform",
                "--posteriors",
                "--threads",
                "1",
                "--output",
                folder.toString()));
    arguments.addAll(images);
    return arguments;
  }

  @Override
  public Map<String, String> results(final Path folder) throws IOException {
    return Digests.ofFolder(folder);
  }
}
