package org.anatomicalpriors.spark;

import java.io.Serializable;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.anatomicalpriors.batch.BatchImage;
import org.anatomicalpriors.batch.Outcome;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.Function1;
import scala.Function2;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/** One job of Spark, with a task for each image. Spark counts one outcome of each, once. */
final class ImagesJob {

  private static final String GROUP = "anatomical-priors";
  private static final long POLL_MILLIS = 100;

  private final JavaSparkContext spark;
  private final RDD<Outcome> outcomes;
  private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();

  /** A task that has ended. */
  private static final class Ended {
    final int index;
    final Outcome outcome;

    Ended(final int index, final Outcome outcome) {
      this.index = index;
      this.outcome = outcome;
    }
  }

  ImagesJob(final JavaSparkContext spark, final List<BatchImage> images, final SparkOrder order) {
    this.spark = spark;
    outcomes = spark.parallelize(images, images.size()).map(new ImageTask(order)).rdd();
  }

  /**
   * Runs the job. If it ends otherwise than by itself, its tasks are asked to stop.
   *
   * @param listener told on this thread what became of each image, by its index
   * @return why Spark gave up, or null if it did not
   * @throws CancelledException if stopped on request
   */
  Throwable run(final BiConsumer<Integer, Outcome> listener, final Progress progress) {
    final FutureTask<Void> job = new FutureTask<>(this::submit, null);
    final Thread thread = new Thread(job, "spark job");
    thread.setDaemon(true);
    thread.start();
    boolean whole = false;
    try {
      while (true) {
        // Asked before the queue: when it is done, all is in it.
        final boolean last = job.isDone();
        final Ended next = ended.poll(last ? 0 : POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (next != null) listener.accept(next.index, next.outcome);
        else if (last) break;
        progress.checkCancelled();
      }
      whole = true;
      job.get();
      return null;
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException();
    } catch (final ExecutionException e) {
      progress.checkCancelled();
      return e.getCause();
    } finally {
      if (!whole && !spark.sc().isStopped()) spark.cancelJobGroup(GROUP);
    }
  }

  private void submit() {
    spark.setJobGroup(GROUP, "segmenting", false);
    final Function2<Object, Outcome, BoxedUnit> handler =
        (index, outcome) -> {
          ended.add(new Ended((Integer) index, outcome));
          return BoxedUnit.UNIT;
        };
    spark.sc().runJob(outcomes, FIRST, handler, ClassTag$.MODULE$.apply(Outcome.class));
  }

  private static final Function1<Iterator<Outcome>, Outcome> FIRST = new First();

  /** The one outcome of a task. */
  private static final class First extends AbstractFunction1<Iterator<Outcome>, Outcome>
      implements Serializable {

    private static final long serialVersionUID = 1L;

    @Override
    public Outcome apply(final Iterator<Outcome> all) {
      return all.next();
    }
  }
}
