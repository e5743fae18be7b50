package org.anatomicalpriors;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may use which, and which libraries. */
class ArchitectureTest {

  private static final String ROOT = "org.anatomicalpriors.";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.anatomicalpriors");

  private static final String[] IMGLIB = {"net.imglib2.."};
  private static final String[] ENGINE = {
    "ai.djl..", "org.tensorflow..", "org.bytedeco..", "com.google.protobuf.."
  };
  private static final String[] DESKTOP = {
    "ij..", "java.awt..", "javax.swing..", "org.scijava..", "net.imagej.."
  };

  /** What a package may use beside the JDK, itself and InvalidInputException. */
  private static final Map<String, Allowed> PACKAGES = new TreeMap<>();

  private static final class Allowed {
    private final Set<String> own;
    private final List<String> libraries = new ArrayList<>();

    private Allowed(final String... own) {
      this.own = Set.of(own);
    }

    private Allowed and(final String... packages) {
      libraries.addAll(List.of(packages));
      return this;
    }
  }

  static {
    PACKAGES.put("files", new Allowed());
    PACKAGES.put("progress", new Allowed());
    PACKAGES.put("settings", new Allowed());
    // What Fiji's class path sees; everything else is loaded apart from it.
    PACKAGES.put("job", new Allowed("settings", "progress"));
    PACKAGES.put("isolation", new Allowed("progress"));
    PACKAGES.put(
        "service",
        new Allowed("job", "settings", "progress", "isolation")
            .and(IMGLIB)
            .and("ij..", "org.scijava.."));
    PACKAGES.put(
        "command",
        new Allowed("service", "job", "settings", "progress").and("ij..", "org.scijava.."));
    PACKAGES.put(
        "fiji",
        new Allowed(
                "service",
                "isolation",
                "job",
                "workflow",
                "ui",
                "output",
                "files",
                "io",
                "segmentation",
                "evaluation",
                "model",
                "labels",
                "space",
                "progress",
                "settings",
                "tensorflow")
            .and(IMGLIB)
            .and("ij..", "com.google.gson.."));
    PACKAGES.put("labels", new Allowed("space", "progress").and(IMGLIB));
    PACKAGES.put("space", new Allowed("progress").and(IMGLIB).and("org.apache.commons.math3.."));
    PACKAGES.put(
        "tensorflow",
        new Allowed("files", "settings", "progress", "isolation")
            .and(ENGINE)
            .and(IMGLIB)
            .and("com.sun.jna..", "com.sun.management..", "org.slf4j.."));
    PACKAGES.put(
        "model",
        new Allowed("tensorflow", "labels", "space", "progress", "settings")
            .and(ENGINE)
            .and(IMGLIB)
            .and("org.apache.commons.math3.."));
    PACKAGES.put(
        "segmentation",
        new Allowed("model", "labels", "space", "progress", "settings", "tensorflow")
            .and(IMGLIB)
            .and("org.apache.commons.math3.."));
    PACKAGES.put(
        "training",
        new Allowed(
                "segmentation",
                "model",
                "labels",
                "space",
                "files",
                "progress",
                "settings",
                "tensorflow")
            .and(IMGLIB)
            .and("com.google.gson.."));
    PACKAGES.put("evaluation", new Allowed("labels", "space", "progress").and(IMGLIB));
    PACKAGES.put("synthetic", new Allowed("labels", "space", "progress").and(IMGLIB));
    PACKAGES.put(
        "picture",
        new Allowed("labels", "space", "files")
            .and(IMGLIB)
            .and("java.awt..", "javax.imageio..", "org.jfree.."));
    PACKAGES.put(
        "io",
        new Allowed(
                "files",
                "progress",
                "labels",
                "space",
                "model",
                "evaluation",
                "tensorflow",
                "training")
            .and(IMGLIB)
            .and(
                "ij..",
                "com.google.gson..",
                "org.yaml.snakeyaml..",
                "org.apache.commons.csv..",
                "org.slf4j.."));
  }

  static {
    PACKAGES.put(
        "output",
        new Allowed(
                "files",
                "progress",
                "settings",
                "labels",
                "space",
                "io",
                "segmentation",
                "tensorflow",
                "picture")
            .and(IMGLIB)
            .and("com.google.gson..", "org.apache.commons.csv.."));
    PACKAGES.put(
        "batch",
        new Allowed(
                "files",
                "progress",
                "settings",
                "labels",
                "space",
                "io",
                "model",
                "segmentation",
                "tensorflow",
                "output")
            .and(IMGLIB)
            .and("org.apache.commons.csv.."));
    PACKAGES.put(
        "workflow",
        new Allowed(
                "job",
                "settings",
                "progress",
                "files",
                "labels",
                "space",
                "io",
                "model",
                "training",
                "segmentation",
                "evaluation",
                "tensorflow",
                "picture",
                "output",
                "synthetic",
                "batch")
            .and(IMGLIB));
    PACKAGES.put(
        "spark",
        new Allowed(
                "cli",
                "workflow",
                "job",
                "settings",
                "progress",
                "files",
                "batch",
                "output",
                "segmentation",
                "tensorflow")
            .and("org.apache.spark..", "scala.."));
    PACKAGES.put(
        "ui",
        new Allowed(
                "job",
                "settings",
                "progress",
                "labels",
                "space",
                "model",
                "training",
                "picture",
                "io")
            .and(IMGLIB)
            .and("ij..", "java.awt..", "javax.swing..", "org.jfree.."));
  }

  static Stream<String> packages() {
    return PACKAGES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void packagesUseOnlyWhatTheyMay(final String name) {
    final Allowed allowed = PACKAGES.get(name);
    final List<String> targets = new ArrayList<>(List.of("java..", ROOT + name + ".."));
    allowed.own.forEach(p -> targets.add(ROOT + p + ".."));
    targets.addAll(allowed.libraries);
    final DescribedPredicate<JavaClass> may =
        resideInAnyPackage(targets.toArray(new String[0]))
            .or(
                DescribedPredicate.describe(
                    "the root package's own", c -> c.getPackageName().equals(stripped(ROOT))))
            .or(DescribedPredicate.describe("primitive", JavaClass::isPrimitive))
            .or(
                DescribedPredicate.describe(
                    "array of these",
                    c ->
                        c.isArray()
                            && (c.getBaseComponentType().isPrimitive()
                                || resideInAnyPackage(targets.toArray(new String[0]))
                                    .test(c.getBaseComponentType()))));
    classes()
        .that()
        .resideInAPackage(ROOT + name + "..")
        .should()
        .onlyDependOnClassesThat(may)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  private static String stripped(final String root) {
    return root.substring(0, root.length() - 1);
  }

  @Test
  void everyPackageIsListedHere() {
    final Set<String> known = new TreeSet<>(PACKAGES.keySet());
    known.add("cli");
    final Set<String> found =
        CLASSES.stream()
            .map(JavaClass::getPackageName)
            .filter(p -> p.startsWith(ROOT))
            .map(p -> p.substring(ROOT.length()).split("\\.")[0])
            .collect(Collectors.toCollection(TreeSet::new));
    found.removeAll(known);
    assertEquals(Set.of(), found, "packages without a rule");
  }

  @Test
  void onlyTheFaceOfFijiKnowsSciJava() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "command..", ROOT + "service..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.scijava..")
        .check(CLASSES);
  }

  /** It is not shipped. */
  @Test
  void onlyItsOwnPackageKnowsSpark() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "spark..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "scala..", ROOT + "spark..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTensorflowAndModelKnowTheEngine() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "tensorflow..", ROOT + "model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ENGINE)
        .check(CLASSES);
  }

  @Test
  void theMethodRunsWithoutADesktop() {
    noClasses()
        .that()
        .resideInAnyPackage(
            Stream.of(
                    "files",
                    "progress",
                    "settings",
                    "labels",
                    "space",
                    "tensorflow",
                    "model",
                    "training",
                    "segmentation",
                    "evaluation",
                    "synthetic")
                .map(p -> ROOT + p + "..")
                .toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(DESKTOP)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void segmentationAndTrainingStartTheEngineButDoNotUseIt() {
    final Set<String> allowed =
        Set.of(
            "Arithmetic",
            "Engine",
            "EngineSettings",
            "EngineException",
            "Gaussians",
            "DeviceInfo",
            "DownloadConsent",
            "MachineMemory",
            "OutOfMemory");
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "segmentation..", ROOT + "training..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(ROOT + "tensorflow..")
                .and(
                    DescribedPredicate.describe(
                        "more than " + allowed, c -> !allowed.contains(c.getSimpleName()))))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLineParsesOptionsAndPrints() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..", "me.tongfei..")
        .check(CLASSES);
    GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(
        CLASSES.that(
            DescribedPredicate.describe(
                "outside the command line", c -> !c.getPackageName().startsWith(ROOT + "cli"))));
  }

  @Test
  void nothingUsesLoggersOrClocksOfItsOwnKind() {
    GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
  }

  /** TensorFlow refuses it on Windows; gradients come from the tape. */
  @Test
  void noGradientIsRegistered() {
    noClasses()
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "a gradient is registered",
                (JavaCall<? extends AccessTarget.CodeUnitCallTarget> call) ->
                    Arrays.asList("registerCustomGradient", "registerGradient")
                        .contains(call.getName())))
        .check(CLASSES);
  }
}
