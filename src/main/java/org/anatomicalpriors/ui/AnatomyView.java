package org.anatomicalpriors.ui;

import java.awt.Color;
import java.awt.Cursor;
import java.awt.Dimension;
import java.awt.EventQueue;
import java.awt.Graphics;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.event.MouseWheelEvent;
import java.util.function.Consumer;
import javax.swing.JComponent;
import org.anatomicalpriors.picture.Crosshair;
import org.anatomicalpriors.picture.OrthogonalView;
import org.anatomicalpriors.picture.Plane;

/**
 * The three slices: a click or drag moves the cross-hair, the wheel goes through slices, and what
 * the mouse points at is told. Pictures come at the screen's own resolution.
 */
final class AnatomyView extends JComponent {

  private static final long serialVersionUID = 1L;

  /** Property: milliseconds from the latest move to its picture; it changes with each picture. */
  static final String PAINTED = "painted";

  private final transient Explorer explorer;
  private final transient Consumer<Crosshair> hovered;
  private transient ExplorerFrame frame;
  private transient ExplorerFrame painted;
  private transient Plane dragged;

  /**
   * @param hovered receives the voxel under the mouse, or null
   */
  AnatomyView(final Explorer explorer, final Consumer<Crosshair> hovered) {
    this.explorer = explorer;
    this.hovered = hovered;
    setName("slices");
    setPreferredSize(new Dimension(760, 760));
    setMinimumSize(new Dimension(240, 240));
    setCursor(Cursor.getPredefinedCursor(Cursor.CROSSHAIR_CURSOR));
    addComponentListener(
        new ComponentAdapter() {
          @Override
          public void componentResized(final ComponentEvent e) {
            explorer.resize((int) (scale() * getWidth()), (int) (scale() * getHeight()), scale());
          }
        });
    final MouseAdapter mouse = new Mouse();
    addMouseListener(mouse);
    addMouseMotionListener(mouse);
    addMouseWheelListener(mouse);
  }

  private double scale() {
    return getGraphicsConfiguration() == null
        ? 1
        : getGraphicsConfiguration().getDefaultTransform().getScaleX();
  }

  void show(final ExplorerFrame latest) {
    frame = latest;
    repaint();
  }

  @Override
  protected void paintComponent(final Graphics g) {
    g.setColor(Color.BLACK);
    g.fillRect(0, 0, getWidth(), getHeight());
    if (frame == null) return;
    g.drawImage(
        frame.picture,
        0,
        0,
        (int) Math.round(frame.question.width / frame.question.zoom),
        (int) Math.round(frame.question.height / frame.question.zoom),
        null);
    if (painted == frame) return;
    painted = frame;
    final long asked = frame.question.asked;
    // Once this event is handled, the screen has the picture.
    EventQueue.invokeLater(
        () -> firePropertyChange(PAINTED, null, (System.nanoTime() - asked) / 1e6));
  }

  private final class Mouse extends MouseAdapter {

    private int pixel(final int position) {
      return (int) (frame.question.zoom * position);
    }

    private Plane plane(final MouseEvent e) {
      return frame == null ? null : frame.view.planeAt(pixel(e.getX()), pixel(e.getY()));
    }

    private void look(final MouseEvent e) {
      final OrthogonalView view = frame.view;
      explorer.look(view.at(dragged, pixel(e.getX()), pixel(e.getY()), explorer.crosshair()));
    }

    @Override
    public void mousePressed(final MouseEvent e) {
      dragged = plane(e);
      if (dragged != null) look(e);
    }

    @Override
    public void mouseDragged(final MouseEvent e) {
      if (dragged != null) look(e);
    }

    @Override
    public void mouseReleased(final MouseEvent e) {
      dragged = null;
    }

    @Override
    public void mouseMoved(final MouseEvent e) {
      final Plane p = plane(e);
      hovered.accept(
          p == null ? null : frame.view.at(p, pixel(e.getX()), pixel(e.getY()), frame.crosshair));
    }

    @Override
    public void mouseExited(final MouseEvent e) {
      hovered.accept(null);
    }

    @Override
    public void mouseWheelMoved(final MouseWheelEvent e) {
      final Plane p = plane(e);
      if (p != null) explorer.look(explorer.crosshair().through(p, -e.getWheelRotation()));
    }
  }
}
