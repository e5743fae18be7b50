package org.anatomicalpriors.workflow;

import java.nio.file.Path;
import java.util.List;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.labels.Label;
import org.anatomicalpriors.model.ModelDescription;
import org.anatomicalpriors.model.ModelDescription.CurvePoint;
import org.anatomicalpriors.model.ModelDescription.Provenance;

/** What a model file holds, for reading. */
public final class ModelSummary {

  private final ModelDescription model;

  public ModelSummary(final ModelDescription model) {
    this.model = model;
  }

  void addTo(final JobResult result, final Path file) {
    result.message(overview(file));
    result.table(labels());
    history(model.isSegmenter() ? "Segmenter" : "Prior", model.provenance(), result);
  }

  /** Kind, grid, networks and labels, for a log. */
  public String text(final Path file) {
    return overview(file) + "\n" + labels();
  }

  private String overview(final Path file) {
    return String.join(
        "\n",
        file + ": " + (model.isSegmenter() ? "segmenter" : "prior"),
        "Grid: " + model.grid(),
        "Networks: " + model.architecture(),
        "Labels: " + model.labels().size() + ", background included");
  }

  private ResultTable labels() {
    final ResultTable table = new ResultTable("Labels", "name", "id", "intensity group", "mirror");
    for (final Label l : model.labels().labels())
      table.row(
          l.name(),
          l.id(),
          l.group(),
          l.mirrorId() == l.id() ? "" : Integer.toString(l.mirrorId()));
    return table;
  }

  private static void history(final String what, final Provenance how, final JobResult result) {
    if (how == null) return;
    final StringBuilder text =
        new StringBuilder(
            what
                + " trained by version "
                + how.version()
                + " with TensorFlow "
                + how.tensorflow()
                + " in "
                + how.precision());
    how.settings().forEach((name, value) -> text.append("\n  " + name + "=" + value));
    result.message(text.toString());
    final ResultTable data =
        new ResultTable(what + " learned from " + how.data().size() + " files", "file", "SHA-256");
    how.data().forEach(data::row);
    result.table(data);
    if (!how.curve().isEmpty()) result.table(curve(what, how.curve()));
    history("Its prior", how.prior(), result);
  }

  private static ResultTable curve(final String what, final List<CurvePoint> curve) {
    final ResultTable table =
        new ResultTable(
                what + ": losses in nats per voxel", "", "step", "training", "validation", "Dice")
            .decimals(0, 0, 4, 4, 3);
    row(table, "first", curve.get(0));
    CurvePoint best = null;
    for (final CurvePoint p : curve)
      if (!Double.isNaN(p.validation()) && (best == null || p.validation() < best.validation()))
        best = p;
    if (best != null) row(table, "best", best);
    row(table, "last", curve.get(curve.size() - 1));
    return table;
  }

  private static void row(final ResultTable table, final String name, final CurvePoint p) {
    table.row(name, p.step(), p.training(), p.validation(), p.dice());
  }
}
