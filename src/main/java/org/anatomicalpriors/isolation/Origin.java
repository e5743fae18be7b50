package org.anatomicalpriors.isolation;

/** From which side the isolated loader takes a class or a resource, told by its name. */
enum Origin {
  /** One copy for both sides, Fiji's: types that cross the border. */
  PARENT_ONLY,
  /** Java itself and what belongs to it. */
  PARENT_FIRST,
  /** Whatever the isolated jars hold, else Fiji's. */
  OWN_FIRST,
  /** Never Fiji's, even where the isolated jars lack it. */
  OWN_ONLY;

  private static final String PLUGIN = "org.anatomicalpriors.";

  /** Packages of the plugin that Fiji's class path sees too. */
  private static final String[] SHARED_PACKAGES = {
    "progress.", "settings.", "job.", "isolation.", "service.", "command."
  };

  /** Images, windows and services are passed from one side to the other. */
  private static final String[] SHARED = {"java.", "ij.", "net.imglib2.", "org.scijava."};

  private static final String[] PLATFORM = {
    "javax.", "jdk.", "sun.", "com.sun.", "org.w3c.dom.", "org.xml.sax.", "netscape.javascript."
  };

  /** Other plugins bring other versions of these under the same names. */
  private static final String[] ISOLATED = {
    "org.tensorflow.",
    "ai.djl.",
    "org.bytedeco.",
    "com.google.protobuf.",
    "com.google.gson.",
    "com.sun.jna.",
    "org.apache.commons.compress."
  };

  private static final String SERVICES = "META-INF/services/";

  /**
   * @param name of a class, with dots
   */
  static Origin ofClass(final String name) {
    if (name.startsWith(PLUGIN)) return ofPlugin(name.substring(PLUGIN.length()));
    if (startsWithAny(name, ISOLATED)) return OWN_ONLY;
    if (startsWithAny(name, SHARED)) return PARENT_ONLY;
    return startsWithAny(name, PLATFORM) ? PARENT_FIRST : OWN_FIRST;
  }

  /**
   * As the classes beside it; a list of service providers as the service's type.
   *
   * @param name with slashes
   */
  static Origin ofResource(final String name) {
    if (service(name) != null) return ofClass(service(name));
    final boolean type = name.endsWith(".class");
    return ofClass(
        name.substring(0, name.length() - (type ? ".class".length() : 0)).replace('/', '.'));
  }

  /** Name of the type whose providers the resource lists, or null if it is no such list. */
  static String service(final String resource) {
    return resource.startsWith(SERVICES) ? resource.substring(SERVICES.length()) : null;
  }

  /**
   * Files at the root, such as {@code version.properties}, count as classes of the root package.
   */
  private static Origin ofPlugin(final String rest) {
    final boolean root = rest.indexOf('.') < 0 || rest.equals("version.properties");
    return root || startsWithAny(rest, SHARED_PACKAGES) ? PARENT_ONLY : OWN_ONLY;
  }

  private static boolean startsWithAny(final String name, final String... prefixes) {
    for (final String prefix : prefixes) if (name.startsWith(prefix)) return true;
    return false;
  }
}
