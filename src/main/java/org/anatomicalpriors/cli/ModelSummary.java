package org.anatomicalpriors.cli;

import static org.anatomicalpriors.cli.TextTable.figure;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.anatomicalpriors.labels.Label;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.model.ModelDescription;
import org.anatomicalpriors.model.ModelDescription.CurvePoint;
import org.anatomicalpriors.model.ModelDescription.Provenance;

/** What a model file holds, for reading. */
final class ModelSummary {

  private final ModelDescription model;

  ModelSummary(final ModelDescription model) {
    this.model = model;
  }

  void print(final Path file, final PrintWriter out) {
    out.println(file + ": " + (model.isSegmenter() ? "segmenter" : "prior"));
    out.println("Grid: " + model.grid());
    out.println("Networks: " + model.architecture());
    out.println("Labels: " + model.labels().size() + ", background included");
    out.println();
    labels(out);
    history(model.isSegmenter() ? "Segmenter" : "Prior", model.provenance(), out);
  }

  private void labels(final PrintWriter out) {
    final LabelSet labels = model.labels();
    final TextTable table = new TextTable("name", "id", "intensity group", "mirror");
    for (final Label l : labels.labels())
      table.row(
          l.name(),
          Integer.toString(l.id()),
          l.group(),
          l.mirrorId() == l.id() ? "" : Integer.toString(l.mirrorId()));
    table.print(out);
  }

  private static void history(final String what, final Provenance how, final PrintWriter out) {
    if (how == null) return;
    out.println();
    out.println(
        what + " trained by version " + how.version() + " with TensorFlow " + how.tensorflow());
    how.settings().forEach((name, value) -> out.println("  --" + name + "=" + value));
    out.println("  learned from " + how.data().size() + " files:");
    how.data().forEach((name, hash) -> out.println("    " + name + "  " + hash));
    curve(how.curve(), out);
    history("Its prior", how.prior(), out);
  }

  private static void curve(final List<CurvePoint> curve, final PrintWriter out) {
    if (curve.isEmpty()) return;
    out.println("  losses in nats per voxel:");
    final TextTable table = new TextTable("    ", "step", "training", "validation", "Dice");
    final CurvePoint last = curve.get(curve.size() - 1);
    row(table, "    first", curve.get(0));
    CurvePoint best = null;
    for (final CurvePoint p : curve)
      if (!Double.isNaN(p.validation()) && (best == null || p.validation() < best.validation()))
        best = p;
    if (best != null) row(table, "    best", best);
    row(table, "    last", last);
    table.print(out);
  }

  private static void row(final TextTable table, final String name, final CurvePoint p) {
    table.row(
        name,
        Long.toString(p.step()),
        figure(p.training(), 4),
        figure(p.validation(), 4),
        figure(p.dice(), 3));
  }
}
