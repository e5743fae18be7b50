package org.anatomicalpriors.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.measure.ResultsTable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anatomicalpriors.files.Sha256;
import org.anatomicalpriors.files.UserCache;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.model.ModelDescription;
import org.anatomicalpriors.model.ModelDescription.CurvePoint;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.training.PriorSettings;
import org.anatomicalpriors.training.SegmenterSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.command.CommandModule;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.module.Module;
import org.scijava.task.Task;
import org.scijava.task.event.TaskEvent;

/** The commands that run jobs, as Fiji runs them, one after the other on a tiny synthetic study. */
class RealJobsTest {

  /** Far more than stopping takes, far less than the work. */
  private static final int PATIENCE_SECONDS = 10;

  @TempDir static Path study;
  private static Fiji fiji;
  private static Path prior;
  private static Path segmenter;

  @TempDir Path folder;

  /** Where a person would stop a training. */
  private final CountDownLatch training = new CountDownLatch(1);

  private volatile Task task;

  @BeforeAll
  static void train() {
    fiji = new Fiji();
    LegacyBridge.install(fiji.context);
    run(GenerateCommand.class, "output", study, "count", 4, "images", 2, "spacing", 6);
    prior = study.resolve("prior.zip");
    segmenter = study.resolve("segmenter.zip");
    run(TrainPriorCommand.class, trainPrior(prior, 60));
    run(
        TrainSegmenterCommand.class,
        "prior",
        prior,
        "images",
        study.resolve("images/t1_like") + ";" + study.resolve("images/t2_like"),
        "output",
        segmenter,
        "steps",
        2,
        "align",
        false);
  }

  @AfterAll
  static void end() {
    fiji.close();
  }

  @AfterEach
  void forget() {
    LegacyBridge.DIALOG.clear();
  }

  private static Module run(final Class<? extends CoreCommand> command, final Object... inputs) {
    final Object[] given = inputs.clone();
    for (int i = 0; i < given.length; i++)
      if (given[i] instanceof Path) given[i] = given[i].toString();
    return fiji.run(command, given);
  }

  private static Object[] trainPrior(final Path output, final long steps, final Object... more) {
    final List<Object> inputs =
        new ArrayList<>(
            List.of(
                "labels",
                study.resolve("labels"),
                "label_set",
                study.resolve("label-set.csv"),
                "output",
                output,
                "steps",
                steps,
                "channels",
                "4,8",
                "learning_rate",
                0.02,
                "kl_weight",
                0,
                "device",
                "cpu",
                "threads",
                1));
    inputs.addAll(Arrays.asList(more));
    return inputs.toArray();
  }

  private static String sentence(
      final Class<? extends CoreCommand> command, final Object... inputs) {
    return assertThrows(Failure.class, () -> run(command, inputs)).getMessage();
  }

  private static Set<String> names(final List<Setting<?>> settings) {
    return settings.stream().map(Setting::name).collect(Collectors.toSet());
  }

  private static Set<String> names(final Path in) throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      return files
          .map(f -> f.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void generateAndTrainLeaveTheirFilesAlone() throws IOException {
    assertEquals(
        Set.of("images", "label-set.csv", "labels", "prior.zip", "segmenter.zip", "truth"),
        names(study));
    assertEquals(4, names(study.resolve("labels")).size());
    assertEquals(2, names(study.resolve("images/t2_like")).size());
    final ModelDescription made = ModelBundle.describe(segmenter);
    assertTrue(made.isSegmenter());
    assertEquals("2", made.provenance().settings().get("steps"));
    assertEquals("false", made.provenance().settings().get("align"));
    assertEquals(4, made.provenance().data().size());
    assertEquals("4,8", made.provenance().prior().settings().get("channels"));
    assertTrue(
        made.provenance().settings().keySet().containsAll(names(SegmenterSettings.ALL)),
        made.provenance().settings().toString());
    assertTrue(
        made.provenance().prior().settings().keySet().containsAll(names(PriorSettings.ALL)),
        made.provenance().prior().settings().toString());
  }

  @Test
  void modelInfo() {
    final String text = (String) run(ModelInfoCommand.class, "model", prior).getOutput("text");
    for (final String part :
        new String[] {"prior.zip: prior", "6.000 mm", "left cortex\t", "  steps=60", "subject_003"})
      assertTrue(text.contains(part), part + " in " + text);
    final String json =
        (String) run(ModelInfoCommand.class, "model", prior, "json", true).getOutput("text");
    assertTrue(json.startsWith("{"), json);
    final Path curve = folder.resolve("curve.png");
    run(ModelInfoCommand.class, "model", prior, "curve", curve);
    assertTrue(Files.exists(curve));
  }

  @Test
  void engineAndDevices() {
    final String before = System.getProperty(UserCache.VARIABLE);
    System.setProperty(UserCache.VARIABLE, folder.resolve("cache").toString());
    final String text;
    try {
      text = (String) run(DevicesCommand.class).getOutput("text");
    } finally {
      if (before == null) System.clearProperty(UserCache.VARIABLE);
      else System.setProperty(UserCache.VARIABLE, before);
    }
    assertTrue(text.matches("(?s).*The precision auto is b?float(16|32).*"), text);
    assertTrue(text.matches("(?s).*TensorFlow \\d.*\ndevice\tmemory.*\ncpu\t.*"), text);
    assertEquals(1, text.split("\tyes", -1).length - 1, text);
  }

  @Test
  void segmentFolderAndEvaluate() throws IOException {
    final Path out = folder.resolve("results");
    run(
        SegmentFolderCommand.class,
        "model",
        segmenter,
        "images",
        study.resolve("images/t1_like"),
        "output",
        out,
        "align",
        false,
        "uncertainty",
        true);
    assertTrue(
        names(out)
            .containsAll(Set.of("subject_004-labels.nii.gz", "subject_005-uncertainty.nii.gz")),
        names(out).toString());
    final String record = Files.readString(out.resolve("subject_004.json"));
    for (final String setting : names(SegmentationSettings.ALL))
      assertTrue(record.contains("\"" + setting + "\":"), setting + " in " + record);
    final Path csv = folder.resolve("scores.csv");
    final ResultsTable scores =
        (ResultsTable)
            run(
                    EvaluateCommand.class,
                    "reference",
                    study.resolve("truth"),
                    "segmentation",
                    out,
                    "csv",
                    csv)
                .getOutput("table");
    final int mean = scores.size() - 1;
    assertEquals("mean", scores.getStringValue("label", mean));
    final double dice = scores.getValue("Dice", mean);
    assertTrue(dice > 0.2 && dice <= 1, dice + "");
    final String[] last =
        Files.readAllLines(csv).stream()
            .filter(l -> l.startsWith("mean"))
            .reduce((a, b) -> b)
            .orElseThrow()
            .split(",");
    assertEquals(dice, Double.parseDouble(last[3]), 1e-3);
    assertTrue(
        sentence(
                EvaluateCommand.class,
                "reference",
                study.resolve("truth"),
                "segmentation",
                out,
                "fail_below",
                0.9999)
            .matches("The mean Dice of 0\\.\\d{4} is below 0\\.9999\\."));
  }

  @Test
  void drawSamples() throws IOException {
    final Path a = folder.resolve("a"), b = folder.resolve("b"), c = folder.resolve("c");
    run(SampleCommand.class, "prior", prior, "count", 2, "seed", 5, "output", a);
    run(SampleCommand.class, "prior", prior, "count", 2, "seed", 5, "output", b);
    run(SampleCommand.class, "prior", segmenter, "count", 2, "seed", 6, "output", c);
    assertEquals(Set.of("sample_001.nii.gz", "sample_002.nii.gz", "samples.png"), names(a));
    final String second = "sample_002.nii.gz";
    assertArrayEquals(Files.readAllBytes(a.resolve(second)), Files.readAllBytes(b.resolve(second)));
    assertNotEquals(Sha256.of(a.resolve(second)), Sha256.of(c.resolve(second)));
  }

  @Test
  void reconstruct() throws IOException {
    final ResultsTable table =
        (ResultsTable)
            run(
                    ReconstructCommand.class,
                    "prior",
                    prior,
                    "labels",
                    study.resolve("truth"),
                    "output",
                    folder)
                .getOutput("table");
    assertEquals(3, table.size());
    final double mean = table.getValue("encoded and decoded", 2);
    assertTrue(mean > 0.3 && mean < 1, mean + "");
    assertEquals(
        mean,
        (table.getValue("encoded and decoded", 0) + table.getValue("encoded and decoded", 1)) / 2,
        1e-6);
    assertTrue(names(folder).contains("subject_005-reconstruction.nii.gz"));
  }

  @Test
  void whatCannotBeUsedIsSaid() {
    assertTrue(
        sentence(SampleCommand.class, "prior", study.resolve("label-set.csv"), "output", folder)
            .contains("is no intact model file"));
    assertTrue(
        sentence(TrainPriorCommand.class, trainPrior(folder.resolve("p.nii"), 1))
            .contains("must have a name that ends with .zip."));
    assertTrue(
        sentence(TrainPriorCommand.class, trainPrior(folder.resolve("p.zip"), 1, "resume", true))
            .matches(
                "There is no checkpoint .* to resume from; leave out resume to start anew\\."));
    assertEquals(
        "\"0\" was given for steps; give a whole number from 1 to 10000000 steps.",
        sentence(TrainPriorCommand.class, trainPrior(folder.resolve("p.zip"), 0)));
    assertEquals(
        "No images was given; give files or folders (such as images/).",
        sentence(SegmentFolderCommand.class, "model", prior, "output", folder));
    assertEquals(0, folder.toFile().list().length);
  }

  // -- Cancel and resume --

  @EventHandler
  void onEvent(final TaskEvent e) {
    final String status = e.getTask().getStatusMessage();
    if (status == null || !status.startsWith("Training the prior")) return;
    task = e.getTask();
    training.countDown();
  }

  @Test
  void aStoppedTrainingKeepsItsStateAndGoesOn() throws Exception {
    final Set<String> temporary = temporary();
    fiji.context.service(EventService.class).subscribe(this);
    final Path output = folder.resolve("again.zip");
    final Object[] inputs = trainPrior(output, 100_000);
    for (int i = 0; i < inputs.length; i++)
      if (inputs[i] instanceof Path) inputs[i] = inputs[i].toString();
    final Future<CommandModule> future = fiji.start(TrainPriorCommand.class, inputs);
    assertTrue(training.await(60, TimeUnit.SECONDS));
    task.cancel("enough");
    final CommandModule ended = future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertTrue(ended.isCanceled());
    assertTrue(
        ended
            .getCancelReason()
            .matches(
                "Stopped on request after \\d+ of 100000 steps; the state is kept in .*again\\.zip"
                    + "\\.checkpoint; to go on from there, train again with resume"
                    + " \\(--resume in a shell\\)\\."),
        ended.getCancelReason());
    assertEquals(Set.of("again.zip.checkpoint"), names(folder));
    assertEquals(temporary, temporary());
    assertTrue(
        sentence(TrainPriorCommand.class, trainPrior(output, 70, "resume", true))
            .contains("was made with steps 100000 and now it is 70"));
    assertEquals(Set.of("again.zip.checkpoint"), names(folder));
  }

  private static Set<String> temporary() {
    final Set<String> names = new TreeSet<>();
    for (final String name : new File(System.getProperty("java.io.tmpdir")).list())
      if (name.startsWith("anatomical-priors-")) names.add(name);
    return names;
  }

  // -- Macros --

  @Test
  void aRecordedTrainingRepeatsItself() throws IOException {
    final Path output = folder.resolve("my prior (1).zip");
    LegacyBridge.DIALOG.put("labels", study.resolve("labels").toFile());
    LegacyBridge.DIALOG.put("label_set", study.resolve("label-set.csv").toString());
    LegacyBridge.DIALOG.put("output", output.toFile());
    LegacyBridge.DIALOG.put("steps", 7L);
    LegacyBridge.DIALOG.put("channels", "4,8");
    LegacyBridge.DIALOG.put("learning_rate", 0.02);
    LegacyBridge.DIALOG.put("augment_flip", false);
    LegacyBridge.DIALOG.put("device", "cpu");
    LegacyBridge.DIALOG.put("threads", 1L);
    LegacyBridge.choose(TrainPriorCommand.class);
    final ModelDescription first = ModelBundle.describe(output);
    assertEquals("false", first.provenance().settings().get("augment-flip"));
    final String macro = LegacyBridge.recorded();
    assertTrue(macro.startsWith("run(\"Train Prior...\", \"labels="), macro);
    LegacyBridge.DIALOG.clear();
    Files.delete(output);
    LegacyBridge.replay(macro);
    final ModelDescription second = ModelBundle.describe(output);
    assertEquals(first.provenance().settings(), second.provenance().settings());
    assertEquals(losses(first), losses(second));
    LegacyBridge.replay(macro.replace("steps=7", "steps=8"));
    assertNotEquals(losses(first), losses(ModelBundle.describe(output)));
  }

  private static List<Double> losses(final ModelDescription model) {
    return model.provenance().curve().stream()
        .map(CurvePoint::training)
        .collect(Collectors.toList());
  }
}
