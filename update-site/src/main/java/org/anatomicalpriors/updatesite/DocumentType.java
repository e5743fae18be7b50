package org.anatomicalpriors.updatesite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The grammar of {@code db.xml.gz}, which stands in the file itself. */
final class DocumentType {

  private static final Pattern DECLARATION =
      Pattern.compile("<!DOCTYPE\\s+pluginRecords\\s*\\[.*?\\]\\s*>\\s*", Pattern.DOTALL);

  private DocumentType() {}

  /** The declaration, with a line break at the end. */
  static String declaration() {
    try (InputStream in = DocumentType.class.getResourceAsStream("plugin-records.dtd")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The document with the updater's own grammar in place of the one that it brings; empty if it
   * brings none.
   */
  static Optional<String> imposedOn(final String document) {
    final Matcher m = DECLARATION.matcher(document);
    return m.find()
        ? Optional.of(m.replaceFirst(Matcher.quoteReplacement(declaration())))
        : Optional.empty();
  }
}
