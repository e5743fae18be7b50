package org.anatomicalpriors.isolation;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/**
 * The way from the classes that Fiji sees to the core.
 *
 * <pre>{@code
 * Backend backend = CoreLoader.load(Backend.class, "org.anatomicalpriors.fiji.FijiBackend");
 * }</pre>
 *
 * Nothing global is set. Callers of what was loaded set the thread's {@link ContextClassLoader} to
 * {@link #loader} meanwhile.
 */
public final class CoreLoader {

  private static ClassLoader loader;

  private CoreLoader() {}

  /**
   * Makes an object of the core.
   *
   * @param type an interface that both sides share
   * @param implementation name of a public class of the core with a public constructor without
   *     parameters
   * @throws org.anatomicalpriors.InvalidInputException if Java is too old or the engine's jars are
   *     missing
   */
  public static <T> T load(final Class<T> type, final String implementation) {
    JavaVersion.require11();
    final ClassLoader core = loader();
    try (ContextClassLoader c = ContextClassLoader.of(core)) {
      return Class.forName(implementation, true, core)
          .asSubclass(type)
          .getConstructor()
          .newInstance();
    } catch (final InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException) throw (RuntimeException) e.getCause();
      if (e.getCause() instanceof Error) throw (Error) e.getCause();
      throw new IllegalStateException(implementation + " could not be made", e.getCause());
    } catch (final ReflectiveOperationException | ClassCastException e) {
      throw new IllegalStateException(
          implementation
              + " is missing from Anatomical Priors or does not fit it ("
              + e
              + "); install the plugin anew.",
          e);
    }
  }

  /**
   * The loader of the core: in a Fiji folder an isolated one, the same for the life of the process;
   * on a plain class path the one that loaded this class.
   */
  public static synchronized ClassLoader loader() {
    if (loader == null) loader = make();
    return loader;
  }

  private static ClassLoader make() {
    final ClassLoader own = CoreLoader.class.getClassLoader();
    final Optional<Installation> installation = Installation.find();
    return installation.isPresent() ? new IsolatedClassLoader(installation.get().urls(), own) : own;
  }
}
