package org.anatomicalpriors.updatesite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.anatomicalpriors.InvalidInputException;

/** The licences of what a site distributes: a list, and the texts that the jars bring. */
final class Licences {

  private static final Pattern TEXT =
      Pattern.compile(
          "(META-INF/|org/tensorflow/internal/c_api/[^/]+/)?"
              + "(LICEN[CS]E|NOTICE|COPYING|LGPL|AL2)[^/]*",
          Pattern.CASE_INSENSITIVE);

  private static final String FOLDER = "licenses/";

  private final String folder;
  private final Path work;

  /**
   * @param name of the folder in {@code licenses/}
   * @param work where to put the texts until the site is made
   */
  Licences(final String name, final Path work) {
    this.folder = FOLDER + name + "/";
    this.work = work;
  }

  /**
   * Files for the site, by their paths there.
   *
   * @throws InvalidInputException if a library names no licence
   */
  List<SiteFile> of(final List<Library> libraries) throws IOException {
    final List<SiteFile> files = new ArrayList<>();
    final StringBuilder list =
        new StringBuilder(
            "Libraries that are installed with Anatomical Priors, and their licences.\n\n");
    for (final Library library : libraries) {
      list.append(library.name()).append(": ").append(named(library)).append('\n');
      try (ZipFile jar = new ZipFile(library.jar.toFile())) {
        final List<ZipEntry> texts = new ArrayList<>();
        jar.stream().filter(Licences::isText).forEach(texts::add);
        for (final ZipEntry text : texts) files.add(extracted(jar, text, library.artifact()));
      }
    }
    final Path file = Files.createDirectories(work.resolve(folder)).resolve("THIRD-PARTY.txt");
    Files.writeString(file, list);
    files.add(new SiteFile(folder + "THIRD-PARTY.txt", file));
    return files;
  }

  private static boolean isText(final ZipEntry entry) {
    return !entry.isDirectory()
        && TEXT.matcher(entry.getName()).matches()
        && !entry.getName().endsWith(".class");
  }

  private static String named(final Library library) {
    final Optional<Path> pom = library.pom();
    final List<String> licences = pom.isPresent() ? Pom.read(pom.get()).licences() : List.of();
    if (licences.isEmpty())
      throw new InvalidInputException(
          "No licence is known of "
              + library.jar
              + ": its Maven description ("
              + (pom.isPresent() ? pom.get().getFileName() : "which is not beside it")
              + ") and those of its parents name none; only libraries whose licence is known can be"
              + " distributed.");
    return String.join("; ", licences);
  }

  private SiteFile extracted(final ZipFile jar, final ZipEntry text, final String artifact)
      throws IOException {
    final String entry = text.getName().substring(text.getName().lastIndexOf('/') + 1);
    final String name = entry.contains(".") && !entry.matches(".*\\d") ? entry : entry + ".txt";
    final Path target = work.resolve(folder).resolve(artifact).resolve(name);
    Files.createDirectories(target.getParent());
    try (InputStream in = jar.getInputStream(text)) {
      Files.copy(in, target);
    }
    return new SiteFile(folder + artifact + "/" + name, target);
  }
}
