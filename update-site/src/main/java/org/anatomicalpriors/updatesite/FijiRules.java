package org.anatomicalpriors.updatesite;

/** The site leaves what is Fiji's to Fiji, and gets what it needs from it. */
final class FijiRules {

  private FijiRules() {}

  static void check(final Database database, final ShippedByFiji fiji, final Problems problems) {
    for (final PluginRecord record : database.records()) {
      final String path = record.filename;
      problems.require(
          !fiji.has(path),
          path
              + " has the name of a file that Fiji ships and would replace it for every plugin; leave"
              + " it out and name Fiji's as a dependency.");
      problems.require(
          !SitePath.onClassPath(path) || SitePath.artifact(path).equals(Release.NAME),
          path
              + " would be on the class path of every plugin, where only the plugin's own jar belongs;"
              + " put libraries into lib/"
              + Release.NAME
              + "/.");
      record.current().ifPresent(c -> dependencies(record, c, database, fiji, problems));
    }
  }

  private static void dependencies(
      final PluginRecord record,
      final Current current,
      final Database database,
      final ShippedByFiji fiji,
      final Problems problems) {
    for (final String dependency : current.details.dependencies)
      problems.require(
          fiji.has(dependency)
              || database.find(dependency).flatMap(PluginRecord::current).isPresent(),
          record.filename
              + " depends on "
              + dependency
              + ", which neither this site nor Fiji has.");
  }
}
