package org.anatomicalpriors.io;

import com.google.gson.Gson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.anatomicalpriors.files.Sha256;

/** The entries of a model file, to be changed and packed again with checksums that fit. */
public final class BundleParts {

  public static final String DESCRIPTION = "model.json";
  public static final String CHECKSUMS = "checksums.json";
  public static final String SHAPES = "shape-space.json";
  public static final String GRAPH = "saved_model/saved_model.pb";
  public static final String INDEX = "saved_model/variables/variables.index";
  public static final String VARIABLES = "saved_model/variables/variables.data-00000-of-00001";

  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  private BundleParts() {}

  public static BundleParts of(final Path file) throws IOException {
    final BundleParts parts = new BundleParts();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (final ZipEntry e : Collections.list(zip.entries()))
        try (InputStream in = zip.getInputStream(e)) {
          parts.entries.put(e.getName(), in.readAllBytes());
        }
    }
    return parts;
  }

  public BundleParts copy() {
    final BundleParts copy = new BundleParts();
    copy.entries.putAll(entries);
    return copy;
  }

  public byte[] get(final String name) {
    return entries.get(name).clone();
  }

  public String text(final String name) {
    return new String(entries.get(name), StandardCharsets.UTF_8);
  }

  public BundleParts put(final String name, final byte[] content) {
    entries.put(name, content);
    return this;
  }

  public BundleParts put(final String name, final String content) {
    return put(name, content.getBytes(StandardCharsets.UTF_8));
  }

  public BundleParts remove(final String name) {
    entries.remove(name);
    return this;
  }

  /** Makes the checksums those of the entries. */
  public BundleParts seal() {
    final Map<String, String> checksums = new TreeMap<>();
    entries.forEach((name, content) -> checksums.put(name, Sha256.of(content)));
    checksums.remove(CHECKSUMS);
    return put(CHECKSUMS, new Gson().toJson(checksums));
  }

  public byte[] pack() throws IOException {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (final Map.Entry<String, byte[]> e : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(e.getKey()));
        zip.write(e.getValue());
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }
}
