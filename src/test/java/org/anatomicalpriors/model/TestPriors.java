package org.anatomicalpriors.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.anatomicalpriors.labels.Label;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.LandmarkReference;
import org.anatomicalpriors.tensorflow.Engine;
import org.anatomicalpriors.tensorflow.Gaussians;
import org.anatomicalpriors.tensorflow.TestEngine;

/** Tiny priors of three labels that learned a few steps, for tests. */
public final class TestPriors {

  private TestPriors() {}

  public static LabelSet labels() {
    return new LabelSet(
        List.of(
            new Label(0, "background", 0, List.of(0), "background", 0),
            new Label(4, "outer", 0xff0000, List.of(4, 5), "soft", 4),
            new Label(9, "inner", 0x00ff00, List.of(9), "hard", 9)));
  }

  public static Architecture architecture(final Architecture.Latent latent, final int depth) {
    return new Architecture(new int[] {8, 6, depth}, 3, new int[] {4, 6}, latent, 2);
  }

  /** A box in a box, shifted by {@code shift} voxels along x; some voxels unknown. */
  public static byte[] map(final Architecture a, final int shift) {
    final byte[] map = new byte[a.voxels()];
    for (int v = 0; v < map.length; v++) {
      final int x = v % 8 - shift, y = v / 8 % 6;
      if (x >= 1 && x < 6 && y >= 1 && y < 5) map[v] = 1;
      if (x >= 2 && x < 4 && y >= 2 && y < 4) map[v] = 2;
      if (v % 31 == 30) map[v] = (byte) 255;
    }
    return map;
  }

  public static float[] atlas(final Architecture a) {
    final float[] atlas = new float[a.voxels() * a.labels()];
    Gaussians.fill(atlas, new SplittableRandom(3), 0.5);
    return StoredPrecision.round(Map.of(AnatomicalPrior.ATLAS, atlas)).get(AnatomicalPrior.ATLAS);
  }

  /** A trainer after a few steps, with weights of the precision that a prior has. */
  public static PriorTrainer trainer(final Architecture a) {
    final PriorTrainer trainer = new PriorTrainer(a, TestEngine.get(), atlas(a), 1, 1);
    final float[] epsilon = new float[a.latentCount()];
    for (int i = 0; i < 20; i++) trainer.step(map(a, i % 3), null, epsilon, i, 0.01, 1);
    trainer.restore(StoredPrecision.round(trainer.weights()));
    return trainer;
  }

  public static AnatomicalPrior prior(final PriorTrainer trainer, final Architecture a) {
    return prior(trainer, a, TestEngine.get());
  }

  static AnatomicalPrior prior(
      final PriorTrainer trainer, final Architecture a, final Engine engine) {
    final Map<String, float[]> weights = new TreeMap<>(trainer.weights());
    weights.put(AnatomicalPrior.ATLAS, atlas(a));
    return AnatomicalPrior.of(description(a), weights, engine);
  }

  /** What a prior becomes with the encoder that was learned for images. */
  static AnatomicalPrior segmenter(final AnatomicalPrior prior, final SegmenterTrainer learned) {
    final Map<String, float[]> weights = new TreeMap<>(prior.weights());
    weights.putAll(learned.weights());
    return AnatomicalPrior.of(
        prior.description().asSegmenter(prior.description().provenance()), weights, prior.engine());
  }

  /** Four axes of five random codes. */
  public static ShapeSpace shapes(final Architecture a) {
    final List<float[]> codes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      codes.add(new float[a.latentCount()]);
      Gaussians.fill(codes.get(i), new SplittableRandom(i), 1);
    }
    return ShapeSpace.of(codes);
  }

  public static ModelDescription description(final Architecture a) {
    final int depth = a.voxels() / 48;
    return new ModelDescription(
        Grid.centred(new int[] {8, 6, depth}, new double[] {2, 2, 2}, new double[3], "mm"),
        labels(),
        a,
        new LandmarkReference(
            Map.of(4, new double[] {1, 2, 3}, 9, new double[] {-1, 0.5, 0}),
            Map.of(4, 0.75),
            false,
            1.25,
            17),
        false,
        true,
        new ModelDescription.Provenance(
            "1.2.3",
            "2.16.1",
            "float32",
            Map.of("steps", "20"),
            Map.of("a.nii", "0123"),
            List.of(
                new ModelDescription.CurvePoint(10, 1.5, Double.NaN, Double.NaN),
                new ModelDescription.CurvePoint(20, 0.5, 0.75, 0.9)),
            null));
  }
}
