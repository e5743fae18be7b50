package org.anatomicalpriors.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.io.FileSaver;
import java.io.File;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anatomicalpriors.documentation.Markdown;
import org.anatomicalpriors.fiji.FijiStudy;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.service.AnatomicalPriorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleItem;
import org.scijava.script.ScriptInfo;
import org.scijava.script.ScriptModule;
import org.scijava.script.ScriptService;

/** Every script of the README and the guide runs as it stands there, and does what is said. */
class DocumentedScriptsTest {

  private static final Pattern COMMAND = Pattern.compile("`([A-Z][A-Za-z ]+\\.\\.\\.)`");
  private static final int TEN_LINES = 10;

  private static Context context;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    context = ScriptLanguages.context();
  }

  @AfterAll
  static void end() {
    context.dispose();
    LegacyBridge.IMAGES.clear();
  }

  static Set<String> scripts() {
    return Markdown.blocks("python", "groovy", "ijm").keySet();
  }

  private Map<String, Object> values() throws Exception {
    final Path maps = Files.createDirectory(folder.resolve("maps"));
    for (int i = 1; i <= 3; i++)
      new FileSaver(FijiStudy.truth(i)).saveAsTiff(maps.resolve("toy" + i + ".tif").toString());
    final File image = folder.resolve("image.tif").toFile();
    new FileSaver(FijiStudy.volume(1)).saveAsTiff(image.toString());
    final Map<String, Object> values = new HashMap<>();
    values.put("image", FijiStudy.volume(1));
    values.put("picked", FijiStudy.truth(1));
    values.put("model", FijiStudy.prior().toFile());
    values.put("file", image);
    values.put("maps", maps.toFile());
    values.put("segmentation", maps.resolve("toy1.tif").toFile());
    values.put("reference", maps.resolve("toy1.tif").toFile());
    values.put("steps", 2);
    return values;
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void runs(final String name) throws Exception {
    final String script = Markdown.blocks("python", "groovy", "ijm").get(name);
    final ScriptInfo info =
        new ScriptInfo(context, "script." + extension(name), new StringReader(script));
    final Map<String, Object> given = values();
    given.put("output", folder.resolve(name.endsWith("ijm") ? "results" : "new.zip").toFile());
    final Map<String, Object> inputs = new HashMap<>();
    for (final ModuleItem<?> input : info.inputs())
      if (given.containsKey(input.getName()))
        inputs.put(input.getName(), given.get(input.getName()));
      else
        assertEquals(
            AnatomicalPriorService.class, input.getType(), "no value for " + input.getName());
    final ScriptModule module = context.service(ScriptService.class).run(info, true, inputs).get();
    check(module, script);
  }

  private static String extension(final String name) {
    return name.endsWith("python") ? "py" : name.substring(name.lastIndexOf('.') + 1);
  }

  /** The result is the core's, not only that there is one. */
  private void check(final ScriptModule module, final String script) {
    final byte[] expected = FijiStudy.segmented(FijiStudy.prior(), FijiStudy.volume(1));
    if (script.contains("priors.segment(opened, image)"))
      assertArrayEquals(expected, FijiStudy.values((ImagePlus) module.getOutput("labels")));
    else if (script.contains("priors.refine")) {
      final byte[] found = FijiStudy.values((ImagePlus) module.getOutput("labels"));
      final double dice = FijiStudy.dice(found, FijiStudy.values(FijiStudy.truth(1)));
      assertTrue(dice > 0.5, "Dice " + dice);
    } else if (script.contains("priors.train")) {
      assertTrue(Files.exists(folder.resolve("new.zip")));
      assertEquals(4, ((List<?>) module.getOutput("samples")).size());
    } else if (script.contains("priors.evaluate"))
      assertEquals(
          List.of(1, 1.0), // a map is like itself: the label's id and its Dice
          List.of(
              ((ResultTable) module.getOutput("scores")).rows().get(0).get(0),
              ((ResultTable) module.getOutput("scores")).rows().get(0).get(2)));
    else if (script.contains("labelIds")) {
      double sum = 0;
      for (final Object share : ((Map<?, ?>) module.getOutput("shares")).values())
        sum += ((Number) share).doubleValue();
      assertEquals(1, sum, 1e-9);
    } else assertTrue(Files.exists(folder.resolve("results/image-labels.nii.gz")), script);
  }

  @Test
  void theFirstScriptOfTheReadmeHasTenLines() {
    final Map<String, String> blocks = Markdown.blocks("python");
    final String first = blocks.get(blocks.keySet().iterator().next());
    final long lines = first.lines().filter(l -> !l.isBlank()).count();
    assertEquals(TEN_LINES, lines, first);
  }

  @Test
  void everyCommandThatIsNamedIsInTheMenuAndEachIsNamed() {
    final Set<String> menu = new TreeSet<>();
    for (final CommandInfo info : context.service(CommandService.class).getCommands())
      if (info instanceof SettingCommandInfo) menu.add(info.getMenuPath().getLeaf().getName());
    final Set<String> named = new TreeSet<>();
    for (final Markdown page : Markdown.pages()) {
      for (final Matcher m = COMMAND.matcher(page.text); m.find(); ) named.add(m.group(1));
    }
    named.add("Help"); // has no dots
    assertEquals(menu, named);
  }

  @Test
  void helpLeadsToTheGuide() throws Exception {
    final String address = HelpCommand.GUIDE;
    final String path = address.substring(address.indexOf("/main/") + "/main/".length());
    assertTrue(Files.exists(Path.of(path)), path);
  }
}
