package org.anatomicalpriors.tensorflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.files.AtomicFiles;
import org.anatomicalpriors.files.Sha256;
import org.anatomicalpriors.files.UserCache;

/**
 * Keeps what trials found: a file for each kind of machine, since many may share a user's folder.
 * What was kept first stays, so that all processes of a machine compute alike.
 */
final class PrecisionCache {

  private static final int NAME_LETTERS = 16;

  private final Path folder;

  /**
   * @param folder made when needed
   */
  PrecisionCache(final Path folder) {
    this.folder = folder;
  }

  /** The user's. */
  static PrecisionCache ofUser() {
    return new PrecisionCache(UserCache.folder());
  }

  /** What was kept for a machine; empty if nothing was or it cannot be read. */
  Optional<SpeedGain> find(final String machine) {
    try {
      final String text = Files.readString(file(machine));
      return text.startsWith(machine + "\n")
          ? SpeedGain.parse(text.substring(machine.length() + 1))
          : Optional.empty();
    } catch (final IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /**
   * Keeps a gain unless another process was faster.
   *
   * @return what is kept now; empty if nothing can be kept
   */
  Optional<SpeedGain> keep(final String machine, final SpeedGain gain) {
    final Optional<SpeedGain> before = find(machine);
    if (before.isPresent()) return before;
    final byte[] text = (machine + "\n" + gain.toText()).getBytes(StandardCharsets.UTF_8);
    try {
      Files.createDirectories(folder);
      AtomicFiles.write(file(machine), out -> out.write(text));
    } catch (final IOException | UncheckedIOException | InvalidInputException e) {
      return Optional.empty();
    }
    return find(machine);
  }

  /** The file for a machine. */
  Path file(final String machine) {
    final String hash = Sha256.of(machine.getBytes(StandardCharsets.UTF_8));
    return folder.resolve("bfloat16-" + hash.substring(0, NAME_LETTERS) + ".txt");
  }
}
