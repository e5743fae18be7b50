package org.anatomicalpriors.isolation;

/**
 * A thread's context class loader, replaced for a while. DJL finds its engines, and JavaCPP some of
 * its files, through it.
 *
 * <pre>{@code
 * try (ContextClassLoader c = ContextClassLoader.of(loader)) {
 *   // service loaders look here
 * }
 * }</pre>
 *
 * <p>It is set for every call into the core from outside ({@code service}) and again where the core
 * enters the engine ({@code tensorflow}), which any thread may do. Threads made meanwhile inherit
 * it; the threads of the common fork-join pool do not, and do arithmetic only.
 */
public final class ContextClassLoader implements AutoCloseable {

  private final Thread thread = Thread.currentThread();
  private final ClassLoader before = thread.getContextClassLoader();

  private ContextClassLoader(final ClassLoader loader) {
    thread.setContextClassLoader(loader);
  }

  /** Sets the current thread's loader until closed, which the same thread has to do. */
  public static ContextClassLoader of(final ClassLoader loader) {
    return new ContextClassLoader(loader);
  }

  /** Sets it to the loader of {@code type}. */
  public static ContextClassLoader of(final Class<?> type) {
    return new ContextClassLoader(type.getClassLoader());
  }

  @Override
  public void close() {
    thread.setContextClassLoader(before);
  }
}
