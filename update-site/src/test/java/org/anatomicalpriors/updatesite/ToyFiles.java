package org.anatomicalpriors.updatesite;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files of a small release, which can be changed from one to the next. */
final class ToyFiles {

  static final String FIRST = "20260102030405";
  static final String SECOND = "20260203040506";
  static final String THIRD = "20260304050607";

  static final String PLUGIN = "plugins/anatomical-priors-1.0.jar";
  static final String ENGINE = "lib/anatomical-priors/engine-1.0.jar";
  static final String NATIVE = "lib/linux64/anatomical-priors/native-1.0-linux-x86_64.jar";
  static final String TEXT = "lib/anatomical-priors/cluster.sbatch";
  static final String SCRIPT = "scripts/Plugins/Examples/Run_It.groovy";

  private final Path folder;
  private final List<SiteFile> files = new ArrayList<>();

  ToyFiles(final Path folder) {
    this.folder = folder;
  }

  /** Plugin, engine, native library, script, text. */
  static ToyFiles release(final Path folder) throws IOException {
    final ToyFiles toy = new ToyFiles(folder);
    return toy.with(ENGINE, toy.jar("engine", 0, Map.of("engine/E.class", "e")))
        .with(NATIVE, toy.jar("native", 0, Map.of("n.so", "n")))
        .with(TEXT, toy.text("cluster", "sbatch"))
        .with(SCRIPT, toy.text("script", "println 1"))
        .plugin("first");
  }

  ToyFiles plugin(final String code) throws IOException {
    without("plugins/anatomical-priors.jar");
    files.add(
        new SiteFile(
            PLUGIN,
            jar("plugin " + code, 0, Map.of("org/anatomicalpriors/A.class", code)),
            new Current.Details(
                "Segments <images> & more.",
                List.of("jars/ij.jar", "lib/anatomical-priors/engine.jar"),
                List.of("https://example.org/?a=1&b=2"),
                List.of("A. Author"))));
    return this;
  }

  ToyFiles with(final String path, final Path source) {
    without(SitePath.stripped(path));
    files.add(new SiteFile(path, source));
    return this;
  }

  ToyFiles without(final String key) {
    files.removeIf(f -> f.key().equals(key));
    return this;
  }

  List<SiteFile> files() {
    return List.copyOf(files);
  }

  Path text(final String name, final String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  /**
   * @param time of the entries, seconds since 1970
   */
  Path jar(final String name, final long time, final Map<String, String> entries)
      throws IOException {
    final Path jar = folder.resolve(name + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (final Map.Entry<String, String> e : entries.entrySet()) {
        final ZipEntry entry = new ZipEntry(e.getKey());
        entry.setLastModifiedTime(FileTime.from(Instant.ofEpochSecond(time)));
        zip.putNextEntry(entry);
        zip.write(e.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return jar;
  }
}
