package org.anatomicalpriors.tensorflow;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.tensorflow.engine.SavedModelBundle;
import ai.djl.tensorflow.engine.TfSymbolBlock;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.anatomicalpriors.isolation.ContextClassLoader;
import org.tensorflow.exceptions.TensorFlowException;

/**
 * The signatures of a SavedModel, each with a single input, run through DJL. They share one session
 * with one copy of the weights. Safe for many threads.
 */
public final class SavedModelPredictor implements AutoCloseable {

  private final Model model;
  private final Map<String, Block> signatures = new HashMap<>();

  /** Many may run at once; closing waits for them, since TensorFlow does not. */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  private boolean closed;

  /**
   * @param folder that holds {@code saved_model.pb}, already checked
   * @param engine device and threads
   * @throws EngineException if TensorFlow cannot load it
   */
  public SavedModelPredictor(final Path folder, final Engine engine) {
    Natives.startDjl();
    try (ContextClassLoader c = ContextClassLoader.of(SavedModelPredictor.class)) {
      final Set<String> names = SavedModels.signatures(folder);
      if (names.isEmpty()) throw new MalformedModelException("it has no signature");
      model = load(folder, names.iterator().next(), engine);
      final SavedModelBundle bundle = ((TfSymbolBlock) model.getBlock()).getSavedModelBundle();
      for (final String name : names) signatures.put(name, new TfSymbolBlock(bundle, name));
    } catch (final IOException | MalformedModelException | TensorFlowException e) {
      throw new EngineException(
          "The network of the model could not be loaded (" + e.getMessage() + ").", e);
    }
  }

  /** Not by DJL's search for models, which takes a comma in a path for the end of it. */
  private static Model load(final Path folder, final String signature, final Engine engine)
      throws IOException, MalformedModelException {
    final String config = Base64.getEncoder().encodeToString(engine.passes().toByteArray());
    final Model model = Model.newInstance("saved_model", Device.cpu(), "TensorFlow");
    try {
      model.load(folder, null, Map.of("SignatureDefKey", signature, "ConfigProto", config));
      return model;
    } catch (final IOException | MalformedModelException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /**
   * Runs a signature on unsigned bytes of this shape; returns the outputs by name.
   *
   * @throws EngineException if there is no such signature, or TensorFlow fails
   */
  public Map<String, float[]> run(final String signature, final byte[] input, final long... shape) {
    return run(signature, ByteBuffer.wrap(input), DataType.UINT8, shape);
  }

  /**
   * Runs a signature on floats of this shape; returns the outputs by name.
   *
   * @throws EngineException if there is no such signature, or TensorFlow fails
   */
  public Map<String, float[]> run(
      final String signature, final float[] input, final long... shape) {
    return run(signature, FloatBuffer.wrap(input), DataType.FLOAT32, shape);
  }

  private Map<String, float[]> run(
      final String signature, final Buffer input, final DataType type, final long[] shape) {
    final Block block = signatures.get(signature);
    if (block == null) throw new EngineException("The model has no network \"" + signature + "\".");
    lock.readLock().lock();
    try {
      if (closed) throw new EngineException("The model was closed while it was used.");
      return predicted(block, input, type, shape);
    } finally {
      lock.readLock().unlock();
    }
  }

  private Map<String, float[]> predicted(
      final Block block, final Buffer input, final DataType type, final long[] shape) {
    try (NDManager manager = model.getNDManager().newSubManager()) {
      final NDList in = new NDList(manager.create(input, new Shape(shape), type));
      final Map<String, float[]> outputs = new LinkedHashMap<>();
      try (NDList out = block.forward(new ParameterStore(manager, true), in, false)) {
        for (final NDArray array : out) outputs.put(array.getName(), array.toFloatArray());
      }
      return outputs;
    } catch (final TensorFlowException e) {
      throw new EngineException("The network failed (" + e.getMessage() + ").", e);
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      closed = true;
      model.close();
    } finally {
      lock.writeLock().unlock();
    }
  }
}
