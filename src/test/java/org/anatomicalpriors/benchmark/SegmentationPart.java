package org.anatomicalpriors.benchmark;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anatomicalpriors.cli.Main;
import org.anatomicalpriors.job.ResultTable;

/**
 * Whole segmentations by the shell, from its start to its end, with the ready prior, and how fast
 * the networks were beside a matrix product, which is measured first.
 */
final class SegmentationPart implements Part {

  private static final int[] SPACINGS = {4, 2, 1};
  private static final int REFINEMENT = 30;

  /** Parts of a segmentation as its record tells them. */
  private static final String[] STAGES = {
    "preparing", "alignment", "intensities", "network", "deformation", "closed form"
  };

  @Override
  public ResultTable measure(final Path folder) throws Exception {
    final ResultTable table =
        new ResultTable(
                "",
                "voxels [mm]",
                "refine",
                "whole [s]",
                "start [s]",
                "reading [s]",
                "preparing [s]",
                "alignment [s]",
                "intensities [s]",
                "network [s]",
                "deformation [s]",
                "closed form [s]",
                "writing [s]",
                "peak [GB]",
                "network, of matmul")
            .decimals(0, 0, 1, 1, 2, 2, 1, 1, 1, 1, 2, 2, 2, 2);
    final NetworkLimit limit = new NetworkLimit();
    for (final int spacing : SPACINGS)
      HeadFile.write(folder.resolve("head" + spacing + ".nii.gz"), spacing, 1);
    for (final int spacing : SPACINGS) {
      table.row(row(folder, spacing, 0, limit));
      table.row(row(folder, spacing, REFINEMENT, limit));
    }
    return table;
  }

  private static Object[] row(
      final Path folder, final int spacing, final int refinement, final NetworkLimit limit)
      throws Exception {
    final String name = "head" + spacing;
    final Path out = Files.createDirectory(folder.resolve(name + "-" + refinement));
    final MeasuredProcess process =
        MeasuredProcess.run(
            Main.class,
            "segment",
            "--model",
            HeadFile.MODEL,
            "--refine",
            Integer.toString(refinement),
            "--output",
            out.toString(),
            folder.resolve(name + ".nii.gz").toString());
    final JsonObject record =
        JsonParser.parseString(Files.readString(out.resolve(name + ".json"))).getAsJsonObject();
    final JsonObject wall = record.getAsJsonObject("wall_seconds");
    final JsonObject stages = record.getAsJsonObject("report").getAsJsonObject("seconds");
    final List<Object> row = new ArrayList<>();
    row.add(spacing);
    row.add(refinement);
    row.add(process.seconds());
    row.add(process.seconds() - wall.get("total").getAsDouble());
    row.add(wall.get("reading").getAsDouble());
    for (final String stage : STAGES) row.add(stages.get(stage).getAsDouble());
    row.add(wall.get("writing").getAsDouble());
    row.add(process.peakBytes() / 1e9);
    row.add(limit.share(refinement, stages.get("network").getAsDouble()));
    return row.toArray();
  }
}
