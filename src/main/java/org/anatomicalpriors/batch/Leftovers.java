package org.anatomicalpriors.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.anatomicalpriors.files.AtomicFiles;
import org.anatomicalpriors.files.Claims;
import org.anatomicalpriors.output.ResultPaths;
import org.anatomicalpriors.output.VolumesTables;

/** Temporary files of processes that were killed. */
final class Leftovers {

  private static final Set<String> TABLES =
      Set.of(VolumesTables.FILE, FailedTable.FILE, ResultPaths.LABEL_SET);

  private Leftovers() {}

  /** Deletes those among the results in a folder; what a living process writes is left alone. */
  static void delete(final Path folder, final Claims claims) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*")) {
      for (final Path file : files) {
        final Optional<String> name = AtomicFiles.targetOf(file).flatMap(Leftovers::claimOf);
        if (name.isEmpty()) continue;
        final Optional<Claims.Claim> claim = claims.tryClaim(name.get());
        if (claim.isEmpty()) continue;
        try (Claims.Claim held = claim.get()) {
          if (claims.isGuarding()) Files.deleteIfExists(file);
        }
      }
    } catch (final DirectoryIteratorException e) {
      throw failure(folder, e.getCause());
    } catch (final IOException e) {
      throw failure(folder, e);
    }
  }

  private static Optional<String> claimOf(final Path target) {
    return TABLES.contains(target.getFileName().toString())
        ? Optional.of(BatchTables.CLAIM)
        : ResultPaths.of(target).map(ResultPaths::name);
  }

  private static UncheckedIOException failure(final Path folder, final IOException e) {
    return new UncheckedIOException(
        "Temporary files in " + folder + " could not be deleted (" + e.getMessage() + ").", e);
  }
}
