package org.anatomicalpriors.updatesite;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.anatomicalpriors.InvalidInputException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Reads {@code db.xml.gz}; whatever the updater's grammar does not allow is refused. */
final class DatabaseReader {

  /** The first error ends it. */
  private static final class Strict implements ErrorHandler {
    @Override
    public void warning(final SAXParseException e) throws SAXException {
      throw e;
    }

    @Override
    public void error(final SAXParseException e) throws SAXException {
      throw e;
    }

    @Override
    public void fatalError(final SAXParseException e) throws SAXException {
      throw e;
    }
  }

  private DatabaseReader() {}

  static Database read(final Path file) {
    try {
      final String text = unpacked(file);
      final String document =
          DocumentType.imposedOn(text).orElseThrow(() -> refusal(file, "it has no DOCTYPE"));
      final Element root =
          parser().parse(new InputSource(new StringReader(document))).getDocumentElement();
      if (!children(root, "update-site").isEmpty())
        throw refusal(file, "it lists update sites, as only Fiji's own copy does");
      return new Database(
          children(root, "plugin").stream()
              .map(DatabaseReader::record)
              .collect(Collectors.toList()));
    } catch (final IOException | SAXException | NumberFormatException e) {
      throw refusal(file, e.getMessage() == null ? e.toString() : e.getMessage());
    } catch (final ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static InvalidInputException refusal(final Path file, final String reason) {
    return new InvalidInputException(
        file
            + " is not a readable list of an update site's files ("
            + reason
            + "); give a folder that update-site/build made, or its "
            + Database.NAME
            + ".");
  }

  private static String unpacked(final Path file) throws IOException {
    if (!Files.isRegularFile(file)) throw refusal(file, "there is no such file");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static DocumentBuilder parser() throws ParserConfigurationException {
    final DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setValidating(true);
    factory.setExpandEntityReferences(false);
    final DocumentBuilder parser = factory.newDocumentBuilder();
    parser.setErrorHandler(new Strict());
    return parser;
  }

  private static PluginRecord record(final Element plugin) {
    final String filename = plugin.getAttribute("filename");
    final List<Element> versions = children(plugin, "version");
    return new PluginRecord(
        filename,
        texts(plugin, "platform"),
        versions.isEmpty() ? null : current(versions.get(0)),
        children(plugin, "previous-version").stream()
            .map(e -> past(e, filename))
            .collect(Collectors.toList()));
  }

  private static Current current(final Element version) {
    final List<String> descriptions = texts(version, "description");
    return new Current(
        version.getAttribute("timestamp"),
        version.getAttribute("checksum"),
        Long.parseLong(version.getAttribute("filesize")),
        new Current.Details(
            descriptions.isEmpty() ? "" : descriptions.get(0),
            children(version, "dependency").stream()
                .map(e -> SitePath.stripped(e.getAttribute("filename")))
                .collect(Collectors.toList()),
            texts(version, "link"),
            texts(version, "author")));
  }

  private static Past past(final Element version, final String filename) {
    final String obsolete = version.getAttribute("timestamp-obsolete");
    return new Past(
        version.getAttribute("timestamp"),
        version.getAttribute("checksum"),
        version.hasAttribute("filename") ? version.getAttribute("filename") : filename,
        obsolete.isEmpty() || obsolete.equals("0") ? null : obsolete);
  }

  private static List<String> texts(final Element parent, final String name) {
    return children(parent, name).stream()
        .map(e -> e.getTextContent().trim())
        .collect(Collectors.toList());
  }

  private static List<Element> children(final Element parent, final String name) {
    final List<Element> found = new ArrayList<>();
    for (Node n = parent.getFirstChild(); n != null; n = n.getNextSibling())
      if (n instanceof Element && n.getNodeName().equals(name)) found.add((Element) n);
    return found;
  }
}
