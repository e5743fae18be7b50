package org.anatomicalpriors.output;

import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.files.AtomicFiles;
import org.anatomicalpriors.segmentation.StructureVolume;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Volumes of the structures of one or more images, a row for each structure and image. */
final class VolumesTable {

  /** First line of every table of volumes. */
  static final String HEADER = "image,id,name,volume,unit,confidence,expected_dice\n";

  private final Map<String, List<StructureVolume>> byImage = new LinkedHashMap<>();

  VolumesTable add(final String image, final List<StructureVolume> volumes) {
    byImage.put(image, volumes);
    return this;
  }

  private static Object number(final double value) {
    return Double.isNaN(value) ? "" : (Object) (float) value;
  }

  /**
   * Writes the table: image, id, name, volume, unit (of the volume), confidence (mean posterior
   * probability of the label where it won) and expected_dice (the Dice that it has if the posterior
   * is right); the last two are empty if it is nowhere.
   */
  void write(final Path file) {
    AtomicFiles.write(
        file,
        stream -> {
          final Writer out = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
          out.write(HEADER);
          final CSVPrinter csv =
              new CSVPrinter(out, CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get());
          for (final Map.Entry<String, List<StructureVolume>> e : byImage.entrySet())
            for (final StructureVolume v : e.getValue())
              csv.printRecord(
                  e.getKey(),
                  v.label().id(),
                  v.label().name(),
                  (float) v.volume(),
                  v.unit() + "^3",
                  number(v.confidence()),
                  number(v.expectedDice()));
          csv.flush();
        });
  }
}
