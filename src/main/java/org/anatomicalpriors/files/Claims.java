package org.anatomicalpriors.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Lets several processes and threads share the work on a folder: a name in it is claimed by at most
 * one at a time. A claim is a lock of the operating system on one byte of the hidden file {@value
 * #FILE}, so it ends with its process, however that ends. Whoever is the last to use the file
 * deletes it.
 *
 * <pre>{@code
 * try (Claims claims = Claims.in(folder)) {
 *   Optional<Claims.Claim> claim = claims.tryClaim("subject");
 * }
 * }</pre>
 */
public final class Claims implements AutoCloseable {

  static final String FILE = ".claims";

  /** Bits of a lock's place: far more than names, and within what network folders allow. */
  private static final long PLACES = (1L << 40) - 1;

  /** All that use the file lock this place together; who deletes the file locks it alone. */
  private static final long USERS = PLACES + 1;

  private static final int ATTEMPTS = 100;
  private static final long PAUSE_MILLIS = 10;

  /**
   * One channel for each folder: closing any channel of a file may end all locks on it that this
   * process has.
   */
  private static final Map<Path, Shared> OPEN = new HashMap<>();

  private static final class Shared {
    final Path folder;
    final FileChannel channel;
    final FileLock use; // null where the file system knows no locks
    int users;

    Shared(final Path folder, final FileChannel channel, final FileLock use) {
      this.folder = folder;
      this.channel = channel;
      this.use = use;
    }
  }

  private final Shared shared;
  private volatile boolean known = true;
  private boolean closed;

  private Claims(final Shared shared) {
    this.shared = shared;
  }

  /**
   * Opens the claims of a folder.
   *
   * @throws UncheckedIOException if nothing can be written there
   */
  public static Claims in(final Path folder) {
    synchronized (OPEN) {
      try {
        final Path real = folder.toRealPath();
        Shared shared = OPEN.get(real);
        if (shared == null) {
          shared = open(real);
          OPEN.put(real, shared);
        }
        shared.users++;
        return new Claims(shared);
      } catch (final IOException e) {
        throw AtomicFiles.unwritable(folder, e);
      }
    }
  }

  private static Shared open(final Path folder) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        final FileChannel channel = channel(folder);
        final FileLock use = lock(channel, true);
        if (use != null && channel.size() == 0) return new Shared(folder, channel, use);
        // Not a file of ours, or one without locks: it works all the same, and it stays.
        if (attempt == ATTEMPTS) return new Shared(folder, channel, null);
        channel.close();
      } catch (final AccessDeniedException e) { // Windows, while another process deletes the file
        if (attempt == ATTEMPTS) throw e;
      }
      pause();
    }
  }

  private static FileChannel channel(final Path folder) throws IOException {
    return FileChannel.open(
        folder.resolve(FILE),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  /** A lock for users; null if others have it, or if there are no locks. */
  private static FileLock lock(final FileChannel channel, final boolean together) {
    try {
      return channel.tryLock(USERS, 1, together);
    } catch (final IOException | OverlappingFileLockException e) {
      return null;
    }
  }

  /**
   * Deletes the file if no other process uses it. It is marked before it is unlocked: a process
   * that has opened it in this moment sees that and opens another one.
   */
  private static void delete(final Shared shared) throws IOException {
    if (shared.use == null) return;
    final boolean open = shared.channel.isOpen(); // not if a thread was interrupted over it
    if (open) shared.use.release();
    try (FileChannel channel = open ? shared.channel : channel(shared.folder);
        FileLock alone = lock(channel, false)) {
      if (alone == null || channel.size() > 0) return;
      Files.deleteIfExists(shared.folder.resolve(FILE));
      channel.write(ByteBuffer.wrap(new byte[1]), 0);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A claim; ends when closed. */
  public static final class Claim implements AutoCloseable {
    private final FileLock lock;

    private Claim(final FileLock lock) {
      this.lock = lock;
    }

    @Override
    public void close() {
      try {
        if (lock != null) lock.release();
      } catch (final IOException e) {
        throw new UncheckedIOException("A claim could not be ended.", e);
      }
    }
  }

  /**
   * Claims a name, in upper or lower case; empty if it is claimed already, by whomsoever. Where the
   * file system knows no locks, every claim is granted and {@link #isGuarding()} is false.
   */
  public Optional<Claim> tryClaim(final String name) {
    try {
      final FileLock lock = shared.channel.tryLock(place(name), 1, false);
      return lock == null ? Optional.empty() : Optional.of(new Claim(lock));
    } catch (final OverlappingFileLockException e) {
      return Optional.empty();
    } catch (final IOException e) {
      known = false;
      return Optional.of(new Claim(null));
    }
  }

  /** False once it was found that the folder's file system knows no locks. */
  public boolean isGuarding() {
    return known;
  }

  /** 40 bits of FNV-1a. */
  private static long place(final String name) {
    long hash = 0xcbf29ce484222325L;
    for (final char c : name.toLowerCase(Locale.ROOT).toCharArray())
      hash = (hash ^ c) * 0x100000001b3L;
    return (hash ^ hash >>> 40) & PLACES;
  }

  /** Gives the folder back; all claims have to be closed before. */
  @Override
  public void close() {
    synchronized (OPEN) {
      if (closed) return;
      closed = true;
      if (--shared.users > 0) return;
      OPEN.remove(shared.folder);
      final boolean interrupted = Thread.interrupted(); // which would close the channel first
      try (FileChannel channel = shared.channel) {
        delete(shared);
      } catch (final IOException e) {
        return; // An empty file that stays does no harm.
      } finally {
        if (interrupted) Thread.currentThread().interrupt();
      }
    }
  }
}
