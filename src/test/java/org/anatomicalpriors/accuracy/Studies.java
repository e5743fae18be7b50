package org.anatomicalpriors.accuracy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** All studies; the order is that in which they are run. */
final class Studies {

  private static final Set<Integer> BRAIN_NOT_SCORED = Set.of(24);

  private static final String SPACING = "spacing";
  private static final String METHOD = "method";

  private final SharedData data;
  private final Path pictures;
  private final Model brain;

  /**
   * @param pictures folder for those that are made
   */
  Studies(final SharedData data, final Path pictures) {
    this.data = data;
    this.pictures = pictures;
    brain = brain("brain-2mm", data.brains(), SPACING, "2");
  }

  private static Model brain(final String name, final List<Path> maps, final String... settings) {
    final List<String> all = new ArrayList<>(List.of("label-set", "freesurfer-compact"));
    all.addAll(List.of(settings));
    return Model.prior(name, maps, all.toArray(new String[0]));
  }

  /** By the word by which a study is run alone, and which marks its place in the document. */
  Map<String, Study> all() {
    final Map<String, Study> all = new LinkedHashMap<>();
    all.put("unseen", new UnseenMaps(List.of(brain), data.unseenBrains(), BRAIN_NOT_SCORED));
    all.put("brains", new Comparison(List.of(data.simulations(2), data.realT1(2)), methods(brain)));
    all.put("native", new Comparison(List.of(data.realT1(1), data.nativeT1()), methods(brain)));
    addReady(all);
    all.put("structures", new Structures(few(), methods(brain).subList(0, 2)));
    all.put("failures", failures());
    all.put("alignment", alignments());
    all.put("heads", new WholeHeads(data.unseenBrains(), BRAIN_NOT_SCORED, alsoMasked(brain)));
    all.put("ablation", ablation());
    all.put("refinement", refinement());
    all.put("calibration", new Calibration(few(), temperatures()));
    all.put(
        "quality",
        new Quality(List.of(data.simulations(2), data.realT1(2)), methods(brain).get(0)));
    all.put("tissues", new Tissues(data.averages(), methods(brain).subList(0, 2)));
    all.put("channels", channels());
    all.put("channel-tissues", new Tissues(data.averagesTogether(), methods(brain).subList(0, 2)));
    addOtherAnatomies(all);
    addTrainings(all);
    all.put("segmenter", segmenter());
    return all;
  }

  private Study failures() {
    final List<Group> groups = new ArrayList<>();
    for (final String contrast : List.of("T1", "T2", "FLAIR"))
      groups.add(data.contrasts(2, contrast));
    groups.add(data.realT1(2));
    return new Failures(groups, methods(brain).get(0), pictures.resolve("failures.png"));
  }

  private List<Variant> temperatures() {
    final List<Variant> variants = new ArrayList<>(methods(brain).subList(0, 2));
    for (final String t : List.of("1", "1.1", "1.3"))
      variants.add(Variant.of("learned prior, temperature " + t, brain, "temperature", t));
    variants.add(
        Variant.of("EM with the atlas, temperature 1", brain, METHOD, "atlas", "temperature", "1"));
    return variants;
  }

  /** One simulation of each individual, and the real image. */
  private List<Group> few() {
    return List.of(data.fourSimulations(2), data.realT1(2));
  }

  private void addReady(final Map<String, Study> all) {
    final List<Variant> methods = methods(Model.ready("brain"));
    all.put(
        "ready", new Comparison(List.of(data.realT1(2), data.realT1(1), data.nativeT1()), methods));
    all.put("ready-tissues", new Tissues(data.averages(), methods.subList(0, 2)));
    all.put("ready-quality", new Quality(List.of(data.realT1(2)), methods.get(0)));
  }

  private static List<Variant> methods(final Model model) {
    return List.of(
        Variant.of("learned prior", model),
        Variant.of("EM with the atlas", model, METHOD, "atlas"),
        Variant.of("atlas, no image", model, METHOD, "none"));
  }

  private static List<Variant> alsoMasked(final Model model) {
    final List<Variant> variants = new ArrayList<>(methods(model));
    variants.add(1, variants.get(0).masked("learned prior, brain masked"));
    return variants;
  }

  private Study alignments() {
    final List<Case> cases = new ArrayList<>();
    few().forEach(g -> cases.addAll(g.cases()));
    return new Alignments(
        Variant.of("alignment", brain, METHOD, "none", "bias", "false", "deform", "false"),
        cases,
        4);
  }

  private Study ablation() {
    return new Comparison(
        few(),
        List.of(
            Variant.of("all defaults", brain),
            Variant.of("no alignment", brain, "align", "false"),
            Variant.of("no bias field", brain, "bias", "false"),
            Variant.of("no deformation", brain, "deform", "false"),
            Variant.of("no bias field, no deformation", brain, "bias", "false", "deform", "false"),
            Variant.of("no mask found", brain, "find-mask", "false"),
            Variant.of("no atlas share", brain, "atlas-share", "0"),
            Variant.of("half the atlas", brain, "atlas-share", "0.5"),
            Variant.of("encoded once", brain, "encodings", "1"),
            Variant.of("encoded four times", brain, "encodings", "4"),
            Variant.of("one background Gaussian", brain, "background-components", "1"),
            Variant.of("intensities hardly tied", brain, "intensity-strength", "1")));
  }

  private Study refinement() {
    return new Comparison(
        few(),
        List.of(
            Variant.of("no refinement", brain),
            Variant.of("30 steps, exact", brain, "refine", "30"),
            Variant.of("30 steps, bound", brain, "refine", "30", "objective", "bound")));
  }

  private Study channels() {
    return new Comparison(
        List.of(
            data.contrasts(2, "T1"),
            data.contrasts(2, "T2"),
            data.contrasts(2, "FLAIR"),
            data.contrasts(2, "T1", "T2"),
            data.contrasts(2, "T1", "FLAIR"),
            data.contrasts(2, "T2", "FLAIR"),
            data.contrasts(2, "T1", "T2", "FLAIR")),
        methods(brain).subList(0, 2));
  }

  private void addOtherAnatomies(final Map<String, Study> all) {
    final Model mouse = Model.prior("mouse", data.mice(), "label-set", data.mouseLabels());
    all.put("unseen-mice", new UnseenMaps(List.of(mouse), data.unseenMice(), Set.of()));
    all.put("mice", new Comparison(List.of(data.mouseImages()), methods(mouse)));
    final Model hippocampus = Model.prior("hippocampus", data.hippocampi());
    all.put(
        "unseen-hippocampi",
        new UnseenMaps(List.of(hippocampus), data.unseenHippocampi(), Set.of()));
    all.put("hippocampi", new Comparison(List.of(data.hippocampusImages()), methods(hippocampus)));
    final Model fly = Model.prior("fly", data.flies());
    all.put("unseen-flies", new UnseenMaps(List.of(fly), data.unseenFlies(), Set.of()));
    all.put("flies", new Comparison(List.of(data.flyImages()), methods(fly)));
  }

  /** At 4 mm, where a prior takes an eighth of the time. */
  private void addTrainings(final Map<String, Study> all) {
    final List<Model> models = new ArrayList<>();
    final List<Path> maps = data.brains();
    for (final int n : new int[] {10, 5, 3, 1})
      models.add(brain("brain-4mm-" + n + "-maps", maps.subList(0, n), SPACING, "4"));
    models.add(
        brain("brain-4mm-dense", maps, SPACING, "4", "latent", "dense", "latent-size", "48"));
    models.add(brain("brain-4mm-labels-only", maps, SPACING, "4", "image-share", "0"));
    models.add(
        brain(
            "brain-4mm-not-augmented",
            maps,
            SPACING,
            "4",
            "augment-affine",
            "0",
            "augment-deformation",
            "0"));
    models.add(brain("brain-4mm-three-times-the-steps", maps, SPACING, "4", "steps", "8400"));
    final List<Variant> variants = new ArrayList<>();
    for (final Model m : models) variants.add(Variant.of(m.name(), m));
    variants.add(Variant.of("EM with the atlas of 10", models.get(0), METHOD, "atlas"));
    all.put("training-unseen", new UnseenMaps(models, data.unseenBrains(), BRAIN_NOT_SCORED));
    all.put("training", new Comparison(List.of(data.simulations(4), data.realT1(4)), variants));
  }

  /** Learned from the images of the other group, so that those measured on are unseen. */
  private Study segmenter() {
    final List<Path> images = new ArrayList<>();
    data.simulations(2).cases().stream()
        .filter(c -> c.name().matches("seg_(06|07).*"))
        .forEach(c -> images.add(c.file()));
    final Group unseen =
        new Group(
            "6 simulations of 2 others, 2 mm",
            data.simulations(2).cases().stream()
                .filter(c -> c.name().matches("seg_(09|20).*"))
                .collect(Collectors.toList()),
            BRAIN_NOT_SCORED);
    final Model segmenter = Model.segmenter("brain-segmenter", brain, images);
    return new Comparison(
        List.of(unseen, data.realT1(2)),
        List.of(
            Variant.of("prior", brain),
            Variant.of("prior, 30 steps of refinement", brain, "refine", "30"),
            Variant.of("segmenter", segmenter)));
  }
}
