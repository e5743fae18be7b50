package org.anatomicalpriors.accuracy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** All studies; the order is that in which they are run. */
final class Studies {

  private static final Set<Integer> BRAIN_NOT_SCORED = Set.of(24);

  private static final String SPACING = "spacing";
  private static final String METHOD = "method";

  private final SharedData data;
  private final Model brain;

  Studies(final SharedData data) {
    this.data = data;
    brain = brain("brain-2mm", data.brains(), SPACING, "2");
  }

  private static Model brain(final String name, final List<Path> maps, final String... settings) {
    final List<String> all = new ArrayList<>(List.of("label-set", "freesurfer-compact"));
    all.addAll(List.of(settings));
    return Model.prior(name, maps, all.toArray(new String[0]));
  }

  List<Study> all() {
    final List<Study> all = new ArrayList<>();
    all.add(new UnseenMaps("unseen", List.of(brain), data.unseenBrains(), BRAIN_NOT_SCORED));
    all.add(new Comparison("brains", List.of(data.simulations(2), data.realT1(2)), methods(brain)));
    all.add(new Comparison("native", List.of(data.realT1(1), data.nativeT1()), methods(brain)));
    final Model ready = Model.ready("brain");
    all.add(
        new Comparison(
            "ready", List.of(data.realT1(2), data.realT1(1), data.nativeT1()), methods(ready)));
    all.add(new Tissues("ready-tissues", data.averages(), methods(ready).subList(0, 2)));
    all.add(new Quality("ready-quality", List.of(data.realT1(2)), methods(ready).get(0)));
    all.add(
        new Structures(
            "structures",
            List.of(data.fourSimulations(2), data.realT1(2)),
            methods(brain).subList(0, 2)));
    all.add(alignments());
    all.add(new WholeHeads("heads", data.unseenBrains(), BRAIN_NOT_SCORED, methods(brain)));
    all.add(ablation());
    all.add(refinement());
    all.add(
        new Calibration(
            "calibration",
            List.of(data.fourSimulations(2), data.realT1(2)),
            methods(brain).subList(0, 2)));
    all.add(
        new Quality(
            "quality", List.of(data.simulations(2), data.realT1(2)), methods(brain).get(0)));
    all.add(new Tissues("tissues", data.averages(), methods(brain).subList(0, 2)));
    all.addAll(otherAnatomies());
    all.addAll(trainings());
    all.add(segmenter());
    return all;
  }

  private static List<Variant> methods(final Model model) {
    return List.of(
        Variant.of("learned prior", model),
        Variant.of("EM with the atlas", model, METHOD, "atlas"),
        Variant.of("atlas, no image", model, METHOD, "none"));
  }

  private Study alignments() {
    final List<Case> cases = new ArrayList<>(data.fourSimulations(2).cases());
    cases.addAll(data.realT1(2).cases());
    return new Alignments(
        "alignment",
        Variant.of("alignment", brain, METHOD, "none", "bias", "false", "deform", "false"),
        cases,
        8);
  }

  private Study ablation() {
    return new Comparison(
        "ablation",
        List.of(data.fourSimulations(2), data.realT1(2)),
        List.of(
            Variant.of("all defaults", brain),
            Variant.of("no alignment", brain, "align", "false"),
            Variant.of("no bias field", brain, "bias", "false"),
            Variant.of("no deformation", brain, "deform", "false"),
            Variant.of("no bias field, no deformation", brain, "bias", "false", "deform", "false"),
            Variant.of("no atlas share", brain, "atlas-share", "0"),
            Variant.of("half the atlas", brain, "atlas-share", "0.5"),
            Variant.of("encoded once", brain, "encodings", "1"),
            Variant.of("encoded four times", brain, "encodings", "4"),
            Variant.of("one background Gaussian", brain, "background-components", "1"),
            Variant.of("intensities hardly tied", brain, "intensity-strength", "1")));
  }

  private Study refinement() {
    return new Comparison(
        "refinement",
        List.of(data.fourSimulations(2), data.realT1(2)),
        List.of(
            Variant.of("no refinement", brain),
            Variant.of("30 steps, exact", brain, "refine", "30"),
            Variant.of("30 steps, bound", brain, "refine", "30", "objective", "bound")));
  }

  private List<Study> otherAnatomies() {
    final Model mouse = Model.prior("mouse", data.mice(), "label-set", data.mouseLabels());
    final Model hippocampus = Model.prior("hippocampus", data.hippocampi());
    final Model fly = Model.prior("fly", data.flies());
    return List.of(
        new UnseenMaps("unseen-mice", List.of(mouse), data.unseenMice(), Set.of()),
        new Comparison("mice", List.of(data.mouseImages()), methods(mouse)),
        new UnseenMaps(
            "unseen-hippocampi", List.of(hippocampus), data.unseenHippocampi(), Set.of()),
        new Comparison("hippocampi", List.of(data.hippocampusImages()), methods(hippocampus)),
        new UnseenMaps("unseen-flies", List.of(fly), data.unseenFlies(), Set.of()),
        new Comparison("flies", List.of(data.flyImages()), methods(fly)));
  }

  /** At 4 mm, where a prior takes an eighth of the time. */
  private List<Study> trainings() {
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
    final List<Variant> variants = new ArrayList<>();
    for (final Model m : models) variants.add(Variant.of(m.name(), m));
    variants.add(Variant.of("EM with the atlas of 10", models.get(0), METHOD, "atlas"));
    return List.of(
        new UnseenMaps("training-unseen", models, data.unseenBrains(), BRAIN_NOT_SCORED),
        new Comparison("training", List.of(data.simulations(4), data.realT1(4)), variants));
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
        "segmenter",
        List.of(unseen, data.realT1(2)),
        List.of(
            Variant.of("prior", brain),
            Variant.of("prior, 30 steps of refinement", brain, "refine", "30"),
            Variant.of("segmenter", segmenter)));
  }
}
