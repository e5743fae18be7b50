package org.anatomicalpriors.command;

import static org.anatomicalpriors.fiji.FijiStudy.prior;
import static org.anatomicalpriors.fiji.FijiStudy.segmented;
import static org.anatomicalpriors.fiji.FijiStudy.values;
import static org.anatomicalpriors.fiji.FijiStudy.volume;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.measure.ResultsTable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anatomicalpriors.fiji.FijiStudy;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.model.ModelDescription;
import org.anatomicalpriors.processes.ChildProcess;
import org.anatomicalpriors.processes.EndedProcess;
import org.anatomicalpriors.processes.JavaCommand;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.VoxelRows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.Context;
import org.scijava.module.ModuleItem;
import org.scijava.script.ScriptInfo;
import org.scijava.script.ScriptModule;
import org.scijava.script.ScriptService;

/** The scripts of {@code scripts/examples}, run as {@code fiji --headless --run SCRIPT} does. */
class ExampleScriptsTest {

  private static final Path EXAMPLES = Path.of("scripts", "examples").toAbsolutePath();

  @TempDir Path folder;

  @BeforeEach
  void study() throws IOException {
    Files.copy(prior(), folder.resolve("brain.zip"));
    for (final String kind : List.of("maps", "my scans"))
      Files.createDirectory(folder.resolve(kind));
    for (int i = 1; i <= 3; i++) {
      save(FijiStudy.truth(i), "maps/toy" + i + ".tif");
      save(volume(i), "my scans/toy" + i + ".tif");
    }
  }

  private void save(final ImagePlus image, final String file) {
    new FileSaver(image).saveAsTiff(folder.resolve(file).toString());
  }

  private EndedProcess run(final String script, final String parameters) throws Exception {
    return JavaCommand.of(ScriptMain.class)
        .in(folder)
        .run("--run", EXAMPLES.resolve(script).toString(), parameters);
  }

  private EndedProcess ok(final String script, final String parameters) throws Exception {
    final EndedProcess fiji = run(script, parameters);
    assertEquals(0, fiji.exit, fiji.said());
    return fiji;
  }

  private Set<String> names(final String folder) throws IOException {
    try (Stream<Path> files = Files.list(this.folder.resolve(folder))) {
      return files
          .map(f -> f.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** The labels of a scan in a file are those that the core finds. */
  private void assertSegmented(final int scan, final String labels) {
    final float[] found =
        VoxelRows.toFloats(Images.open(folder.resolve(labels), Progress.NONE).voxels());
    final byte[] expected =
        segmented(prior(), IJ.openImage(folder + "/my scans/toy" + scan + ".tif"));
    for (int v = 0; v < expected.length; v++) assertEquals(expected[v], found[v]);
  }

  @Test
  void trainPrior() throws Exception {
    final EndedProcess fiji =
        ok("Train_Prior.groovy", "labels=\"maps\",output=\"new.zip\",spacing=2,steps=3");
    final ModelDescription model = ModelBundle.describe(folder.resolve("new.zip"));
    assertFalse(model.isSegmenter());
    assertEquals(2, model.grid().spacing()[0], 1e-9);
    assertTrue(fiji.out.contains("Invented sample_002"), fiji.out);
    assertTrue(fiji.out.contains("\nlabel 3\t3\t"), fiji.out);
    assertFalse(names(".").contains("new.zip.checkpoint"));
  }

  @Test
  void trainSegmenter() throws Exception {
    ok("Train_Segmenter.py", "prior=\"brain.zip\",images=\"my scans\",output=\"new.zip\",steps=2");
    assertTrue(ModelBundle.describe(folder.resolve("new.zip")).isSegmenter());
  }

  @Test
  void segmentOpenImage() throws Exception {
    try (Context context = ScriptLanguages.context()) {
      final ImagePlus image = volume(1);
      final ScriptModule module =
          context
              .service(ScriptService.class)
              .run(
                  EXAMPLES.resolve("Segment_Open_Image.py").toFile(),
                  true,
                  Map.of("image", image, "model", folder.resolve("brain.zip").toFile()))
              .get();
      assertArrayEquals(segmented(prior(), image), values((ImagePlus) module.getOutput("labels")));
      assertTrue(image.getOverlay().size() > 0);
    }
  }

  @Test
  void segmentFolder() throws Exception {
    final String parameters = "model=\"brain.zip\",images=\"my scans\",output=\"results\"";
    final EndedProcess fiji = ok("Segment_Folder.groovy", parameters);
    for (int i = 1; i <= 3; i++) assertSegmented(i, "results/toy" + i + "-labels.nii.gz");
    final ResultsTable volumes =
        ResultsTable.open(folder.resolve("results/volumes.csv").toString());
    assertEquals(9, volumes.size());
    double sum = 0;
    for (int row = 0; row < 9; row++)
      if (volumes.getStringValue("name", row).equals("label 2"))
        sum += volumes.getValue("volume", row);
    final String line =
        fiji.out.lines().filter(l -> l.startsWith("label 2: ")).findFirst().orElse("");
    assertTrue(line.endsWith(" mm^3 in 3 images"), fiji.out);
    assertEquals(sum / 3, Double.parseDouble(line.split(" ")[2]), 1e-3);
  }

  @Test
  void aBadFileInAFolderStopsNoOtherAndIsAFailure() throws Exception {
    Files.writeString(folder.resolve("my scans/aa.tif"), "no image");
    final EndedProcess fiji =
        run("Segment_Folder.groovy", "model=\"brain.zip\",images=\"my scans\",output=\"results\"");
    assertEquals(1, fiji.exit, fiji.said());
    assertTrue(
        fiji.err.contains("Segment_Folder.groovy failed: ") && fiji.err.contains("aa.tif"),
        fiji.err);
    for (int i = 1; i <= 3; i++) assertSegmented(i, "results/toy" + i + "-labels.nii.gz");
  }

  @Test
  void segmentFile() throws Exception {
    ok("Segment_File.ijm", "file=\"my scans/toy2.tif\",model=\"brain.zip\",output=\"my results\"");
    assertSegmented(2, "my results/toy2-labels.nii.gz");
  }

  private ChildProcess clusterJob(final Path fiji) throws IOException {
    final ProcessBuilder job =
        new ProcessBuilder(
                "/bin/bash",
                EXAMPLES.resolve("cluster.sbatch").toString(),
                "brain.zip",
                "my scans",
                "results")
            .directory(folder.toFile());
    job.environment().put("FIJI", fiji.toString());
    job.environment().put("SCRIPTS", EXAMPLES.toString());
    job.environment().put("SLURM_CPUS_PER_TASK", "1");
    return ChildProcess.start(job, 300);
  }

  @Test
  void aClusterSharesTheFolder() throws Exception {
    assumeTrue(new File("/bin/bash").canExecute());
    final Path fiji = folder.resolve("fiji");
    final List<String> java = JavaCommand.of(ScriptMain.class).words(List.of());
    Files.writeString(
        fiji,
        "#!/bin/bash\nset -e\n[ \"$1 $2\" = \"--mem=8g --headless\" ]\nshift 2\nexec "
            + java.stream().map(a -> "'" + a + "'").collect(Collectors.joining(" "))
            + " \"$@\"\n");
    assertTrue(fiji.toFile().setExecutable(true));
    final List<ChildProcess> jobs = new ArrayList<>();
    try {
      for (int task = 0; task < 2; task++) jobs.add(clusterJob(fiji));
      for (final ChildProcess job : jobs) assertEquals(0, job.exit(), job.said());
    } finally {
      for (final ChildProcess job : jobs) job.close();
    }
    for (int i = 1; i <= 3; i++) assertSegmented(i, "results/toy" + i + "-labels.nii.gz");
    final List<String> table = Files.readAllLines(folder.resolve("results/volumes.csv"));
    for (int i = 1; i <= 3; i++) {
      final String image = "toy" + i;
      assertEquals(3, table.stream().filter(row -> row.startsWith(image + ",")).count(), image);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Train_Prior.groovy|labels=\"no maps\",output=\"out.zip\"|no maps does not exist",
        "Train_Segmenter.py|prior=\"no.zip\",images=\"my scans\",output=\"out.zip\"|There is no model file no.zip",
        "Segment_Open_Image.py|model=\"brain.zip\"|'image' is required but unset",
        "Segment_Folder.groovy|model=\"brain.zip\",images=\"my scans\",outptu=\"out\"|Unmatched input: outptu",
        "Segment_Folder_on_Cluster.py|model=\"brain.zip\",images=\"my scans\",output=\"out\",threads=\"all\"|For input threads",
        "Segment_File.ijm|file=\"no.tif\",model=\"brain.zip\",output=\"out\"|no.tif does not exist",
      })
  void badInputIsSaidAndIsAFailure(
      final String script, final String parameters, final String message) throws Exception {
    final Set<String> before = names(".");
    final EndedProcess fiji = run(script, parameters);
    assertNotEquals(0, fiji.exit, fiji.said());
    final String[] lines = fiji.err.trim().split("\\R");
    assertTrue(lines[lines.length - 1].contains(message), fiji.err);
    assertEquals(before, names("."));
  }

  @Test
  void everyScriptIsAMenuEntryWithParametersThatTeach() throws Exception {
    final Path menu =
        Files.createDirectories(
            folder.resolve("scripts/Plugins/Segmentation/Anatomical Priors/Examples"));
    final Set<String> expected = new TreeSet<>();
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      for (final Path f : files.collect(Collectors.toList())) {
        Files.copy(f, menu.resolve(f.getFileName()));
        final String name = f.getFileName().toString();
        if (name.matches(".*\\.(py|groovy|ijm)"))
          expected.add(
              "Plugins > Segmentation > Anatomical Priors > Examples > "
                  + name.replaceFirst("\\.\\w+$", "").replace('_', ' '));
        assertTrue(Files.readAllLines(f).size() <= 40, name + " is long");
      }
    }
    try (Context context = ScriptLanguages.context()) {
      final ScriptService scripts = context.service(ScriptService.class);
      scripts.addScriptDirectory(folder.resolve("scripts").toFile());
      final Set<String> entries = new TreeSet<>();
      for (final ScriptInfo info : scripts.getScripts()) {
        if (!info.getPath().contains("Anatomical Priors")) continue; // of the folder it runs in
        entries.add(info.getMenuPath().getMenuString());
        final List<ModuleItem<?>> inputs = new ArrayList<>();
        info.inputs().forEach(inputs::add);
        assertTrue(inputs.size() >= 3, info.getTitle());
        for (final ModuleItem<?> input : inputs) {
          if (input.getType().getName().startsWith("org.anatomicalpriors.")) continue;
          assertFalse(
              input.isPersisted(), info + ": an earlier run would decide " + input.getName());
          assertTrue(input.getDescription().endsWith("."), info + ": " + input.getName());
          assertFalse(input.getLabel().isEmpty(), info + ": " + input.getName());
        }
      }
      assertEquals(expected, entries);
    }
  }
}
