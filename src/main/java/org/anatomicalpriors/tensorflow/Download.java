package org.anatomicalpriors.tensorflow;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.anatomicalpriors.files.Sha256;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;

/**
 * Fetches one file of known size. The transfer runs beside the caller, so that a stalled network
 * does not keep the user from cancelling.
 */
final class Download implements HttpResponse.BodySubscriber<Void>, AutoCloseable {

  private static final String STAGE = "fetch TensorFlow's library";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int POLL_MILLISECONDS = 200;

  private final FileChannel file;
  private final long bytes;
  private final MessageDigest digest = Sha256.digest();
  private final CompletableFuture<Void> body = new CompletableFuture<>();
  private Flow.Subscription subscription;
  private volatile long done;

  private Download(final Path target, final long bytes) throws IOException {
    this.bytes = bytes;
    file = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /**
   * @param target file to write, which must not exist; on any failure it is deleted
   * @param bytes size of what is at the address; no more than that is read
   * @return the SHA-256 of what was read, lower-case hexadecimal
   * @throws CancelledException if the user asked to stop or the thread was interrupted
   * @throws IOException if it could not be read whole
   */
  static String fetch(
      final String url, final Path target, final long bytes, final Progress progress)
      throws IOException {
    progress.checkCancelled();
    boolean whole = false;
    try (Download download = new Download(target, bytes)) {
      download.run(url, progress);
      whole = true;
      return Sha256.end(download.digest);
    } finally {
      if (!whole) Files.deleteIfExists(target);
    }
  }

  private void run(final String url, final Progress progress) throws IOException {
    final HttpClient client =
        HttpClient.newBuilder()
            .proxy(ProxySelector.getDefault())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(PATIENCE)
            .build();
    // This timeout ends with the answer's head.
    final HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
    final CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(request, this::accept);
    try {
      await(answer, progress);
    } finally {
      answer.cancel(true);
    }
    if (done != bytes) throw new IOException("it has " + done + " bytes instead of " + bytes);
    progress.update(STAGE, bytes, bytes, "");
  }

  private HttpResponse.BodySubscriber<Void> accept(final HttpResponse.ResponseInfo head) {
    if (head.statusCode() != HttpURLConnection.HTTP_OK)
      body.completeExceptionally(new IOException("the server answered " + head.statusCode()));
    return this;
  }

  private void await(final CompletableFuture<?> answer, final Progress progress)
      throws IOException {
    long before = -1, since = System.nanoTime();
    while (true)
      try {
        answer.get(POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
        return;
      } catch (final TimeoutException e) {
        final long now = done;
        progress.update(STAGE, now, bytes, "");
        progress.checkCancelled();
        if (now != before) since = System.nanoTime();
        else if (System.nanoTime() - since > PATIENCE.toNanos())
          throw new IOException("nothing came for " + PATIENCE.getSeconds() + " s", e);
        before = now;
      } catch (final InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancelledException();
      } catch (final ExecutionException e) {
        final Throwable cause = e.getCause();
        throw new IOException(
            cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(),
            cause);
      }
  }

  /** Ends the transfer if it still goes on; nothing is written afterwards. */
  @Override
  public synchronized void close() throws IOException {
    if (subscription != null) subscription.cancel();
    file.close();
  }

  @Override
  public CompletionStage<Void> getBody() {
    return body;
  }

  @Override
  public synchronized void onSubscribe(final Flow.Subscription s) {
    subscription = s;
    if (body.isDone() || !file.isOpen()) s.cancel();
    else s.request(1);
  }

  @Override
  public synchronized void onNext(final List<ByteBuffer> parts) {
    if (!file.isOpen()) return;
    try {
      for (final ByteBuffer part : parts) write(part);
      subscription.request(1);
    } catch (final IOException e) {
      subscription.cancel();
      body.completeExceptionally(e);
    }
  }

  private void write(final ByteBuffer part) throws IOException {
    if (done + part.remaining() > bytes)
      throw new IOException("it has more than " + bytes + " bytes");
    digest.update(part.duplicate());
    while (part.hasRemaining()) done += file.write(part);
  }

  @Override
  public void onError(final Throwable e) {
    body.completeExceptionally(e);
  }

  @Override
  public void onComplete() {
    body.complete(null);
  }
}
