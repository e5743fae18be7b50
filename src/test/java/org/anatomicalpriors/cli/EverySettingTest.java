package org.anatomicalpriors.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.fiji.FijiBackend;
import org.anatomicalpriors.job.Job;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Setting.Kind;
import org.anatomicalpriors.workflow.Jobs;
import org.anatomicalpriors.workflow.ParameterReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import picocli.CommandLine.Model.CommandSpec;

/** A setting that is defined is offered by every face of the plugin, and explained. */
class EverySettingTest {

  private static final Set<Kind> NUMBERS = EnumSet.of(Kind.INTEGER, Kind.REAL, Kind.INTEGERS);

  /** Classes without a source here are left from an earlier build. */
  private static final Path SOURCES = Path.of("src/main/java");

  /** The constants of the project that define settings, by class and field. */
  private static Map<String, Setting<?>> definitions() throws Exception {
    final Path classes =
        Path.of(Jobs.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    final Map<String, Setting<?>> found = new TreeMap<>();
    for (final String name : classNames(classes))
      for (final Field f :
          Class.forName(name, false, Jobs.class.getClassLoader()).getDeclaredFields())
        if (Modifier.isStatic(f.getModifiers()) && f.getType() == Setting.class) {
          f.setAccessible(true);
          found.put(name.replaceFirst(".*\\.", "") + "." + f.getName(), (Setting<?>) f.get(null));
        }
    assertTrue(found.size() > 60, found.keySet().toString());
    return found;
  }

  private static List<String> classNames(final Path classes) throws IOException {
    try (Stream<Path> files = Files.walk(classes.resolve("org/anatomicalpriors"))) {
      return files
          .map(f -> classes.relativize(f).toString().replace('\\', '/'))
          .filter(f -> f.endsWith(".class") && !f.endsWith("-info.class"))
          .filter(f -> !f.contains("/spark/")) // Spark is not here, and no other program offers it
          .map(f -> f.substring(0, f.length() - ".class".length()))
          .filter(f -> Files.exists(SOURCES.resolve(f.replaceFirst("\\$.*", "") + ".java")))
          .map(f -> f.replace('/', '.'))
          .collect(Collectors.toList());
    }
  }

  @Test
  void everyDefinitionIsTakenByACommand() throws Exception {
    final FijiBackend fiji = new FijiBackend();
    final Set<Setting<?>> taken = new HashSet<>(fiji.imageSettings());
    taken.addAll(fiji.machineSettings());
    for (final Job job : Main.jobs()) taken.addAll(job.parameters());
    final Set<String> forgotten = new TreeSet<>();
    definitions()
        .forEach(
            (field, setting) -> {
              if (!taken.contains(setting)) forgotten.add(field);
            });
    assertEquals(Set.of(), forgotten, "settings that no command takes");
  }

  @Test
  void everyDefinitionSaysWhatItIs() throws Exception {
    final List<String> wrong = new ArrayList<>();
    definitions().forEach((field, setting) -> problem(setting, s -> wrong.add(field + s)));
    assertEquals(List.of(), wrong);
  }

  private static <T> void problem(final Setting<T> s, final Consumer<String> wrong) {
    if (!s.name().matches("[a-z0-9]+(-[a-z0-9]+)*")) wrong.accept(" has a name of its own style");
    if (s.description().length() < 12 || !s.description().endsWith("."))
      wrong.accept(" needs a description that ends with a full stop");
    if (NUMBERS.contains(s.kind())) {
      if (s.unit().isEmpty() && !s.description().contains("no unit"))
        wrong.accept(" needs a unit, or to say that it has none");
      if (!(s.least() < s.most())) wrong.accept(" needs limits");
    }
    if (s.example().isEmpty()) wrong.accept(" needs an example");
    else
      try {
        s.parse(s.example());
      } catch (final InvalidInputException e) {
        wrong.accept(" has an example that it does not take: " + e.getMessage());
      }
  }

  static Stream<Arguments> parametersOfJobs() {
    return Main.jobs().stream()
        .flatMap(j -> j.parameters().stream().map(s -> arguments(j.name(), s)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("parametersOfJobs")
  void theShellTakesIt(final String job, final Setting<?> setting) {
    final CommandSpec spec =
        Main.commandLine(new Cancellation()).getSubcommands().get(job).getCommandSpec();
    final boolean argument =
        Main.jobs().stream().anyMatch(j -> j.name().equals(job) && isArgument(j, setting));
    assertEquals(argument, spec.findOption("--" + setting.name()) == null);
    assertEquals(argument, spec.positionalParameters().size() == 1 && argument);
    assertEquals(setting.isRequired(), SettingOptions.argument(spec, setting).required());
  }

  private static boolean isArgument(final Job job, final Setting<?> setting) {
    return job.argument().equals(setting.name());
  }

  @Test
  void theNamesOfAJobDiffer() {
    for (final Job job : Main.jobs()) {
      final Set<String> names = new HashSet<>();
      for (final Setting<?> s : job.parameters())
        assertTrue(names.add(s.name()), job.name() + " has " + s + " twice");
      assertTrue(job.argument().isEmpty() || names.contains(job.argument()), job.name());
    }
  }

  @Test
  void fijiTakesEachByTheNameOfTheReference() {
    try (Context context = new Context()) {
      final Map<String, CommandInfo> byLabel = new HashMap<>();
      for (final CommandInfo info : context.service(CommandService.class).getCommands())
        if (info.getClassName().startsWith("org.anatomicalpriors."))
          byLabel.put(info.getMenuPath().getLeaf().getName(), info);
      for (final Job job : Jobs.all()) {
        final CommandInfo command = byLabel.get(ParametersJob.MENU.get(job.name()));
        assertNotNull(command, job.name() + " is not in Fiji's menu");
        assertTakes(command, job.parameters());
      }
      for (final String label : List.of("Segment Image...", "Refine Segmentation..."))
        assertTakes(byLabel.get(label), new FijiBackend().imageSettings());
    }
  }

  private static void assertTakes(final CommandInfo command, final List<Setting<?>> settings) {
    for (final Setting<?> s : settings)
      assertNotNull(
          command.getInput(s.name().replace('-', '_')),
          command.getMenuPath().getLeaf() + " does not take " + s);
  }

  @Test
  void theReferenceIsRenderedFromTheseDefinitions() throws IOException {
    final Path reference = Path.of("docs/parameters.md");
    final String hint = "make it anew with " + ParameterReference.COMMAND;
    assertTrue(Files.exists(reference), hint);
    assertEquals(ParametersJob.text(), Files.readString(reference), hint);
  }
}
