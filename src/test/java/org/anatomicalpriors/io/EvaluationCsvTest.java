package org.anatomicalpriors.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.imglib2.img.array.ArrayImgs;
import org.anatomicalpriors.evaluation.Evaluation;
import org.anatomicalpriors.evaluation.EvaluationReport;
import org.anatomicalpriors.evaluation.FileScores;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationCsvTest {

  private static final Grid GRID = new Grid(new int[] {4, 1, 1}, Affine.scale(2, 1, 1), "um");

  private static FileScores scores(final String name, final int... voxels) {
    return Evaluation.ofAllIds()
        .evaluate(
            new SpatialImage<>(ArrayImgs.ints(new int[] {5, 5, 0, 8}, 4, 1, 1), GRID, "truth"),
            new SpatialImage<>(ArrayImgs.ints(voxels, 4, 1, 1), GRID, name));
  }

  @Test
  void writesOneRowPerFileAndLabelThenMeanAndSpread(@TempDir final Path folder) throws IOException {
    final Path file = folder.resolve("scores.csv");
    Files.writeString(file, "old");
    EvaluationCsv.write(
        new EvaluationReport(List.of(scores("a,1.nii", 5, 5, 0, 0), scores("b.nii", 5, 0, 0, 8))),
        file);
    assertEquals(
        List.of(
            "file,id,name,dice,hd95,asd,reference_volume,volume,volume_difference,volume_difference_percent,unit",
            "\"a,1.nii\",5,5,1.0,0.0,0.0,4.0,4.0,0.0,0.0,um",
            "\"a,1.nii\",8,8,0.0,,,2.0,0.0,-2.0,-100.0,um",
            "\"a,1.nii\",,all labels,0.5,0.0,0.0,3.0,2.0,-1.0,-50.0,um",
            "b.nii,5,5,0.6666667,1.9,0.6666667,4.0,2.0,-2.0,-50.0,um"),
        Files.readAllLines(file).subList(0, 5));
    assertEquals(
        List.of(
            "mean,5,5,0.8333333,0.95,0.33333334,4.0,3.0,-1.0,-25.0,um",
            "sd,5,5,0.23570226,1.3435029,0.47140452,0.0,1.4142135,1.4142135,35.35534,um"),
        Files.readAllLines(file).subList(7, 9));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.collect(Collectors.toList()));
    }
  }
}
