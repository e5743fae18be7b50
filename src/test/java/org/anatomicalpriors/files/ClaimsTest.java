package org.anatomicalpriors.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimsTest {

  @TempDir Path folder;

  private boolean fileIsThere() {
    return Files.exists(folder.resolve(Claims.FILE));
  }

  private boolean canClaim(final Claims claims, final String name) {
    final Optional<Claims.Claim> claim = claims.tryClaim(name);
    claim.ifPresent(Claims.Claim::close);
    return claim.isPresent();
  }

  @Test
  void aNameIsClaimedOnceUntilItIsGivenBack() {
    try (Claims one = Claims.in(folder);
        Claims two = Claims.in(folder)) {
      try (Claims.Claim claim = one.tryClaim("Subject").orElseThrow()) {
        assertFalse(canClaim(two, "subject"));
        assertTrue(canClaim(two, "other"));
      }
      assertTrue(canClaim(two, "subject"));
      assertTrue(one.isGuarding());
    }
  }

  @Test
  void theLastToLeaveDeletesTheFile() {
    final Claims one = Claims.in(folder);
    final Claims two = Claims.in(folder);
    one.close();
    one.close();
    assertTrue(fileIsThere());
    assertTrue(canClaim(two, "subject"));
    two.close();
    assertFalse(fileIsThere());
  }

  @Test
  void anInterruptedThreadDeletesItToo() {
    final Claims claims = Claims.in(folder);
    Thread.currentThread().interrupt();
    claims.close();
    assertTrue(Thread.interrupted(), "the interruption was lost");
    assertFalse(fileIsThere());
  }

  @Test
  void aFileOfSomebodyElseStays() throws IOException {
    Files.write(folder.resolve(Claims.FILE), new byte[] {42});
    try (Claims claims = Claims.in(folder)) {
      assertTrue(canClaim(claims, "subject"));
    }
    assertArrayEquals(new byte[] {42}, Files.readAllBytes(folder.resolve(Claims.FILE)));
  }

  private Process process(final String... arguments) throws IOException {
    final List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Other.class.getName(),
                folder.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String line(final Process process) throws IOException {
    return new BufferedReader(new InputStreamReader(process.getInputStream())).readLine();
  }

  @Test
  void whatAnotherProcessUsesIsLeftToIt() throws Exception {
    final Process other = process("hold");
    assertEquals("claimed", line(other));
    try (Claims claims = Claims.in(folder)) {
      assertFalse(canClaim(claims, "subject"));
    }
    assertTrue(fileIsThere(), "another process uses it");
    other.destroyForcibly().waitFor();
    try (Claims claims = Claims.in(folder)) {
      assertTrue(canClaim(claims, "subject"));
    }
    assertFalse(fileIsThere());
  }

  @Test
  void processesThatComeAndGoNeverHoldTheSameName() throws Exception {
    final List<Process> others = new ArrayList<>();
    for (int i = 0; i < 3; i++) others.add(process("300"));
    for (final Process other : others) {
      assertEquals("alone", line(other));
      assertTrue(other.waitFor(60, TimeUnit.SECONDS));
    }
    assertFalse(fileIsThere());
  }

  /** A process of its own that uses the claims of a folder. */
  static final class Other {

    private Other() {}

    /**
     * @param arguments folder; {@code hold} or how often to open, claim and close
     */
    public static void main(final String[] arguments) throws Exception {
      final Path folder = Path.of(arguments[0]);
      if (arguments[1].equals("hold")) {
        Claims.in(folder).tryClaim("subject").orElseThrow();
        System.out.println("claimed");
        Thread.sleep(60_000);
        return;
      }
      for (int i = 0; i < Integer.parseInt(arguments[1]); i++)
        try (Claims claims = Claims.in(folder)) {
          final Optional<Claims.Claim> claim = claims.tryClaim("subject");
          if (claim.isEmpty()) continue;
          // Fails if another process is here too.
          final Path mine = Files.createFile(folder.resolve("mine"));
          Files.delete(mine);
          claim.get().close();
        }
      System.out.println("alone");
    }
  }
}
