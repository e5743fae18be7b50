package org.anatomicalpriors.isolation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.anatomicalpriors.fiji.FijiStudy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Fiji in which other plugins' TensorFlow 1, protobuf, gson, JavaCPP and DJL come first. */
class LivingWithOthersTest {

  private static final List<String> FAKES =
      List.of(
          "org.tensorflow.Graph",
          "org.tensorflow.Session",
          "org.tensorflow.Tensor",
          "org.tensorflow.TensorFlow",
          "org.tensorflow.NativeLibrary",
          "org.bytedeco.javacpp.Loader",
          "org.bytedeco.javacpp.Pointer",
          "com.google.protobuf.Message",
          "com.google.protobuf.ByteString",
          "com.google.protobuf.GeneratedMessageV3",
          "com.google.gson.Gson",
          "com.google.gson.GsonBuilder",
          "ai.djl.engine.Engine",
          "org.slf4j.LoggerFactory",
          "org.apache.commons.compress.archivers.zip.ZipFile",
          // Other releases of this plugin's own core.
          "org.anatomicalpriors.model.AnatomicalPrior");

  @TempDir Path folder;

  /** Old libraries: the same names, nothing of what we use; each notes that it was initialised. */
  private Path fellows() throws IOException {
    final Map<String, String> sources = new LinkedHashMap<>();
    for (final String name : FAKES) {
      final int dot = name.lastIndexOf('.');
      sources.put(
          name,
          "package "
              + name.substring(0, dot)
              + "; public class "
              + name.substring(dot + 1)
              + " { static { System.setProperty(\"fakes\", System.getProperty(\"fakes\", \"\") + \" "
              + name
              + "\"); } public String toString() { return \"version 1\"; } }");
    }
    sources.put(
        "ai.djl.engine.EngineProvider",
        "package ai.djl.engine; public interface EngineProvider {}");
    sources.put("META-INF/services/ai.djl.engine.EngineProvider", "fellow.Provider");
    sources.put(
        "fellow.Provider",
        "package fellow; public class Provider implements ai.djl.engine.EngineProvider {}");
    sources.put("org/tensorflow/internal/c_api/tensorflow.properties", "platform=none");
    return TestJars.compile(folder.resolve("fellows.jar"), sources).toPath();
  }

  @Test
  void segmentsWhileOthersKeepTheirLibraries() throws Exception {
    final FijiFolder fiji = FijiFolder.make(folder.resolve("Fiji.app"));
    final List<Path> classPath = new ArrayList<>(List.of(fellows()));
    classPath.addAll(fiji.classPath());
    final ImagePlus image = FijiStudy.volume(0);
    final Path input = folder.resolve("scan.tif"), output = folder.resolve("labels.tif");
    IJ.saveAsTiff(image, input.toString());

    final ChildJvm child =
        ChildJvm.run(
            folder,
            classPath,
            FijiWithFellows.class,
            FijiStudy.prior().toString(),
            input.toString(),
            output.toString());

    assertEquals(0, child.exit, child.out + child.err);
    assertEquals(
        String.join(
            "\n",
            "core is apart: true",
            "its parent is Fiji: true",
            "org.tensorflow.Graph is ours: true",
            "com.google.gson.Gson is ours: true",
            "context loader: true",
            "initialised fakes: none",
            "properties left: []",
            "fellow's org.tensorflow.Graph: version 1",
            "fellow's org.tensorflow.Session: version 1",
            "fellow's com.google.protobuf.Message: version 1",
            "fellow's com.google.gson.Gson: version 1",
            "fellow's org.bytedeco.javacpp.Loader: version 1",
            "fellow's ai.djl.engine.Engine: version 1",
            "fellow's JNA works: true"),
        child.out.trim());
    assertClassesComeFromTheirSide(child);
    final byte[] labels = FijiStudy.values(IJ.openImage(output.toString()));
    assertArrayEquals(FijiStudy.segmented(FijiStudy.prior(), image), labels, "as without Fiji");
    assertTrue(FijiStudy.dice(FijiStudy.values(FijiStudy.truth(0)), labels) > 0.5, "an anatomy");
  }

  /** Before the fellow's turn, everything of the engine came from the plugin's folder. */
  private static void assertClassesComeFromTheirSide(final ChildJvm child) {
    final List<String> engine =
        child.loaded("org.tensorflow.", "ai.djl.", "org.bytedeco.", "com.google.protobuf.");
    final List<String> ours =
        engine.stream()
            .filter(c -> c.contains("/" + Installation.ENGINE_FOLDER + "/"))
            .collect(Collectors.toList());
    assertTrue(ours.size() > 200, "only " + ours.size() + " classes of the engine");
    for (final String name : List.of("org.tensorflow.Graph ", "org.bytedeco.javacpp.Loader "))
      assertTrue(ours.stream().anyMatch(c -> c.startsWith(name)), name);
    engine.removeAll(ours);
    assertFalse(engine.stream().anyMatch(c -> !c.contains("/fellows.jar")), "elsewhere: " + engine);
    assertEquals(List.of(), child.loaded("fellow."), "a provider of another plugin's DJL");
  }
}
