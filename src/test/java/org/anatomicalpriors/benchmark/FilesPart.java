package org.anatomicalpriors.benchmark;

import java.nio.file.Path;
import java.util.List;
import org.anatomicalpriors.job.ResultTable;

/** NIfTI beside bare bytes. */
final class FilesPart implements Part {

  /** What is measured, beside what, in words. */
  private static final String[][] PAIRS = {
    {"readPacked", "gunzip", "read .nii.gz", "gunzip and conversion"},
    {"readPlain", "readBytes", "read .nii", "bytes and conversion"},
    {"writePacked", "gzip", "write .nii.gz", "gzip of the same level"},
    {"writePlain", "writeBytes", "write .nii", "bytes"}
  };

  @Override
  public ResultTable measure(final Path folder) throws Exception {
    final List<String> contents = List.of("image", "labels");
    final JmhRuns runs = new JmhRuns();
    for (final String content : contents)
      for (final String[] pair : PAIRS)
        runs.with(FilesBenchmark.class, pair[0], "content", content)
            .with(FilesBenchmark.class, pair[1], "content", content);
    runs.run();
    final ResultTable table =
        new ResultTable("", "160x192x224, int16", "of", "ms", "limit", "limit [ms]", "times limit")
            .decimals(0, 0, 0, 0, 0, 2);
    for (final String content : contents)
      for (final String[] pair : PAIRS) {
        final double time = runs.median(pair[0], "content", content);
        final double limit = runs.median(pair[1], "content", content);
        table.row(pair[2], content, time, pair[3], limit, time / limit);
      }
    return table;
  }
}
