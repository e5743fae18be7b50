package org.anatomicalpriors.segmentation;

import java.util.Map;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.GroupProbabilities;
import org.anatomicalpriors.model.LabelPosteriors;
import org.anatomicalpriors.model.LatentCode;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Settings;

/**
 * Finds the shape code of an image: the encoder sees the image through the posterior of its labels
 * under the atlas, what it decodes to tells the intensities better, and these show the encoder a
 * clearer image.
 */
final class ShapeFit {

  private final AnatomicalPrior model;
  private final Settings settings;
  private final float[] atlas;
  private final int[] groups;

  /**
   * @param atlas the model's, (V, L) by rows
   */
  ShapeFit(final AnatomicalPrior model, final Settings settings, final float[] atlas) {
    this.model = model;
    this.settings = settings;
    this.atlas = atlas;
    groups = model.description().labels().groupIndices();
  }

  /**
   * Fits everything from the atlas's start on.
   *
   * @param watch books the networks' time, that of intensities and that of the deformation
   */
  FittedShape fit(
      final AtlasStart.Fitted start,
      final Map<String, Object> report,
      final Stopwatch watch,
      final Progress progress) {
    final ImageFit fit = start.fit;
    LatentCode code = encode(start);
    for (int i = 1; i < encodings(); i++) {
      progress.checkCancelled();
      final float[] f = decode(code.mean());
      watch.lap("network");
      fit.fitAppearance(GroupProbabilities.of(f, groups));
      final float[] seen = LabelPosteriors.of(atlas, fit.corrected(), fit.intensities());
      watch.lap("intensities");
      code = model.encodeImage(seen);
    }
    code = refined(start, code, report, progress);
    report.put("divergence_nats", code.divergence());
    final float[] decoded = model.decode(code.mean());
    watch.lap("network");
    final float[] f = mixed(decoded);
    final Warp warp = fit.fitDeformed(GroupProbabilities.of(f, groups));
    report.put("log_likelihood_nats", fit.logLikelihood());
    reportObjectives(decoded, code, fit, warp, report);
    watch.lap("deformation");
    return new FittedShape(f, code, fit, warp);
  }

  private LatentCode encode(final AtlasStart.Fitted start) {
    return model.description().seesImages()
        ? model.encodeImage(start.posteriors())
        : model.encode(start.mostProbable());
  }

  /** An encoder that learned from label maps alone takes clearer images for clearer label maps. */
  private int encodings() {
    return model.description().seesImages() ? settings.getInt(SegmentationSettings.ENCODINGS) : 1;
  }

  private LatentCode refined(
      final AtlasStart.Fitted start,
      final LatentCode code,
      final Map<String, Object> report,
      final Progress progress) {
    if (settings.getInt(SegmentationSettings.REFINE) == 0) return code;
    final Refinement.Result refined =
        new Refinement(model, settings).run(start.image(), code, start.intensities(), progress);
    report.put("refinement_objective_nats", refined.objectives);
    return refined.code;
  }

  /** The objectives are those of the decoder alone, without the atlas's share. */
  private void reportObjectives(
      final float[] decoded,
      final LatentCode code,
      final ImageFit fit,
      final Warp warp,
      final Map<String, Object> report) {
    final GroupProbabilities pure =
        GroupProbabilities.of(warp == null ? decoded : warp.apply(decoded, groups.length), groups);
    report.put(
        "objective_exact_nats",
        code.divergence() - pure.logLikelihood(fit.corrected(), fit.intensities()));
    report.put(
        "objective_bound_nats",
        code.divergence() - pure.expectedLogDensity(fit.corrected(), fit.intensities()));
  }

  /** Label probabilities of a code with the atlas's share, (V, L) by rows. */
  float[] decode(final float[] z) {
    return mixed(model.decode(z));
  }

  private float[] mixed(final float[] f) {
    final double share = settings.get(SegmentationSettings.ATLAS_SHARE);
    if (share == 0) return f;
    final float[] mixed = new float[f.length];
    for (int i = 0; i < f.length; i++) mixed[i] = (float) ((1 - share) * f[i] + share * atlas[i]);
    return mixed;
  }
}
