package org.anatomicalpriors.fuzzing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** One or more files by name, of which the first one is opened. */
final class Input {

  final Map<String, byte[]> files = new LinkedHashMap<>();

  Input with(final String name, final byte[] content) {
    files.put(name, content);
    return this;
  }

  /** Writes the files into an empty folder; returns the one to open. */
  Path write(final Path folder) throws IOException {
    for (final Map.Entry<String, byte[]> f : files.entrySet())
      Files.write(folder.resolve(f.getKey()), f.getValue());
    return folder.resolve(files.keySet().iterator().next());
  }

  /** Bytes of all files. */
  long size() {
    return files.values().stream().mapToLong(f -> f.length).sum();
  }
}
