package org.anatomicalpriors.accuracy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.evaluation.Evaluation;
import org.anatomicalpriors.evaluation.LabelScore;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.labels.Label;
import org.anatomicalpriors.labels.LabelMaps;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.segmentation.Segmentation;
import org.anatomicalpriors.space.VoxelRows;

/** Dice of CSF, grey and white matter where the truth knows only these. */
final class Tissues implements Study {

  /** The tissue of a structure that is neither: thin mixtures of grey and white matter. */
  private static final int LEFT_OUT = 4;

  /** By id of the compact labels. */
  private static final Map<Integer, Integer> TISSUES =
      Map.ofEntries(
          Map.entry(4, 1),
          Map.entry(14, 1),
          Map.entry(15, 1),
          Map.entry(24, 1),
          Map.entry(3, 2),
          Map.entry(8, 2),
          Map.entry(10, 2),
          Map.entry(11, 2),
          Map.entry(12, 2),
          Map.entry(17, 2),
          Map.entry(18, 2),
          Map.entry(26, 2),
          Map.entry(2, 3),
          Map.entry(7, 3),
          Map.entry(16, 3),
          Map.entry(13, LEFT_OUT),
          Map.entry(28, LEFT_OUT));

  private static final LabelSet SET =
      new LabelSet(
          List.of(
              LabelMaps.background(List.of(0)),
              new Label(1, "CSF", 0x4060ff, List.of(1), "csf", 1),
              new Label(2, "grey matter", 0x808080, List.of(2), "grey", 2),
              new Label(3, "white matter", 0xffffff, List.of(3), "white", 3)));

  private final Group group;
  private final List<Variant> variants;

  Tissues(final Group group, final List<Variant> variants) {
    this.group = group;
    this.variants = variants;
  }

  @Override
  public ResultTable run(final Bench bench) throws IOException {
    final ResultTable table =
        new ResultTable("tissues", "Dice", "CSF", "grey matter", "white matter")
            .decimals(0, 2, 2, 2);
    for (final Variant variant : variants)
      bench.segment(variant, group, (c, found) -> table.row(row(c, variant, found)));
    return table;
  }

  private static Object[] row(final Case c, final Variant variant, final Segmentation found) {
    final byte[] tissue = new byte[found.labels().length];
    final byte[] truth = new byte[tissue.length];
    final float[] reference = VoxelRows.toFloats(c.truth().voxels());
    for (int v = 0; v < tissue.length; v++) {
      final int id = found.labelSet().get(found.labels()[v] & 0xff).id();
      final int t = TISSUES.getOrDefault(id, 0);
      if (t == LEFT_OUT) continue;
      tissue[v] = (byte) t;
      truth[v] = (byte) Math.round(reference[v]);
    }
    final List<Object> cells = new ArrayList<>(List.of(c.name() + ", " + variant.name()));
    for (final LabelScore l :
        Evaluation.of(SET)
            .evaluate(
                LabelMaps.toIds(truth, found.grid(), SET, "truth"),
                LabelMaps.toIds(tissue, found.grid(), SET, c.name()))
            .labels()) cells.add(l.dice());
    return cells.toArray();
  }
}
