package org.anatomicalpriors.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.anatomicalpriors.processes.EndedProcess;
import org.anatomicalpriors.processes.JavaCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exit codes of {@code --headless --run SCRIPT}. */
class ScriptExitTest {

  private static final String SERVICE = "#@ AnatomicalPriorService priors\n";

  @TempDir Path folder;
  private EndedProcess fiji;

  private int run(final String name, final String script, final String... parameters)
      throws Exception {
    Files.writeString(folder.resolve(name), script);
    final String[] args = new String[2 + parameters.length];
    args[0] = "--run";
    args[1] = name;
    System.arraycopy(parameters, 0, args, 2, parameters.length);
    fiji = JavaCommand.of(ScriptMain.class).in(folder).run(args);
    return fiji.exit;
  }

  @Test
  void whatAScriptThrowsIsAFailure() throws Exception {
    assertEquals(1, run("a.py", SERVICE + "print('begun')\nprin(1)\n"), () -> fiji.err);
    assertTrue(fiji.out.contains("begun"));
    assertTrue(
        fiji.err.trim().endsWith("a.py failed: NameError: name 'prin' is not defined"), fiji.err);
    assertEquals(1, run("b.groovy", SERVICE + "priors.load('no.zip')\n"), () -> fiji.err);
    assertTrue(
        fiji.err.contains("[ERROR] b.groovy failed: There is no model file no.zip; give the"),
        fiji.err);
  }

  @Test
  void whatAScriptCatchesIsNone() throws Exception {
    final String script =
        SERVICE
            + "#@ LogService log\n"
            + "try { priors.load('no.zip') } catch (RuntimeException e) { log.error(e) }\n"
            + "println 'went on'\n";
    assertEquals(0, run("a.groovy", script), () -> fiji.err);
    assertTrue(fiji.out.contains("went on") && fiji.err.contains("no.zip"), fiji.out + fiji.err);
  }

  @Test
  void parametersThatDoNotFitAreAFailureBeforeTheScriptStarts() throws Exception {
    final String script = SERVICE + "#@ Integer (value = 3, persist = false) n\nprint('begun')\n";
    assertEquals(1, run("a.py", script, "m=4"), () -> fiji.err);
    assertTrue(fiji.err.contains("a.py failed: Unmatched input: m."), fiji.err);
    assertEquals(1, run("a.py", script, "n=\"four\""), () -> fiji.err);
    assertTrue(fiji.err.contains("a.py failed: For input n: "), fiji.err);
    assertFalse(fiji.out.contains("begun"), fiji.out);
    assertEquals(0, run("a.py", script, "n=4"), () -> fiji.err);
    assertTrue(fiji.out.contains("begun"), fiji.out);
  }

  @Test
  void scriptsThatDoNotUseThePluginEndAsEver() throws Exception {
    assertEquals(0, run("a.groovy", "throw new RuntimeException('theirs')\n"));
    assertTrue(fiji.err.contains("theirs") && !fiji.err.contains("failed: "), fiji.err);
  }
}
