package org.anatomicalpriors.isolation;

import ij.IJ;
import ij.ImagePlus;
import java.util.Properties;
import java.util.TreeSet;
import org.anatomicalpriors.service.AnatomicalPriorService;
import org.anatomicalpriors.service.SegmentedImage;
import org.anatomicalpriors.service.TrainedModel;
import org.scijava.Context;

/**
 * Main class of a process that is a small Fiji with other plugins: segments an image with this
 * plugin, then uses the libraries of the others.
 */
final class FijiWithFellows {

  private FijiWithFellows() {}

  /**
   * @param arguments model, image, file for the labels
   */
  public static void main(final String[] arguments) throws Exception {
    final Properties before = (Properties) System.getProperties().clone();
    final ClassLoader fiji = FijiWithFellows.class.getClassLoader();
    try (Context context = new Context(AnatomicalPriorService.class)) {
      final AnatomicalPriorService priors = context.service(AnatomicalPriorService.class);
      final ImagePlus image = IJ.openImage(arguments[1]);
      try (TrainedModel model = priors.load(arguments[0])) {
        final SegmentedImage result = priors.segment(model, image);
        IJ.saveAsTiff(result.labels(), arguments[2]);
      }
      final ClassLoader core = priors.backend().getClass().getClassLoader();
      System.out.println("core is apart: " + (core != fiji && core == CoreLoader.loader()));
      System.out.println("its parent is Fiji: " + (core.getParent() == fiji));
      for (final String name : new String[] {"org.tensorflow.Graph", "com.google.gson.Gson"})
        System.out.println(name + " is ours: " + (core.loadClass(name).getClassLoader() == core));
    }
    System.out.println(
        "context loader: " + (Thread.currentThread().getContextClassLoader() == fiji));
    System.out.println("initialised fakes: " + System.getProperty("fakes", "none"));
    System.out.println("properties left: " + changed(before));
    for (final String name :
        new String[] {
          "org.tensorflow.Graph",
          "org.tensorflow.Session",
          "com.google.protobuf.Message",
          "com.google.gson.Gson",
          "org.bytedeco.javacpp.Loader",
          "ai.djl.engine.Engine"
        })
      System.out.println(
          "fellow's " + name + ": " + Class.forName(name).getConstructor().newInstance());
    System.out.println(
        "fellow's JNA works: "
            + (Class.forName("com.sun.jna.Native").getField("POINTER_SIZE").getInt(null) > 0));
    System.exit(0);
  }

  /** Of TensorFlow's libraries; a logger's level and what Java and ImageJ note are left out. */
  private static TreeSet<String> changed(final Properties before) {
    final TreeSet<String> names = new TreeSet<>();
    System.getProperties()
        .forEach(
            (name, value) -> {
              if (!value.equals(before.get(name))) names.add(name.toString());
            });
    names.removeIf(
        n ->
            n.matches(
                "(java|sun|jdk|awt|apple)\\..*|user\\.timezone|org\\.slf4j\\.simpleLogger\\..*"));
    return names;
  }
}
