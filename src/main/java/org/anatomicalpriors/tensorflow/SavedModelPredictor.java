package org.anatomicalpriors.tensorflow;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.anatomicalpriors.isolation.ContextClassLoader;
import org.tensorflow.exceptions.TensorFlowException;

/** One signature of a SavedModel with a single input, run through DJL. Safe for many threads. */
public final class SavedModelPredictor implements AutoCloseable {

  private final Model model;

  /** Many may run at once; closing waits for them, since TensorFlow does not. */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  private boolean closed;

  /**
   * @param folder that holds {@code saved_model.pb}, already checked
   * @param signature name of the signature
   * @param engine device and threads
   * @throws EngineException if TensorFlow cannot load it
   */
  public SavedModelPredictor(final Path folder, final String signature, final Engine engine) {
    Natives.startDjl();
    try (ContextClassLoader c = ContextClassLoader.of(SavedModelPredictor.class)) {
      if (!SavedModels.signatures(folder).contains(signature))
        throw new MalformedModelException("there is none of this name"); // DJL takes any other
      model = load(folder, signature, engine);
    } catch (final IOException | MalformedModelException | TensorFlowException e) {
      throw new EngineException(
          "The network \""
              + signature
              + "\" of the model could not be loaded ("
              + e.getMessage()
              + ").",
          e);
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

  /** Runs on unsigned bytes of this shape; returns the outputs by name. */
  public Map<String, float[]> run(final byte[] input, final long... shape) {
    return run(ByteBuffer.wrap(input), DataType.UINT8, shape);
  }

  /** Runs on floats of this shape; returns the outputs by name. */
  public Map<String, float[]> run(final float[] input, final long... shape) {
    return run(FloatBuffer.wrap(input), DataType.FLOAT32, shape);
  }

  private Map<String, float[]> run(final Buffer input, final DataType type, final long[] shape) {
    lock.readLock().lock();
    try {
      if (closed) throw new EngineException("The model was closed while it was used.");
      return predicted(input, type, shape);
    } finally {
      lock.readLock().unlock();
    }
  }

  private Map<String, float[]> predicted(
      final Buffer input, final DataType type, final long[] shape) {
    try (NDManager manager = model.getNDManager().newSubManager();
        Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator())) {
      final NDList in = new NDList(manager.create(input, new Shape(shape), type));
      final Map<String, float[]> outputs = new LinkedHashMap<>();
      try (NDList out = predictor.predict(in)) {
        for (final NDArray array : out) outputs.put(array.getName(), array.toFloatArray());
      }
      return outputs;
    } catch (final TranslateException e) {
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
