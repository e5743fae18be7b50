package org.anatomicalpriors.benchmark;

import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import org.anatomicalpriors.cli.Main;
import org.anatomicalpriors.job.ResultTable;

/**
 * A folder of images in one process, beside the time that segmenting alone took, and beside what
 * the networks' operations would take as a matrix product.
 */
final class BatchPart implements Part {

  private static final int IMAGES = 8;
  private static final int[] SPACINGS = {4, 2};

  @Override
  public ResultTable measure(final Path folder) throws Exception {
    final ResultTable table =
        new ResultTable(
                "",
                "images",
                "voxels [mm]",
                "whole [s]",
                "an hour",
                "segmenting, of the whole",
                "peak [GB]",
                "network, of matmul")
            .decimals(0, 0, 1, 0, 2, 2, 2);
    final NetworkLimit limit = new NetworkLimit();
    for (final int spacing : SPACINGS) {
      final Path images = Files.createDirectory(folder.resolve(spacing + "mm"));
      final Path out = Files.createDirectory(folder.resolve(spacing + "mm-out"));
      for (int i = 0; i < IMAGES; i++)
        HeadFile.write(images.resolve("head" + i + ".nii.gz"), spacing, i);
      final MeasuredProcess process =
          MeasuredProcess.run(
              Main.class,
              "segment",
              "--model",
              HeadFile.MODEL,
              "--output",
              out.toString(),
              images.toString());
      double segmenting = 0;
      for (int i = 0; i < IMAGES; i++)
        segmenting +=
            JsonParser.parseString(Files.readString(out.resolve("head" + i + ".json")))
                .getAsJsonObject()
                .getAsJsonObject("wall_seconds")
                .get("segmenting")
                .getAsDouble();
      table.row(
          IMAGES,
          spacing,
          process.seconds(),
          3600 * IMAGES / process.seconds(),
          segmenting / process.seconds(),
          process.peakBytes() / 1e9,
          limit.share(0, process.seconds() / IMAGES));
    }
    return table;
  }
}
