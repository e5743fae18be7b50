package org.anatomicalpriors.fuzzing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.anatomicalpriors.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is seen. */
class CampaignTest {

  @TempDir Path root;

  private List<String> complaints(final Consumer<Path> reader) throws Exception {
    final Source source =
        new Source() {
          @Override
          public String name() {
            return "toy";
          }

          @Override
          public Input input(final SplittableRandom random) {
            return new Input().with("toy.txt", new byte[10]);
          }

          @Override
          public void read(final Path file) {
            reader.accept(file);
          }

          @Override
          public long mostMemory(final Input input) {
            return 1 << 16;
          }
        };
    return new Campaign(source, root).run(7, 1).complaints();
  }

  private static void assertComplaint(final String start, final List<String> complaints) {
    assertEquals(1, complaints.size(), complaints.toString());
    assertTrue(complaints.get(0).startsWith("toy, input 7: " + start), complaints.toString());
  }

  @Test
  void soundReadersAreLeftAlone() throws Exception {
    assertEquals(List.of(), complaints(f -> {}));
    assertEquals(
        List.of(),
        complaints(
            f -> {
              throw new InvalidInputException(f + " is empty; give another one.");
            }));
  }

  @Test
  void otherExceptionsAreSeen() throws Exception {
    assertComplaint(
        "java.lang.IllegalStateException: no",
        complaints(
            f -> {
              throw new IllegalStateException("no");
            }));
    assertComplaint("java.lang.StackOverflowError", complaints(CampaignTest::dive));
  }

  private static void dive(final Path file) {
    dive(file);
  }

  @Test
  void messagesThatAreNoSentenceAreSeen() throws Exception {
    for (final String message : List.of("no end", "two\nlines.", "x".repeat(5000) + "."))
      assertComplaint(
          "is refused with what is no sentence",
          complaints(
              f -> {
                throw new InvalidInputException(message);
              }));
  }

  @Test
  void memoryIsSeen() throws Exception {
    final byte[][] kept = new byte[1][];
    assertComplaint("took ", complaints(f -> kept[0] = new byte[1 << 20]));
  }

  @Test
  void filesElsewhereAreSeen() throws Exception {
    final List<String> complaints =
        complaints(
            f -> {
              try {
                Files.write(f.resolveSibling("../evil"), new byte[1]);
              } catch (final IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertTrue(complaints.get(0).contains("evil"), complaints.toString());
  }
}
