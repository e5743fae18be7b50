package org.anatomicalpriors.isolation;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Loads the core and its libraries from jars that Fiji's class path does not have, before whatever
 * the class path has under the same names; what crosses the border, such as images and this
 * plugin's interfaces, comes from the class path alone. See {@link Origin} for which is which.
 *
 * <p>Loggers: with slf4j and a provider among its jars, as the update site has them, DJL logs
 * through these and is independent of the version and the settings of Fiji's; without, through
 * Fiji's.
 *
 * <p>A native library belongs to one loader for the life of the process, so there should be one
 * isolated loader, never closed. After {@link #close} classes already loaded work on, others are
 * not found any more. While open, Windows locks the jars; Fiji's updater replaces files at Fiji's
 * next start, before this loader exists.
 */
final class IsolatedClassLoader extends URLClassLoader {

  static {
    registerAsParallelCapable();
  }

  /**
   * @param urls jars and folders to load from, first ones first
   * @param parent Fiji's class path
   */
  IsolatedClassLoader(final URL[] urls, final ClassLoader parent) {
    super(urls, parent);
  }

  @Override
  protected Class<?> loadClass(final String name, final boolean resolve)
      throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      final Class<?> loaded = findLoadedClass(name);
      final Class<?> found = loaded == null ? search(name) : loaded;
      if (resolve) resolveClass(found);
      return found;
    }
  }

  private Class<?> search(final String name) throws ClassNotFoundException {
    switch (Origin.ofClass(name)) {
      case PARENT_ONLY:
        return getParent().loadClass(name);
      case PARENT_FIRST:
        return super.loadClass(name, false);
      case OWN_ONLY:
        return findOwn(name);
      default:
        try {
          return findClass(name);
        } catch (final ClassNotFoundException e) {
          return getParent().loadClass(name);
        }
    }
  }

  private Class<?> findOwn(final String name) throws ClassNotFoundException {
    try {
      return findClass(name);
    } catch (final ClassNotFoundException e) {
      throw new ClassNotFoundException(
          name + " is not among the jars of Anatomical Priors, and no other plugin's is taken", e);
    }
  }

  @Override
  public URL getResource(final String name) {
    final URL parents;
    switch (Origin.ofResource(name)) {
      case PARENT_ONLY:
        return getParent().getResource(name);
      case PARENT_FIRST:
        parents = getParent().getResource(name);
        return parents == null ? findResource(name) : parents;
      case OWN_ONLY:
        return findResource(name);
      default:
        final URL own = findResource(name);
        return own == null && !isOwnService(name) ? getParent().getResource(name) : own;
    }
  }

  @Override
  public Enumeration<URL> getResources(final String name) throws IOException {
    // By text: comparing URLs may ask the network.
    final Map<String, URL> all = new LinkedHashMap<>();
    switch (Origin.ofResource(name)) {
      case PARENT_ONLY:
        // Providers of shared types may be ours.
        add(getParent().getResources(name), all);
        if (Origin.service(name) != null) add(findResources(name), all);
        break;
      case PARENT_FIRST:
        add(getParent().getResources(name), all);
        add(findResources(name), all);
        break;
      case OWN_ONLY:
        add(findResources(name), all);
        break;
      default:
        add(findResources(name), all);
        if (!isOwnService(name)) add(getParent().getResources(name), all);
    }
    return Collections.enumeration(all.values());
  }

  /** Whether these are providers of a type that comes from here, which others cannot implement. */
  private boolean isOwnService(final String resource) {
    final String type = Origin.service(resource);
    return type != null && findResource(type.replace('.', '/') + ".class") != null;
  }

  private static void add(final Enumeration<URL> urls, final Map<String, URL> all) {
    while (urls.hasMoreElements()) {
      final URL url = urls.nextElement();
      all.putIfAbsent(url.toExternalForm(), url);
    }
  }
}
