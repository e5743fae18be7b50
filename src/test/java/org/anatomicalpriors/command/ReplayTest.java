package org.anatomicalpriors.command;

import static org.anatomicalpriors.fiji.FijiStudy.prior;
import static org.anatomicalpriors.fiji.FijiStudy.truth;
import static org.anatomicalpriors.fiji.FijiStudy.values;
import static org.anatomicalpriors.fiji.FijiStudy.volume;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.io.FileSaver;
import ij.measure.ResultsTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.anatomicalpriors.service.AnatomicalPriorService;
import org.anatomicalpriors.service.TrainedModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.command.CommandInfo;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;

/** Every command of the menu does the same work again when what was recorded is replayed. */
class ReplayTest {

  /** One for a person to look at, one for a person to turn. */
  private static final Set<String> WINDOWS = Set.of("Help", "Explore Prior...");

  private static Fiji fiji;

  @TempDir Path folder;

  /** What a person chooses for a command; paths are relative to the test's folder. */
  private static final Map<String, String> CHOICES = new TreeMap<>();

  static {
    CHOICES.put(
        "Train Prior...",
        "labels=file:maps output=file:out.zip steps=2 channels=4,4 latent_size=2 spacing=2.0 align=false threads=1");
    CHOICES.put(
        "Train Segmenter...",
        "prior=file:a brain.zip images=file:scans output=file:out.zip steps=2 learning_rate=0.01 threads=1");
    CHOICES.put("Segment Image...", "model=file:a brain.zip output=path:out refine=2 threads=1");
    CHOICES.put(
        "Segment Folder...",
        "model=file:a brain.zip images=file:scans output=file:out uncertainty=true threads=1");
    CHOICES.put(
        "Refine Segmentation...",
        "image=image:0 picked=image:1 model=file:a brain.zip output=path:out posteriors=true");
    CHOICES.put(
        "Evaluate Segmentation...",
        "reference=file:maps segmentation=file:maps2 ignore=3 csv=path:out.csv");
    CHOICES.put("Draw Samples...", "prior=file:a brain.zip output=file:out count=2 seed=5");
    CHOICES.put(
        "Reconstruct Label Maps...", "prior=file:a brain.zip labels=file:maps output=file:out");
    CHOICES.put(
        "Generate Synthetic Data...", "output=file:out count=2 images=1 spacing=8.0 seed=3");
    CHOICES.put("Model Info...", "model=file:a brain.zip");
    CHOICES.put("Engine and Devices...", "");
  }

  @BeforeAll
  static void start() {
    fiji = new Fiji();
    LegacyBridge.install(fiji.context);
  }

  @AfterAll
  static void end() {
    fiji.close();
  }

  @BeforeEach
  void study() throws IOException {
    Files.copy(prior(), folder.resolve("a brain.zip"));
    for (final String kind : List.of("maps", "maps2", "scans"))
      Files.createDirectory(folder.resolve(kind));
    for (int i = 1; i <= 2; i++) {
      final String file = "/toy" + i + ".tif";
      new FileSaver(truth(i)).saveAsTiff(folder.resolve("maps") + file);
      new FileSaver(truth(3 - i)).saveAsTiff(folder.resolve("maps2") + file);
      new FileSaver(volume(i)).saveAsTiff(folder.resolve("scans") + file);
    }
    LegacyBridge.IMAGES.add(volume(1));
    LegacyBridge.IMAGES.add(truth(1));
    LegacyBridge.IMAGES.get(1).setTitle("my picks.tif");
  }

  @AfterEach
  void forget() {
    LegacyBridge.DIALOG.clear();
    LegacyBridge.IMAGES.clear();
  }

  static List<CommandInfo> commands() {
    final Fiji menu = new Fiji();
    try {
      return MenuTest.commands(menu).stream()
          .filter(c -> !WINDOWS.contains(c.getMenuPath().getLeaf().getName()))
          .collect(Collectors.toList());
    } finally {
      menu.close();
    }
  }

  @Test
  void everyCommandIsTried() {
    assertEquals(
        commands().stream()
            .map(c -> c.getMenuPath().getLeaf().getName())
            .collect(Collectors.toCollection(TreeSet::new)),
        CHOICES.keySet());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whatWasRecordedDoesTheSame(final CommandInfo command) throws Exception {
    choose(CHOICES.get(command.getMenuPath().getLeaf().getName()));
    final Module first = LegacyBridge.choose(command.loadClass());
    final Map<String, String> expected = results(first);
    assertFalse(expected.isEmpty());
    final String macro = LegacyBridge.recorded();
    assertTrue(
        macro.startsWith("run(\"" + command.getMenuPath().getLeaf().getName() + "\", "), macro);
    for (final String name : LegacyBridge.DIALOG.keySet())
      assertTrue(macro.contains(name + "="), name + " in " + macro);
    delete();
    LegacyBridge.DIALOG.clear();
    assertEquals(expected, results(LegacyBridge.replay(macro)), macro);
  }

  private void choose(final String choices) {
    for (final String choice : choices.split(" (?=[a-z_]+=)")) {
      if (choice.isEmpty()) continue;
      final String name = choice.substring(0, choice.indexOf('='));
      final String text = choice.substring(name.length() + 1);
      final String rest = text.substring(text.indexOf(':') + 1);
      final Object value =
          text.startsWith("file:")
              ? folder.resolve(rest).toFile()
              : text.startsWith("path:")
                  ? folder.resolve(rest).toString()
                  : text.startsWith("image:")
                      ? LegacyBridge.IMAGES.get(Integer.parseInt(rest))
                      : text.matches("\\d+") ? Long.valueOf(text) : parsed(text);
      LegacyBridge.DIALOG.put(name, value);
    }
  }

  private static Object parsed(final String text) {
    if (text.matches("true|false")) return Boolean.valueOf(text);
    return text.matches("\\d+\\.\\d+") ? (Object) Double.valueOf(text) : text;
  }

  /** What came out and what was written, as far as it does not tell the time. */
  private Map<String, String> results(final Module module) throws IOException {
    final Map<String, String> results = new TreeMap<>();
    for (final ModuleItem<?> output : module.getInfo().outputs())
      results.put(output.getName(), text(module.getOutput(output.getName())));
    try (Stream<Path> files = Files.walk(folder)) {
      for (final Path f : files.filter(Files::isRegularFile).collect(Collectors.toList())) {
        final String name = folder.relativize(f).toString();
        if (name.startsWith("out")) results.put(name, content(f));
      }
    }
    return results;
  }

  private static String text(final Object output) {
    if (output instanceof ImagePlus)
      return ((ImagePlus) output).getTitle() + Arrays.hashCode(values((ImagePlus) output));
    if (!(output instanceof ResultsTable)) return String.valueOf(output);
    final ResultsTable table = (ResultsTable) output;
    final StringBuilder text = new StringBuilder(table.getColumnHeadings());
    for (int row = 0; row < table.size(); row++)
      text.append('\n').append(table.getRowAsString(row));
    return text.toString();
  }

  private static String content(final Path file) throws IOException {
    final String name = file.toString();
    if (name.endsWith(".json")) return "with the time";
    if (name.endsWith(".zip")) return anatomies(file);
    try (InputStream in = Files.newInputStream(file);
        InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(in) : in) {
      return Integer.toString(Arrays.hashCode(plain.readAllBytes()));
    }
  }

  /** A model is told by what it draws and finds. */
  private static String anatomies(final Path file) {
    final AnatomicalPriorService priors = fiji.context.service(AnatomicalPriorService.class);
    try (TrainedModel model = priors.load(file)) {
      return Arrays.hashCode(values(priors.sample(model, 1, 7).get(0)))
          + priors.segment(model, volume(2), Map.of("align", false)).volumes().toString();
    }
  }

  private void delete() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (final Path f : files.sorted(Comparator.reverseOrder()).collect(Collectors.toList()))
        if (folder.relativize(f).toString().startsWith("out")) Files.delete(f);
    }
  }
}
