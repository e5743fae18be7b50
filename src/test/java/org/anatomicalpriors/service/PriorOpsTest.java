package org.anatomicalpriors.service;

import static org.anatomicalpriors.fiji.FijiStudy.dice;
import static org.anatomicalpriors.fiji.FijiStudy.flatPrior;
import static org.anatomicalpriors.fiji.FijiStudy.prior;
import static org.anatomicalpriors.fiji.FijiStudy.slice;
import static org.anatomicalpriors.fiji.FijiStudy.truth;
import static org.anatomicalpriors.fiji.FijiStudy.values;
import static org.anatomicalpriors.fiji.FijiStudy.volume;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.Version;
import org.anatomicalpriors.job.ResultTable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * What {@code ops.yaml} says, read in the way of SciJava Ops' engine (whose own libraries are not
 * all on Maven Central), and the methods that it names.
 */
class PriorOpsTest {

  private static final double[] SPACING = {1, 1, 1};

  private static TrainedModel model;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    model = (TrainedModel) call("load", prior().toString());
  }

  @AfterAll
  static void end() {
    model.close();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> entries() {
    final InputStream yaml = PriorOps.class.getClassLoader().getResourceAsStream("ops.yaml");
    final List<Map<String, Object>> all = new Yaml().load(yaml);
    return all.stream().map(e -> (Map<String, Object>) e.get("op")).collect(Collectors.toList());
  }

  /** As the engine finds it: class, name and parameter classes from the URI's path. */
  private static Method method(final Map<String, Object> op) {
    final URI source = URI.create((String) op.get("source"));
    assertEquals("javaMethod", source.getScheme());
    final String path = source.getPath().substring(1);
    final int open = path.indexOf('('), dot = path.lastIndexOf('.', open);
    try {
      final List<Class<?>> types = new ArrayList<>();
      for (final String name : path.substring(open + 1, path.indexOf(')')).split(","))
        types.add(Class.forName(name));
      return Class.forName(path.substring(0, dot))
          .getMethod(path.substring(dot + 1, open), types.toArray(new Class<?>[0]));
    } catch (final ReflectiveOperationException e) {
      throw new AssertionError(path, e);
    }
  }

  /** Calls the op of a name whose parameters fit. */
  private static Object call(final String name, final Object... arguments) {
    for (final Map<String, Object> op : entries()) {
      final Method method = method(op);
      if (!((List<?>) op.get("names")).contains("anatomicalPriors." + name)
          || method.getParameterCount() != arguments.length) continue;
      boolean fits = true;
      for (int i = 0; i < arguments.length; i++)
        fits &= method.getParameterTypes()[i].isInstance(arguments[i]);
      if (!fits) continue;
      try {
        return method.invoke(null, arguments);
      } catch (final InvocationTargetException e) {
        if (e.getCause() instanceof RuntimeException) throw (RuntimeException) e.getCause();
        throw new AssertionError(e);
      } catch (final IllegalAccessException e) {
        throw new AssertionError(e);
      }
    }
    throw new AssertionError("no op " + name + " for " + Arrays.toString(arguments));
  }

  private static RandomAccessibleInterval<FloatType> voxels(final ImagePlus image) {
    final int plane = image.getWidth() * image.getHeight();
    final float[] values = new float[plane * image.getStackSize()];
    for (int i = 0; i < values.length; i++)
      values[i] = image.getStack().getProcessor(i / plane + 1).getf(i % plane);
    return image.getStackSize() == 1
        ? ArrayImgs.floats(values, image.getWidth(), image.getHeight())
        : ArrayImgs.floats(values, image.getWidth(), image.getHeight(), image.getStackSize());
  }

  private static <T extends RealType<T>> byte[] bytes(final Object image) {
    @SuppressWarnings("unchecked")
    final RandomAccessibleInterval<T> real = (RandomAccessibleInterval<T>) image;
    final byte[] values = new byte[(int) Views.iterable(real).size()];
    int i = 0;
    for (final T t : Views.flatIterable(real)) values[i++] = (byte) t.getRealDouble();
    return values;
  }

  @Test
  void everyMethodIsListedOnceAsItIs() {
    final Map<String, Method> listed = new LinkedHashMap<>();
    for (final Map<String, Object> op : entries()) {
      final Method m = method(op);
      assertTrue(Modifier.isStatic(m.getModifiers()) && Modifier.isPublic(m.getModifiers()));
      assertEquals(null, listed.put(m.toString(), m), "twice");
      assertEquals(List.of("anatomicalPriors." + m.getName()), op.get("names"));
      assertEquals(Version.current(), op.get("version"));
      assertEquals(Map.of(), op.get("tags"), "older releases of SciJava Ops want it");
      assertTrue(op.get("description").toString().endsWith("."));
      @SuppressWarnings("unchecked")
      final List<Map<String, String>> parameters = (List<Map<String, String>>) op.get("parameters");
      assertEquals(m.getParameterCount() + 1, parameters.size(), m.toString());
      for (int i = 0; i < parameters.size(); i++) {
        final Map<String, String> p = parameters.get(i);
        final boolean output = i == m.getParameterCount();
        assertEquals(output ? "OUTPUT" : "INPUT", p.get("parameter type"));
        assertEquals(
            (output ? m.getGenericReturnType() : m.getGenericParameterTypes()[i]).getTypeName(),
            p.get("type"),
            m + " " + p.get("name"));
        assertTrue(p.get("name").matches("[a-z]+"), p.get("name"));
        assertTrue(p.get("description").endsWith("."), m + " " + p.get("name"));
      }
    }
    final Set<String> all =
        Arrays.stream(PriorOps.class.getDeclaredMethods())
            .filter(m -> Modifier.isPublic(m.getModifiers()))
            .map(Method::toString)
            .collect(Collectors.toSet());
    assertEquals(all, listed.keySet());
  }

  @Test
  void segmentFindsTheLabelsWithAModelOrItsFile() {
    final RandomAccessibleInterval<FloatType> image = voxels(volume(1));
    final byte[] found = bytes(call("segment", image, model, SPACING));
    assertTrue(dice(found, values(truth(1))) > 0.6);
    assertArrayEquals(found, bytes(call("segment", image, prior().toString(), SPACING)));
    final RandomAccessibleInterval<?> posteriors =
        (RandomAccessibleInterval<?>) call("posteriors", image, model, SPACING);
    assertArrayEquals(new long[] {18, 18, 12, 4}, posteriors.dimensionsAsLongArray());
  }

  @Test
  void modelsAreTrainedFromVoxels() {
    final List<Object> maps = List.of(voxels(truth(1)), voxels(truth(2)), voxels(truth(3)));
    final String file = folder.resolve("new.zip").toString();
    try (TrainedModel prior = (TrainedModel) call("train", maps, new double[] {2, 2, 3}, file, 2)) {
      assertEquals(file, prior.file().toString());
      assertEquals(Set.of(0, 1, 2, 3), prior.labels().keySet());
      assertTrue(prior.summary().contains("2.289"), prior.summary()); // a cube of 2 x 2 x 3
      final List<Object> images = List.of(voxels(volume(1)), voxels(volume(2)));
      final String trained = folder.resolve("segmenter.zip").toString();
      try (TrainedModel segmenter =
          (TrainedModel)
              call("trainSegmenter", images, prior, new double[] {2, 2, 3}, trained, 1)) {
        assertTrue(segmenter.isSegmenter());
      }
    }
    assertTrue(
        assertThrows(
                InvalidInputException.class,
                () -> call("train", List.of(ArrayImgs.floats(2, 2, 2, 2)), SPACING, file, 2))
            .getMessage()
            .contains("of 4 dimensions"));
  }

  @Test
  void spacingDecides() {
    final byte[] wrong = bytes(call("segment", voxels(volume(1)), model, new double[] {1, 1, 9}));
    assertTrue(
        dice(wrong, values(truth(1)))
            < dice(bytes(call("segment", voxels(volume(1)), model, SPACING)), values(truth(1))));
  }

  @Test
  void aSliceHasTwoAxes() {
    try (TrainedModel flat = (TrainedModel) call("load", flatPrior().toString())) {
      final Object labels = call("segment", voxels(slice(1)), flat, new double[] {1, 1});
      assertEquals(2, ((RandomAccessibleInterval<?>) labels).numDimensions());
      assertEquals(2, ((RandomAccessibleInterval<?>) call("sample", flat, 1L)).numDimensions());
    }
  }

  @Test
  void anatomiesAreDrawnOnThePriorsGrid() {
    final Object first = call("sample", model, 7L);
    assertArrayEquals(
        new long[] {20, 18, 16}, ((RandomAccessibleInterval<?>) first).dimensionsAsLongArray());
    assertArrayEquals(bytes(first), bytes(call("sample", model, 7L)));
    assertFalse(Arrays.equals(bytes(first), bytes(call("sample", model, 8L))));
  }

  @Test
  void aLabelMapIsEncodedAndDecoded() {
    final RandomAccessibleInterval<FloatType> map = voxels(truth(2));
    final float[] code = (float[]) call("encode", map, model, SPACING);
    final byte[] decoded = bytes(call("decode", code, model));
    assertArrayEquals(decoded, bytes(call("reconstruct", map, model, SPACING)));
    assertFalse(Arrays.equals(decoded, bytes(call("decode", new float[code.length], model))));
    assertTrue(
        assertThrows(InvalidInputException.class, () -> call("decode", new float[3], model))
            .getMessage()
            .contains("A code of 3 numbers was given; give one of " + code.length));
  }

  @Test
  void diceIsThatOfTheMaps() {
    final RandomAccessibleInterval<FloatType> a = voxels(truth(1)), b = voxels(truth(2));
    @SuppressWarnings("unchecked")
    final Map<Integer, Double> scores = (Map<Integer, Double>) call("dice", a, b);
    assertEquals(Set.of(1, 2, 3), scores.keySet());
    assertEquals(
        dice(values(truth(1)), values(truth(2))),
        scores.values().stream().mapToDouble(d -> d).average().orElse(0),
        1e-9);
    final ResultTable table = (ResultTable) call("evaluate", a, b, SPACING);
    assertEquals(new ArrayList<Object>(scores.values()), table.column("dice"));
  }
}
