package org.anatomicalpriors.training;

import java.util.Random;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;

/**
 * Makes new anatomies of a label map: a random affine map, a random smooth deformation and, for
 * symmetric label sets, a left-right flip, all in the common space, then the label of the nearest
 * voxel of the map at its own resolution. What comes out depends on the seed alone. Thread-safe;
 * one call works on one thread.
 *
 * <pre>{@code
 * Augmentation augmentation = new Augmentation(grid, set.mirrorIndices(), AugmentationSettings.defaults());
 * byte[] labels = augmentation.augment(map, seed);
 * }</pre>
 */
public final class Augmentation {

  private final Grid grid;
  private final byte[] mirror = new byte[256];
  private final AugmentationSettings settings;
  private final double extent;

  /**
   * @param grid the prior's grid in the common space, along its axes; it maps onto itself when
   *     flipped about x = 0
   * @param mirrorIndices for each label index, that of the structure on the other side
   */
  public Augmentation(
      final Grid grid, final int[] mirrorIndices, final AugmentationSettings settings) {
    this.grid = grid;
    this.settings = settings;
    this.extent = extent(grid);
    for (int i = 0; i < 256; i++)
      mirror[i] = (byte) (i < mirrorIndices.length ? mirrorIndices[i] : i);
  }

  /**
   * A new anatomy.
   *
   * @param seed the same seed and map give the same result
   * @return label index per voxel of the prior's grid, unsigned, x fastest; 255 where the map does
   *     not tell (its field of view cuts through a structure)
   */
  public byte[] augment(final TrainingMap map, final long seed) {
    final Random random = new Random(mix(seed));
    final boolean flip = settings.flip() && random.nextBoolean();
    final Affine affine = randomAffine(random);
    return sample(map, affine, Deformation.random(grid, settings, extent, random), flip);
  }

  /** The map on the prior's grid, unchanged but for an optional flip. */
  byte[] plain(final TrainingMap map, final boolean flip) {
    final Deformation still =
        Deformation.random(grid, AugmentationSettings.none(), extent, new Random(0));
    return sample(map, Affine.identity(), still, flip);
  }

  /** Voxel of the grid -> common space -> displaced -> affine -> flipped -> voxel of the map. */
  private byte[] sample(
      final TrainingMap map,
      final Affine affine,
      final Deformation deformation,
      final boolean flip) {
    final Affine flipped = flip ? Affine.scale(-1, 1, 1).after(affine) : affine;
    final Affine toMap = map.toCommon().after(map.grid().toWorld()).inverse().after(flipped);
    final Affine m = toMap.after(grid.toWorld());
    final Deformation.Slices slices = deformation.mapped(toMap).new Slices();
    final int nx = grid.size(0), ny = grid.size(1), nz = grid.size(2);
    final double dx = m.get(0, 0), dy = m.get(1, 0), dz = m.get(2, 0);
    final double[] u = new double[3 * nx * ny];
    final byte[] labels = new byte[grid.voxelCount()];
    int i = 0;
    for (int z = 0; z < nz; z++) {
      slices.read(z, u);
      for (int y = 0, k = 0; y < ny; y++) {
        final double[] p = m.apply(0, y, z);
        for (int x = 0; x < nx; x++, k += 3) {
          final int label =
              map.nearest(p[0] + dx * x + u[k], p[1] + dy * x + u[k + 1], p[2] + dz * x + u[k + 2]);
          labels[i++] = flip ? mirror[label] : (byte) label;
        }
      }
    }
    return labels;
  }

  /**
   * About the grid's centre: rotation, shear and scale, then translation; in 2D within the plane.
   */
  private Affine randomAffine(final Random random) {
    final double[] n = new double[13];
    for (int i = 0; i < n.length; i++) n[i] = SplineField.bounded(random);
    if (grid.is2D()) n[0] = n[1] = n[5] = n[7] = n[8] = n[11] = 0;
    final double angle = Math.toRadians(settings.rotation());
    final double part = settings.scale() * Math.sqrt(0.5);
    final double common = part * n[12];
    final double[] scale = new double[3];
    for (int d = 0; d < 3; d++) scale[d] = Math.exp(common + part * n[3 + d]);
    if (grid.is2D()) scale[2] = 1;
    final double shear = settings.shear();
    final Affine linear =
        rotation(1, 2, angle * n[0])
            .after(rotation(2, 0, angle * n[1]))
            .after(rotation(0, 1, angle * n[2]))
            .after(
                Affine.ofRows(
                    new double[] {1, shear * n[6], shear * n[7], 0},
                    new double[] {0, 1, shear * n[8], 0},
                    new double[] {0, 0, 1, 0}))
            .after(Affine.scale(scale[0], scale[1], scale[2]));
    final double[] c =
        grid.toWorld()
            .apply(0.5 * (grid.size(0) - 1), 0.5 * (grid.size(1) - 1), 0.5 * (grid.size(2) - 1));
    final double shift = settings.translation() * extent;
    return Affine.translation(c[0] + shift * n[9], c[1] + shift * n[10], c[2] + shift * n[11])
        .after(linear)
        .after(Affine.translation(-c[0], -c[1], -c[2]));
  }

  private static Affine rotation(final int from, final int to, final double angle) {
    final double[][] rows = Affine.identity().toRows();
    rows[from][from] = rows[to][to] = Math.cos(angle);
    rows[to][from] = Math.sin(angle);
    rows[from][to] = -Math.sin(angle);
    return Affine.ofRows(rows);
  }

  /** Geometric mean of the grid's lengths along its axes of more than one voxel, world units. */
  static double extent(final Grid grid) {
    double logs = 0;
    int axes = 0;
    for (int d = 0; d < 3; d++) {
      if (grid.size(d) == 1) continue;
      logs += Math.log(grid.size(d) * grid.spacing()[d]);
      axes++;
    }
    return axes == 0 ? grid.spacing()[0] : Math.exp(logs / axes);
  }

  /** Spreads neighbouring seeds over all bits (the finaliser of SplitMix64). */
  private static long mix(final long seed) {
    long z = seed + 0x9e3779b97f4a7c15L;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
