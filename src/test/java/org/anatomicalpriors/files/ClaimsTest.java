package org.anatomicalpriors.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.anatomicalpriors.processes.ChildProcess;
import org.anatomicalpriors.processes.JavaCommand;
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

  private ChildProcess process(final String what) throws IOException {
    return JavaCommand.of(Other.class).limit(60).start(folder.toString(), what);
  }

  @Test
  void whatAnotherProcessUsesIsLeftToIt() throws Exception {
    try (ChildProcess other = process("hold")) {
      assertEquals("claimed", other.await("claimed"));
      try (Claims claims = Claims.in(folder)) {
        assertFalse(canClaim(claims, "subject"));
      }
      assertTrue(fileIsThere(), "another process uses it");
      other.kill();
    }
    try (Claims claims = Claims.in(folder)) {
      assertTrue(canClaim(claims, "subject"));
    }
    assertFalse(fileIsThere());
  }

  @Test
  void processesThatComeAndGoNeverHoldTheSameName() throws Exception {
    try (ChildProcess one = process("300");
        ChildProcess two = process("300");
        ChildProcess three = process("300")) {
      for (final ChildProcess other : List.of(one, two, three))
        assertEquals("alone", other.end().said().trim());
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
