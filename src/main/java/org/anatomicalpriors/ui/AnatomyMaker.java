package org.anatomicalpriors.ui;

import java.util.Arrays;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.LabelDecoder;
import org.anatomicalpriors.model.ModelDescription;
import org.anatomicalpriors.picture.Crosshair;
import org.anatomicalpriors.picture.OrthogonalPainter;
import org.anatomicalpriors.picture.OrthogonalView;

/** Computes what the explorer shows; on its worker's thread alone. */
final class AnatomyMaker implements AutoCloseable {

  private final AnatomicalPrior prior;
  private LabelDecoder decoder;
  private Anatomy latest;
  private Anatomy mean;

  AnatomyMaker(final AnatomicalPrior prior) {
    this.prior = prior;
  }

  ExplorerFrame frame(final ExplorerQuestion q) {
    mean = anatomy(q.point.space().mean(), mean);
    latest = anatomy(q.point.code(), latest);
    final ModelDescription d = prior.description();
    final OrthogonalView view = new OrthogonalView(d.grid(), q.width, q.height, q.zoom);
    final Crosshair at = q.crosshair == null ? Crosshair.richest(latest.map()) : q.crosshair;
    return new ExplorerFrame(
        latest,
        mean,
        view,
        new OrthogonalPainter(view, d.labels()).paint(latest.map(), at, q.lines),
        q,
        at);
  }

  /** The anatomy of a code, or the known one if it is that. */
  private Anatomy anatomy(final float[] code, final Anatomy known) {
    if (known != null && Arrays.equals(code, known.code())) return known;
    if (decoder == null) decoder = new LabelDecoder(prior);
    final ModelDescription d = prior.description();
    return new Anatomy(code, decoder.decode(code), d.grid(), d.labels(), "anatomy");
  }

  @Override
  public void close() {
    if (decoder != null) decoder.close();
    decoder = null;
  }
}
