package org.anatomicalpriors.isolation;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Paths;
import java.util.Map;

/**
 * Main class of a process that is a Fiji on Java 8 as far as our classes can tell: newer class
 * files of ours do not load. Starts a context and asks the service for something.
 */
final class OldFiji {

  /** Java 8, for the classes of this plugin. */
  private static final class Java8 extends URLClassLoader {

    private static final int JAVA_8 = 52;

    private Java8(final URL... urls) {
      super(urls, ClassLoader.getSystemClassLoader().getParent());
    }

    @Override
    protected Class<?> findClass(final String name) throws ClassNotFoundException {
      if (name.startsWith("org.anatomicalpriors.")) {
        final URL file = findResource(name.replace('.', '/') + ".class");
        if (file == null) throw new ClassNotFoundException(name);
        try (InputStream in = file.openStream();
            DataInputStream data = new DataInputStream(in)) {
          data.readInt();
          data.readUnsignedShort();
          final int major = data.readUnsignedShort();
          if (major > JAVA_8)
            throw new UnsupportedClassVersionError(name + " has version " + major);
        } catch (final IOException e) {
          throw new ClassNotFoundException(name, e);
        }
      }
      return super.findClass(name);
    }
  }

  private OldFiji() {}

  /**
   * @param arguments jars of the class path, {@code --}, names of classes to load
   */
  public static void main(final String[] arguments) throws Exception {
    int end = 0;
    while (!arguments[end].equals("--")) end++;
    final URL[] urls = new URL[end];
    for (int i = 0; i < end; i++) urls[i] = Paths.get(arguments[i]).toUri().toURL();
    final Java8 loader = new Java8(urls);
    System.setProperty("java.specification.version", "1.8"); // not settable from outside
    Thread.currentThread().setContextClassLoader(loader);
    for (int i = end + 1; i < arguments.length; i++)
      examine(Class.forName(arguments[i], true, loader));
    System.out.println("examined: " + (arguments.length - end - 1));
    ask(loader);
    System.exit(0);
  }

  /** All types in signatures load. */
  private static void examine(final Class<?> type) {
    type.getDeclaredMethods();
    type.getDeclaredFields();
    type.getDeclaredConstructors();
    type.getDeclaredClasses();
    type.getAnnotations();
  }

  private static void ask(final ClassLoader loader) throws Exception {
    final Object context = loader.loadClass("org.scijava.Context").getConstructor().newInstance();
    final Class<?> type = loader.loadClass("org.anatomicalpriors.service.AnatomicalPriorService");
    final Object service =
        context.getClass().getMethod("service", Class.class).invoke(context, type);
    System.out.println("service: " + (service != null));
    for (final Method method :
        new Method[] {
          type.getMethod("load", Object.class), type.getMethod("run", String.class, Map.class)
        })
      try {
        method.invoke(
            service,
            method.getName().equals("load")
                ? new Object[] {"prior.zip"}
                : new Object[] {"segment", Map.of()});
        System.out.println("no failure");
      } catch (final InvocationTargetException e) {
        System.out.println(
            method.getName()
                + ": "
                + e.getCause().getClass().getSimpleName()
                + ": "
                + e.getCause().getMessage());
      }
  }
}
