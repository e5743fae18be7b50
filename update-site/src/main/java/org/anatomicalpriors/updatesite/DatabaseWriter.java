package org.anatomicalpriors.updatesite;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes {@code db.xml.gz}: the same records, the same bytes. */
final class DatabaseWriter {

  private final XMLStreamWriter xml;

  private DatabaseWriter(final XMLStreamWriter xml) {
    this.xml = xml;
  }

  static void write(final Database database, final Path file) throws IOException {
    final byte[] text = text(database).getBytes(StandardCharsets.UTF_8);
    // Java's gzip header has no time.
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text);
    }
  }

  static String text(final Database database) {
    final StringWriter out = new StringWriter();
    try {
      final XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      new DatabaseWriter(xml).write(database);
      xml.close();
    } catch (final XMLStreamException e) {
      throw new IllegalStateException(e); // nothing can fail in memory
    }
    return out.toString();
  }

  private void write(final Database database) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeCharacters("\n");
    xml.writeDTD(DocumentType.declaration());
    xml.writeStartElement("pluginRecords");
    for (final PluginRecord record : database.records()) record(record);
    line(0);
    xml.writeEndElement();
    xml.writeCharacters("\n");
    xml.writeEndDocument();
  }

  private void record(final PluginRecord record) throws XMLStreamException {
    line(1);
    xml.writeStartElement("plugin");
    xml.writeAttribute("filename", record.filename);
    for (final String platform : record.platforms) text(2, "platform", platform);
    if (record.current().isPresent()) version(record.current().get());
    for (final Past past : record.past) {
      line(2);
      xml.writeEmptyElement("previous-version");
      xml.writeAttribute("timestamp", past.timestamp);
      if (past.obsolete().isPresent())
        xml.writeAttribute("timestamp-obsolete", past.obsolete().get());
      xml.writeAttribute("checksum", past.checksum);
      xml.writeAttribute("filename", past.filename);
    }
    line(1);
    xml.writeEndElement();
  }

  private void version(final Current current) throws XMLStreamException {
    line(2);
    xml.writeStartElement("version");
    xml.writeAttribute("checksum", current.checksum);
    xml.writeAttribute("timestamp", current.timestamp);
    xml.writeAttribute("filesize", Long.toString(current.size));
    final Current.Details details = current.details;
    if (!details.description.isEmpty()) text(3, "description", details.description);
    for (final String dependency : details.dependencies) {
      line(3);
      xml.writeEmptyElement("dependency");
      xml.writeAttribute("filename", dependency);
      xml.writeAttribute("timestamp", current.timestamp);
    }
    for (final String link : details.links) text(3, "link", link);
    for (final String author : details.authors) text(3, "author", author);
    line(2);
    xml.writeEndElement();
  }

  private void text(final int depth, final String name, final String text)
      throws XMLStreamException {
    line(depth);
    xml.writeStartElement(name);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }

  private void line(final int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
  }
}
