package org.anatomicalpriors.updatesite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.anatomicalpriors.InvalidInputException;

/** Checks the folder of an update site as it is to be published. */
final class SiteValidator {

  private final ShippedByFiji fiji;

  SiteValidator(final ShippedByFiji fiji) {
    this.fiji = fiji;
  }

  /** What is wrong, a sentence each; empty if the site can be published. */
  List<String> problems(final Path site) throws IOException {
    final Database database;
    try {
      database = Database.read(site);
    } catch (final InvalidInputException e) {
      return List.of(e.getMessage());
    }
    final Problems problems = new Problems();
    RecordRules.check(database, problems);
    FijiRules.check(database, fiji, problems);
    FileRules.check(site, database, problems);
    return problems.sentences();
  }
}
