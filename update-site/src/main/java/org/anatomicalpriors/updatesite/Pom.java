package org.anatomicalpriors.updatesite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.anatomicalpriors.InvalidInputException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** A Maven project's description, as far as an update site tells it. */
final class Pom {

  private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

  private final Path file;
  private final Element project;

  private Pom(final Path file, final Element project) {
    this.file = file;
    this.project = project;
  }

  /**
   * @throws InvalidInputException if it cannot be read
   */
  static Pom read(final Path file) {
    try {
      final DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setFeature(NO_DOCTYPE, true);
      return new Pom(file, factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement());
    } catch (final IOException | SAXException | ParserConfigurationException e) {
      throw new InvalidInputException(file + " is no readable Maven project (" + e + ").", e);
    }
  }

  /** Text of an element by names from the root down; empty if it is not there. */
  String text(final String... names) {
    Element at = project;
    for (final String name : names) {
      final List<Element> found = children(at, name);
      if (found.isEmpty()) return "";
      at = found.get(0);
    }
    return at.getTextContent().trim().replaceAll("\\s+", " ");
  }

  /** Names of the developers. */
  List<String> developers() {
    final List<String> names = new ArrayList<>();
    for (final Element developers : children(project, "developers"))
      for (final Element developer : children(developers, "developer"))
        for (final Element name : children(developer, "name"))
          names.add(name.getTextContent().trim());
    return names;
  }

  /** Names of the licences with their addresses, of the parents if it names none. */
  List<String> licences() {
    final List<String> licences = new ArrayList<>();
    for (final Element all : children(project, "licenses"))
      for (final Element licence : children(all, "license")) {
        final List<String> parts = new ArrayList<>();
        for (final String part : List.of("name", "url"))
          for (final Element e : children(licence, part))
            parts.add(e.getTextContent().trim().replaceAll("\\s+", " "));
        licences.add(String.join(", ", parts));
      }
    return licences.isEmpty() ? parent().map(Pom::licences).orElse(licences) : licences;
  }

  /** In the same local repository, whose folders are named by group, artifact and version. */
  private Optional<Pom> parent() {
    final String group = text("parent", "groupId");
    if (group.isEmpty()) return Optional.empty();
    final String artifact = text("parent", "artifactId"), version = text("parent", "version");
    final Path parent =
        repository()
            .resolve(group.replace('.', '/'))
            .resolve(artifact)
            .resolve(version)
            .resolve(artifact + "-" + version + ".pom");
    return Files.isRegularFile(parent) ? Optional.of(read(parent)) : Optional.empty();
  }

  private Path repository() {
    final String own = text("groupId");
    final String group = own.isEmpty() ? text("parent", "groupId") : own;
    Path folder = file.toAbsolutePath().getParent().getParent().getParent();
    for (int i = 0; i < group.split("\\.").length; i++) folder = folder.getParent();
    return folder;
  }

  private static List<Element> children(final Element parent, final String name) {
    final List<Element> found = new ArrayList<>();
    for (Node n = parent.getFirstChild(); n != null; n = n.getNextSibling())
      if (n instanceof Element && n.getNodeName().equals(name)) found.add((Element) n);
    return found;
  }
}
