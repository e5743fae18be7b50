package org.anatomicalpriors.io;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anatomicalpriors.model.Architecture;
import org.anatomicalpriors.model.ModelDescription;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * {@code rdf.yaml}: the model as the bioimage.io model description (format 0.4) puts it, so that
 * other tools of the field know what it is. Its network maps a shape code to label probabilities.
 */
final class BioimageDescription {

  private static final String FORMAT = "0.4.10";

  private BioimageDescription() {}

  static String yaml(final ModelDescription d) {
    final Architecture a = d.architecture();
    final Map<String, Object> rdf = new LinkedHashMap<>();
    rdf.put("format_version", FORMAT);
    rdf.put("type", "model");
    rdf.put("name", d.isSegmenter() ? "Anatomical segmenter" : "Anatomical prior");
    rdf.put(
        "description",
        "Anatomical prior of "
            + (d.labels().size() - 1)
            + " structures on "
            + d.grid()
            + "; the network maps a shape code to label probabilities.");
    rdf.put("authors", List.of(Map.of("name", "made with Anatomical Priors for Fiji")));
    rdf.put(
        "cite",
        List.of(
            sorted(
                "text",
                "Dalca, Guttag, Sabuncu: Anatomical Priors in Convolutional Networks for Unsupervised Biomedical Segmentation, CVPR 2018",
                "url",
                "https://arxiv.org/abs/1903.03148")));
    rdf.put("tags", List.of("segmentation", "unsupervised", "anatomical-prior", "3d"));
    rdf.put("inputs", List.of(tensor("z", a.latentShape(), "bzyxc")));
    rdf.put("outputs", List.of(tensor("probabilities", new long[] {a.voxels(), a.labels()}, "ic")));
    rdf.put(
        "weights",
        Map.of(
            "tensorflow_saved_model_bundle",
            sorted("source", "saved_model", "tensorflow_version", d.provenance().tensorflow())));
    rdf.put("config", Map.of("anatomical-priors", Map.of("description", "model.json")));
    final DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    return new Yaml(options).dump(rdf);
  }

  /** Two entries in an order of their own, so that equal models make equal files. */
  private static Map<String, String> sorted(
      final String key1, final String value1, final String key2, final String value2) {
    return new TreeMap<>(Map.of(key1, value1, key2, value2));
  }

  private static Map<String, Object> tensor(
      final String name, final long[] shape, final String axes) {
    final Map<String, Object> t = new LinkedHashMap<>();
    t.put("name", name);
    t.put("data_type", "float32");
    t.put("axes", shape.length == 5 || axes.length() == 2 ? axes : "bc");
    final int[] sizes = new int[shape.length];
    for (int i = 0; i < sizes.length; i++) sizes[i] = (int) shape[i];
    t.put("shape", sizes);
    return t;
  }
}
