package org.anatomicalpriors.fuzzing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.anatomicalpriors.io.BundleParts;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.Architecture;
import org.anatomicalpriors.model.PriorTrainer;
import org.anatomicalpriors.model.TestPriors;

/**
 * Model files: mostly with one part damaged and the checksums made to fit, so that the damage gets
 * behind them. They are opened without an engine, so whatever would reach TensorFlow fails.
 */
final class BundleSource implements Source {

  private static final List<String> PARTS =
      List.of(
          BundleParts.DESCRIPTION,
          BundleParts.DESCRIPTION,
          BundleParts.SHAPES,
          BundleParts.GRAPH,
          BundleParts.GRAPH,
          BundleParts.GRAPH,
          BundleParts.INDEX,
          BundleParts.VARIABLES,
          BundleParts.CHECKSUMS);

  private static final long BASE = 4 << 20;

  /** Deflate, then objects for a few bytes each. */
  private static final long PER_BYTE = 200;

  private final BundleParts intact;
  private final byte[] packed;

  /**
   * @param folder where the undamaged file is written, and deleted
   */
  BundleSource(final Path folder) throws IOException {
    final Path file = folder.resolve("prior.zip");
    final Architecture a = TestPriors.architecture(Architecture.Latent.GRID, 4);
    try (PriorTrainer trainer = TestPriors.trainer(a);
        AnatomicalPrior prior = TestPriors.prior(trainer, a)) {
      ModelBundle.save(prior.withShapes(TestPriors.shapes(a)), file);
    }
    intact = BundleParts.of(file);
    packed = Files.readAllBytes(file);
    Files.delete(file);
  }

  @Override
  public String name() {
    return "model";
  }

  @Override
  public Input input(final SplittableRandom random) throws IOException {
    if (random.nextInt(5) == 0)
      return new Input().with("model.zip", ByteMutator.mutate(packed, packed, random));
    final BundleParts parts = intact.copy();
    final String name = PARTS.get(random.nextInt(PARTS.size()));
    parts.put(name, damaged(name, random));
    if (!name.equals(BundleParts.CHECKSUMS)) parts.seal();
    return new Input().with("model.zip", parts.pack());
  }

  private byte[] damaged(final String name, final SplittableRandom random) throws IOException {
    final byte[] content = intact.get(name);
    final int kind = random.nextInt(4);
    if (kind == 0) return ByteMutator.mutate(content, packed, random);
    if (name.equals(BundleParts.GRAPH)) return GraphMutator.mutate(content, random);
    if (!name.endsWith(".json")) return ByteMutator.mutate(content, content, random);
    final String text = intact.text(name);
    final String changed =
        kind == 1
            ? TextMutator.mutate(text, intact.text(BundleParts.DESCRIPTION), random)
            : JsonMutator.mutate(text, random);
    return changed.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  @Override
  public void read(final Path file) {
    ModelBundle.describe(file);
    ModelBundle.open(file, null).close();
  }

  @Override
  public long mostMemory(final Input input) {
    return BASE + PER_BYTE * input.size();
  }
}
