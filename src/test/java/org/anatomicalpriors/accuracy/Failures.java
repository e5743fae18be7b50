package org.anatomicalpriors.accuracy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.evaluation.LabelScore;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.labels.LabelMaps;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.picture.Comparison;
import org.anatomicalpriors.picture.LabelColours;
import org.anatomicalpriors.picture.Panel;
import org.anatomicalpriors.picture.PictureOptions;
import org.anatomicalpriors.picture.PngFiles;
import org.anatomicalpriors.segmentation.Segmentation;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;

/** The image of each group that came out worst, what is wrong with it, and a picture of it. */
final class Failures implements Study {

  private static final int WORST_STRUCTURES = 4;

  /** Pixels, so that the file stays small. */
  private static final int TILE = 110;

  private final List<Group> groups;
  private final Variant variant;
  private final Path picture;

  /**
   * @param picture the PNG file to write
   */
  Failures(final List<Group> groups, final Variant variant, final Path picture) {
    this.groups = groups;
    this.variant = variant;
    this.picture = picture;
  }

  @Override
  public ResultTable run(final Bench bench) throws IOException {
    final ResultTable table =
        new ResultTable("failures", "worst of", "image", "mean Dice", "worst structures, Dice")
            .decimals(0, 0, 3, 0);
    Comparison rows = null;
    for (final Group group : groups) {
      final Worst worst = new Worst();
      bench.segment(variant, group, (c, found) -> worst.see(c, group, found));
      table.row(group.name(), worst.image.name(), worst.dice(), worst.structures());
      if (rows == null)
        rows =
            new Comparison(
                LabelColours.forIds(worst.found.labelSet()),
                new PictureOptions().tileSize(TILE),
                "image",
                "reference",
                "found",
                "found or missed, where they differ");
      worst.addTo(rows, group.ignored());
    }
    Files.createDirectories(picture.getParent());
    PngFiles.write(rows.render(), picture);
    return table;
  }

  /** The image with the lowest mean Dice so far. */
  private static final class Worst {
    private Case image;
    private Segmentation found;
    private Score score;

    void see(final Case c, final Group group, final Segmentation segmentation) throws IOException {
      final Score s = Bench.score(c, group, segmentation);
      if (score != null && s.dice().meanDice() >= dice()) return;
      image = c;
      found = segmentation;
      score = s;
    }

    double dice() {
      return score.dice().meanDice();
    }

    String structures() {
      return score.dice().labels().stream()
          .filter(l -> !Double.isNaN(l.dice()))
          .sorted(Comparator.comparingDouble(LabelScore::dice))
          .limit(WORST_STRUCTURES)
          .map(l -> String.format(Locale.ROOT, "%s %.2f", l.name(), l.dice()))
          .collect(Collectors.joining("; "));
    }

    void addTo(final Comparison rows, final Set<Integer> ignored) {
      final LabelSet labels = found.labelSet();
      final SpatialImage<? extends RealType<?>> map =
          LabelMaps.toIds(found.labels(), found.grid(), labels, image.name());
      final float[] truth = VoxelRows.toFloats(image.truth().voxels());
      final float[] wrong = VoxelRows.toFloats(map.voxels());
      for (int v = 0; v < wrong.length; v++) {
        final int given = Math.round(wrong[v]);
        final int right = labels.get(Math.max(0, labels.indexOfSource(Math.round(truth[v])))).id();
        wrong[v] = given == right ? 0 : given == 0 ? right : given;
        if (ignored.contains(Math.round(wrong[v]))) wrong[v] = 0;
      }
      final int[] size = found.grid().size();
      rows.row(
          image.name(),
          Panel.image(image.image()),
          Panel.filled(image.truth(), ""),
          Panel.filled(map, String.format(Locale.ROOT, "mean Dice %.3f", dice())),
          Panel.filled(
              new SpatialImage<>(
                  ArrayImgs.floats(wrong, size[0], size[1], size[2]), found.grid(), "wrong"),
              ""));
    }
  }
}
