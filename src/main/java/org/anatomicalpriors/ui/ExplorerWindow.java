package org.anatomicalpriors.ui;

import java.awt.Component;
import java.awt.Dimension;
import java.awt.GraphicsEnvironment;
import java.awt.Rectangle;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.Locale;
import java.util.function.Function;
import javax.swing.JFrame;
import javax.swing.JScrollPane;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.ModelDescription;
import org.anatomicalpriors.model.ShapePoint;
import org.anatomicalpriors.picture.Crosshair;

/**
 * Explores a prior: sliders for the leading directions in which its label maps differ, the anatomy
 * there in three orthogonal slices, and the volumes of its structures, all at once.
 *
 * <pre>{@code
 * ExplorerWindow.open(prior, "brain.zip", prior::close);
 * }</pre>
 */
public final class ExplorerWindow extends JFrame implements ExplorerListener {

  private static final long serialVersionUID = 1L;

  private final transient Explorer explorer;
  private final transient ModelDescription description;
  private final transient Runnable onClose;
  private final AnatomyView view;
  private final AxisSliders sliders;
  private final VolumesTableModel volumes;
  private final VolumesTable table;
  private final ExplorerButtons buttons;
  private final MorphBar morph;
  private final ExplorerStatus status;

  ExplorerWindow(
      final AnatomicalPrior model,
      final String title,
      final Function<Component, PathChooser> chooser,
      final Runnable onClose) {
    super("Explore " + title);
    this.onClose = onClose;
    description = model.description();
    explorer = new Explorer(model, this, SwingUtilities::invokeLater);
    status = new ExplorerStatus(explorer.tasks()::cancel);
    view = new AnatomyView(explorer, this::hover);
    view.addPropertyChangeListener(
        AnatomyView.PAINTED, e -> status.speed((Double) e.getNewValue()));
    volumes = new VolumesTableModel(description.labels(), description.grid().unit());
    table = new VolumesTable(volumes);
    buttons = new ExplorerButtons(explorer, chooser.apply(this), this);
    sliders = new AxisSliders(explorer::move, buttons::measureAxes);
    morph = new MorphBar(explorer);
    setContentPane(
        new ExplorerLayout(view, sliders, morph, buttons, new JScrollPane(table), status));
    axesChanged();
    status.tell("Computing the first anatomy\u2026", false);
    setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
    addWindowListener(
        new WindowAdapter() {
          @Override
          public void windowClosed(final WindowEvent e) {
            morph.setPlaying(false);
            explorer.close(ExplorerWindow.this.onClose);
          }
        });
    setMinimumSize(new Dimension(800, 560));
    pack();
    final Rectangle room =
        GraphicsEnvironment.getLocalGraphicsEnvironment().getMaximumWindowBounds();
    setSize(Math.min(getWidth(), room.width), Math.min(getHeight(), room.height));
    setLocationByPlatform(true);
  }

  /**
   * Opens a window on a prior or segmenter; returns at once, from any thread.
   *
   * @param model must stay open until {@code onClose}
   * @param title such as the model's file name
   * @param onClose called once after the window was closed and nothing is computed any more, on a
   *     thread of the window: the place to close the model
   * @throws InvalidInputException if there is no screen
   */
  public static void open(final AnatomicalPrior model, final String title, final Runnable onClose) {
    if (GraphicsEnvironment.isHeadless())
      throw new InvalidInputException(
          "Exploring a prior needs a screen; draw samples of it where there is none.");
    SwingUtilities.invokeLater(
        () -> new ExplorerWindow(model, title, SwingPathChooser::new, onClose).setVisible(true));
  }

  Explorer explorer() {
    return explorer;
  }

  private void hover(final Crosshair voxel) {
    final ExplorerFrame frame = explorer.frame();
    if (voxel == null || frame == null) {
      status.hover(null);
      table.mark(0);
      return;
    }
    final LabelSet labels = description.labels();
    final int id = frame.view.valueAt(frame.anatomy.map(), voxel);
    final double[] p = frame.view.world(voxel);
    status.hover(
        String.format(
            Locale.ROOT,
            "%s  (%.1f, %.1f, %.1f %s)",
            labels.get(Math.max(0, labels.indexOf(id))).name(),
            p[0],
            p[1],
            p[2],
            description.grid().unit()));
    table.mark(id);
  }

  // -- ExplorerListener --

  @Override
  public void chosen(final ShapePoint point, final boolean walking) {
    if (!walking) morph.setPlaying(false);
    status.forget();
    sliders.show(point);
  }

  @Override
  public void shown(final ExplorerFrame frame) {
    if (!buttons.isReady()) status.tell(" ", false);
    view.show(frame);
    volumes.show(frame.anatomy, frame.mean);
    buttons.refresh();
  }

  @Override
  public void axesChanged() {
    sliders.setSpace(explorer.space(), explorer.hasMeasuredAxes());
    sliders.show(explorer.point());
  }

  @Override
  public void morphing(final Morph between) {
    morph.show(between);
  }

  @Override
  public void working(final String stage, final long done, final long total) {
    status.working(stage, done, total);
  }

  @Override
  public void idle() {
    status.idle();
  }

  @Override
  public void told(final String sentence, final boolean isTrouble) {
    status.tell(sentence, isTrouble);
  }
}
