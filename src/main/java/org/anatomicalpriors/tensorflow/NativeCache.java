package org.anatomicalpriors.tensorflow;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.anatomicalpriors.files.UserCache;
import org.anatomicalpriors.progress.Progress;

/**
 * The folder of the user in which a fetched native library is kept, for this and later runs. What
 * is there under its final name is whole and was checked.
 */
final class NativeCache {

  private static final String UNFINISHED = ".fetching";

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path root;
  private final String repository;

  /**
   * @param root folder to keep libraries in; made when needed
   * @param repository address of the Maven repository to fetch from
   */
  NativeCache(final Path root, final String repository) {
    this.root = root;
    this.repository = repository;
  }

  /** The user's, filled from Maven Central. */
  static NativeCache ofUser() {
    return new NativeCache(UserCache.folder(), NativeArtifact.CENTRAL);
  }

  /** The folder that holds the library, if it was fetched before. */
  Optional<Path> find(final NativeArtifact artifact) {
    final Path folder = folder(artifact);
    return Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
  }

  private Path folder(final NativeArtifact artifact) {
    return root.resolve("tensorflow-" + NativeArtifact.VERSION + "-" + artifact.platform());
  }

  /** What a person is asked to agree to. */
  String offer(final NativeArtifact artifact) {
    return "TensorFlow's native library ("
        + artifact.size()
        + ") from "
        + artifact.url(repository)
        + " into "
        + root;
  }

  /**
   * Fetches the library; the caller has asked for consent.
   *
   * @return the folder that holds it
   * @throws org.anatomicalpriors.progress.CancelledException if the user asked to stop
   * @throws EngineException if it cannot be had or is not what was published; nothing is left then
   */
  Path fetch(final NativeArtifact artifact, final Progress progress) {
    Path work = null;
    try {
      Files.createDirectories(root);
      deleteLeftovers();
      work = Files.createTempDirectory(root, UNFINISHED);
      final Path jar = work.resolve("library.jar");
      final String found =
          Download.fetch(artifact.url(repository), jar, artifact.bytes(), progress);
      if (!found.equals(artifact.sha256()))
        throw new IOException(
            "its SHA-256 is " + found + " instead of " + artifact.sha256() + ", so it was deleted");
      final Path files = Files.createDirectory(work.resolve("files"));
      unpack(jar, artifact.folderInJar(), files, progress);
      return moveIntoPlace(files, folder(artifact));
    } catch (final IOException e) {
      throw new EngineException(
          offer(artifact)
              + " could not be fetched ("
              + (e.getMessage() == null ? e.toString() : e.getMessage())
              + "); check the network, its proxy and the space on the disk and try again, or "
              + Natives.offlineRoute(artifact)
              + ".",
          e);
    } finally {
      if (work != null) TemporaryFolder.delete(work);
    }
  }

  /** Of processes that were killed; what is younger may be another process at work. */
  private void deleteLeftovers() throws IOException {
    final Instant limit = Instant.now().minus(Duration.ofDays(1));
    final List<Path> old = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, UNFINISHED + "*")) {
      for (final Path folder : folders)
        if (Files.getLastModifiedTime(folder).toInstant().isBefore(limit)) old.add(folder);
    }
    old.forEach(TemporaryFolder::delete);
  }

  private static void unpack(
      final Path jar, final String folder, final Path target, final Progress progress)
      throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (final Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        final ZipEntry entry = all.nextElement();
        if (entry.isDirectory() || !entry.getName().startsWith(folder)) continue;
        final String name = entry.getName().substring(folder.length());
        if (name.contains("/") || name.contains(File.separator)) continue; // licences' folder
        progress.update("unpack TensorFlow's library", 0, 0, name);
        try (InputStream in = zip.getInputStream(entry);
            OutputStream out = Files.newOutputStream(target.resolve(name))) {
          final byte[] buffer = new byte[BUFFER_BYTES];
          for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
            progress.checkCancelled();
          }
        }
      }
    }
    if (!Files.exists(target.resolve(Natives.libraryName())))
      throw new IOException("there is no " + Natives.libraryName() + " in it");
  }

  /** Another process may have done the same meanwhile. */
  private static Path moveIntoPlace(final Path files, final Path folder) throws IOException {
    try {
      return Files.move(files, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (final FileSystemException e) {
      if (Files.isDirectory(folder)) return folder;
      throw e;
    }
  }
}
