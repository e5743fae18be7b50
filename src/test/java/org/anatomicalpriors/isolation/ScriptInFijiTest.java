package org.anatomicalpriors.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.io.FileSaver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anatomicalpriors.command.ScriptMain;
import org.anatomicalpriors.fiji.FijiStudy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An example script in a Fiji folder, where the engine is not on the class path. */
class ScriptInFijiTest {

  @TempDir Path folder;

  @Test
  void aScriptReachesTheCoreBehindItsLoader() throws Exception {
    final FijiFolder fiji = FijiFolder.make(folder.resolve("Fiji.app"));
    final List<Path> classPath = new ArrayList<>(fiji.classPath());
    for (final Path jar : FijiFolder.testClassPath())
      if (jar.getFileName().toString().matches("(jython|groovy).*")) classPath.add(jar);
    classPath.add(FijiFolder.codeOf(ScriptInFijiTest.class)); // the adapters of the languages
    final Path scan = folder.resolve("scan.tif");
    new FileSaver(FijiStudy.volume(1)).saveAsTiff(scan.toString());
    for (final String script : List.of("Segment_Folder.groovy", "Segment_Folder_on_Cluster.py")) {
      final Path work = Files.createDirectory(folder.resolve("run of " + script));
      final Path scans = Files.createDirectory(work.resolve("scans"));
      Files.copy(scan, scans.resolve("scan.tif"));
      final ChildJvm child =
          ChildJvm.run(
              work,
              classPath,
              ScriptMain.class,
              "--run",
              Path.of("scripts/examples", script).toAbsolutePath().toString(),
              "model=\""
                  + FijiStudy.prior()
                  + "\",images=\"scans\",output=\"results\""
                  + (script.endsWith(".py") ? ",threads=1" : ""));
      assertEquals(0, child.exit, child.out + child.err);
      assertTrue(
          Files.isRegularFile(work.resolve("results/scan-labels.nii.gz")), child.out + child.err);
      assertTrue(
          child
              .loaded("ai.djl.tensorflow.engine.TfModel ")
              .get(0)
              .contains(Installation.ENGINE_FOLDER),
          "the engine's jars are apart");
    }
  }
}
