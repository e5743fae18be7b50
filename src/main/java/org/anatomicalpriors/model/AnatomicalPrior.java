package org.anatomicalpriors.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.anatomicalpriors.progress.Ahead;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.tensorflow.Engine;
import org.anatomicalpriors.tensorflow.EngineException;
import org.anatomicalpriors.tensorflow.OutOfMemory;
import org.anatomicalpriors.tensorflow.SavedModelPredictor;
import org.anatomicalpriors.tensorflow.SavedModels;
import org.anatomicalpriors.tensorflow.TemporaryFolder;

/**
 * A learned anatomy: p(z) = N(0, I) and the decoder p(s|z), with the encoder q(z|s) that was
 * learned beside it and, in a segmenter, an encoder for images. Label maps are arrays of label
 * indices on {@link ModelDescription#grid()} in x-fastest order. Safe for use by many threads.
 *
 * <pre>{@code
 * float[] f = prior.decode(prior.encode(indices).mean());
 * }</pre>
 */
public final class AnatomicalPrior implements AutoCloseable {

  /** Name of the weights that hold the atlas's log-probabilities, (V, L). */
  public static final String ATLAS = PriorNetwork.ATLAS;

  private final ModelDescription description;
  private final Supplier<Engine> engine;
  private final TemporaryFolder folder;
  private Ahead<SavedModelPredictor> networks;
  private volatile SlabNetworks slabs;
  private Map<String, float[]> weights;
  private volatile ShapeSpace shapes;
  private boolean closed;

  private AnatomicalPrior(
      final ModelDescription description,
      final Supplier<Engine> engine,
      final TemporaryFolder folder) {
    this.description = description;
    this.engine = engine;
    this.folder = folder;
  }

  /**
   * From weights that a training ended with; they are rounded to half precision, so that the
   * model's file is small and this prior is what the file will give.
   *
   * @param weights every variable of the networks by name
   */
  public static AnatomicalPrior of(
      final ModelDescription description, final Map<String, float[]> weights, final Engine engine) {
    final TemporaryFolder folder = SavedModels.temporaryFolder();
    try (PriorNetwork network =
        new PriorNetwork(description.architecture(), description.isSegmenter(), engine)) {
      network.export(StoredPrecision.round(weights), folder.path());
    } catch (final IOException e) {
      folder.close();
      throw new UncheckedIOException("The networks could not be written to " + folder.path(), e);
    }
    return new AnatomicalPrior(description, () -> engine, folder);
  }

  /**
   * From a SavedModel that was unpacked and is checked here before TensorFlow sees it.
   *
   * @param folder holds the SavedModel; deleted when the prior is closed
   * @param engine asked for whenever it is needed; gives the same one every time
   */
  public static AnatomicalPrior open(
      final ModelDescription description,
      final TemporaryFolder folder,
      final Supplier<Engine> engine)
      throws IOException {
    SavedModels.check(folder.path(), NetworkLayout.of(description));
    return new AnatomicalPrior(description, engine, folder);
  }

  public ModelDescription description() {
    return description;
  }

  public Engine engine() {
    return engine.get();
  }

  /**
   * The leading axes of the codes of the label maps that it learned from, if they were measured.
   */
  public Optional<ShapeSpace> shapes() {
    return Optional.ofNullable(shapes);
  }

  /** Keeps the leading axes of some codes; a model file holds them. Returns this. */
  public AnatomicalPrior withShapes(final ShapeSpace measured) {
    if (measured.length() != description.architecture().latentCount())
      throw new IllegalArgumentException("codes of " + measured.length() + " values");
    shapes = measured;
    return this;
  }

  /** Folder of the SavedModel, for writing it to a file. */
  public Path savedModel() {
    return folder.path();
  }

  /** q(z|s) of a label map; index 255 marks voxels that are not known. */
  public LatentCode encode(final byte[] indices) {
    final long[] s = description.architecture().volumeShape(0, 1);
    return pass(
        n -> code(n.run(PriorNetwork.ENCODE, indices, 1, s[1], s[2], s[3])),
        n -> n.encode(indices));
  }

  /**
   * q(z|x) of an image, given the posterior of its labels under the atlas.
   *
   * @param posteriors (V, L) by rows
   */
  public LatentCode encodeImage(final float[] posteriors) {
    final Architecture a = description.architecture();
    return pass(
        n -> code(n.run(PriorNetwork.ENCODE_IMAGE, posteriors, a.volumeShape(0, a.labels()))),
        n -> n.encodeImage(posteriors));
  }

  private static LatentCode code(final Map<String, float[]> out) {
    return new LatentCode(out.get(PriorNetwork.MEAN), out.get(PriorNetwork.LOG_VARIANCE));
  }

  /** Label probabilities f(z), (V, L) by rows. */
  public float[] decode(final float[] z) {
    return pass(
        n ->
            n.run(PriorNetwork.DECODE, z, description.architecture().latentShape())
                .get(PriorNetwork.PROBABILITIES),
        n -> n.decode(z));
  }

  /** A pass as the model file has it, or in slabs once there was too little memory for that. */
  private <R> R pass(
      final Function<SavedModelPredictor, R> whole, final Function<SlabNetworks, R> inSlabs) {
    RuntimeException failure = null;
    if (slabs == null)
      try {
        return whole.apply(networks());
      } catch (final RuntimeException e) {
        // Where another thread has gone over to slabs, the networks are closed.
        final boolean gone = slabs != null && e instanceof EngineException;
        if (!gone && !OutOfMemory.isEngine(e)) throw e;
        failure = e;
      }
    try {
      return inSlabs.apply(slabs());
    } catch (final RuntimeException e) {
      if (failure != null) e.addSuppressed(failure);
      throw e;
    }
  }

  /** From now on passes are made in slabs: with less memory, and the same but for rounding. */
  public void useSlabs() {
    slabs();
  }

  /** Whether passes are made in slabs. */
  public boolean isInSlabs() {
    return slabs != null;
  }

  private synchronized SlabNetworks slabs() {
    requireOpen();
    if (slabs == null) {
      slabs = new SlabNetworks(description, weights(), engine());
      if (networks != null) closeLoaded();
      networks = null;
    }
    return slabs;
  }

  /** Label probabilities of the voxel-wise atlas of the same label maps, (V, L) by rows. */
  public float[] atlas() {
    final float[] p = weights().get(PriorNetwork.ATLAS).clone();
    final int n = description.labels().size();
    VoxelChunks.forEach(
        p.length / n,
        (first, end) -> {
          for (int i = first * n; i < end * n; i += n) {
            double sum = 0;
            for (int l = 0; l < n; l++) sum += p[i + l] = (float) Math.exp(p[i + l]);
            for (int l = 0; l < n; l++) p[i + l] /= (float) sum;
          }
        });
    return p;
  }

  /** Every variable of the networks by name; arrays must not be changed. */
  public synchronized Map<String, float[]> weights() {
    if (weights == null) weights = SavedModels.weights(folder.path());
    return weights;
  }

  /**
   * Begins to load the networks on another thread, for when they are needed. What goes wrong is
   * told then.
   */
  public void prepare() {
    final Ahead<SavedModelPredictor> loading;
    synchronized (this) {
      if (slabs != null) return;
      loading = loading();
    }
    loading.begin();
  }

  private synchronized Ahead<SavedModelPredictor> loading() {
    requireOpen();
    if (slabs != null) throw new EngineException("The networks are in slabs by now.");
    if (networks == null)
      networks = new Ahead<>("networks", () -> new SavedModelPredictor(folder.path(), engine()));
    return networks;
  }

  private void requireOpen() {
    if (closed) throw new EngineException("The model was closed while it was used.");
  }

  private SavedModelPredictor networks() {
    final Ahead<SavedModelPredictor> loading = loading();
    try {
      return loading.get();
    } catch (final CancellationException e) {
      throw new EngineException("The networks were closed before they were loaded.", e);
    } catch (final CancelledException e) {
      if (!Thread.currentThread().isInterrupted()) forget(loading);
      throw e; // to this thread alone if that was interrupted: they may still be loaded
    } catch (final RuntimeException | Error e) {
      forget(loading);
      throw e;
    }
  }

  /** The next use tries again. */
  private synchronized void forget(final Ahead<SavedModelPredictor> failed) {
    if (networks == failed) networks = null;
  }

  /** Waits for networks that run on other threads. */
  @Override
  public synchronized void close() {
    closed = true;
    if (networks != null) closeLoaded();
    if (slabs != null) slabs.close();
    folder.close();
  }

  private void closeLoaded() {
    networks.end().ifPresent(SavedModelPredictor::close);
  }
}
