package org.anatomicalpriors.ui;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import javax.swing.JComponent;
import javax.swing.SwingWorker;
import org.anatomicalpriors.picture.LabelColours;
import org.anatomicalpriors.picture.Panel;
import org.anatomicalpriors.picture.PanelStrips;
import org.anatomicalpriors.picture.PictureOptions;
import org.anatomicalpriors.training.TrainingPreview;

/**
 * Shows the latest preview of a training: the middle slices of each of its images, as large as the
 * panel allows, with a title under each. Slices are painted on another thread, at the screen's own
 * resolution.
 */
final class TrainingPreviewPanel extends JComponent {

  private static final long serialVersionUID = 1L;

  private static final Color BACKGROUND = Color.BLACK;
  private static final Color TEXT = new Color(0xD8DCE0);
  private static final int GAP = 12;
  private static final int TRIAL_TILE = 40;

  private final transient Runnable shown;
  private transient TrainingPreview preview;
  private transient TrainingPreview painted;
  private transient List<BufferedImage> strips = List.of();
  private boolean busy;
  private boolean again;

  /**
   * @param shown called when a preview has come to the screen
   */
  TrainingPreviewPanel(final Runnable shown) {
    this.shown = shown;
    setPreferredSize(new Dimension(480, 520));
    setMinimumSize(new Dimension(160, 160));
    addComponentListener(
        new ComponentAdapter() {
          @Override
          public void componentResized(final ComponentEvent e) {
            if (preview != null) paintStrips();
          }
        });
  }

  void show(final TrainingPreview latest) {
    preview = latest;
    paintStrips();
  }

  /** The preview on the screen, or null. */
  TrainingPreview onScreen() {
    return painted;
  }

  private void paintStrips() {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    final TrainingPreview toPaint = preview;
    final double scale = getGraphicsConfiguration().getDefaultTransform().getScaleX();
    final int width = getWidth(), height = getHeight(), line = lineHeight();
    new SwingWorker<List<BufferedImage>, Void>() {
      @Override
      protected List<BufferedImage> doInBackground() {
        return paint(toPaint, width, height, line, scale);
      }

      @Override
      protected void done() {
        try {
          strips = get();
          painted = toPaint;
        } catch (final ExecutionException e) {
          throw new IllegalStateException(e.getCause());
        } catch (final InterruptedException e) {
          Thread.currentThread().interrupt();
        } finally {
          busy = false;
        }
        repaint();
        shown.run();
        if (again) {
          again = false;
          paintStrips();
        }
      }
    }.execute();
  }

  private static List<BufferedImage> paint(
      final TrainingPreview preview,
      final int width,
      final int height,
      final int line,
      final double scale) {
    final List<Panel> panels = new ArrayList<>();
    // A tie of three labels is as uncertain as it gets in practice.
    final double hottest = Math.min(1, Math.log(3) / Math.log(preview.labels().size()));
    for (final TrainingPreview.View v : preview.views())
      switch (v.kind()) {
        case LABELS:
          panels.add(Panel.filled(v.image(), ""));
          break;
        case IMAGE:
          panels.add(Panel.image(v.image()));
          break;
        default:
          panels.add(Panel.heat(v.image(), hottest, ""));
      }
    final LabelColours colours = LabelColours.forIds(preview.labels());
    final PictureOptions options = new PictureOptions().tileSize(TRIAL_TILE);
    final BufferedImage trial = PanelStrips.paint(panels.subList(0, 1), colours, options).get(0);
    final double zoom =
        new StripLayout(width, height, panels.size(), line, GAP)
            .zoom(trial.getWidth(), trial.getHeight());
    return PanelStrips.paint(
        panels, colours, options.tileSize((int) Math.max(16, scale * zoom * TRIAL_TILE)));
  }

  private int lineHeight() {
    return getFontMetrics(getFont()).getHeight() + 4;
  }

  @Override
  protected void paintComponent(final Graphics graphics) {
    final Graphics2D g = (Graphics2D) graphics.create();
    try {
      g.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      g.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      g.setColor(BACKGROUND);
      g.fillRect(0, 0, getWidth(), getHeight());
      g.setColor(TEXT);
      final FontMetrics font = g.getFontMetrics();
      if (painted == null) {
        centre(g, font, "The preview comes with the first step.", 0, getWidth(), getHeight() / 2);
        return;
      }
      final StripLayout layout =
          new StripLayout(getWidth(), getHeight(), strips.size(), lineHeight(), GAP);
      layout.place(strips.get(0).getWidth(), strips.get(0).getHeight());
      for (int i = 0; i < strips.size(); i++) {
        final int x = layout.x(i), y = layout.y(i), w = layout.width(), h = layout.height();
        g.drawImage(strips.get(i), x, y, w, h, null);
        final String title = painted.views().get(i).title();
        centre(g, font, fitting(title, font, layout.room()), x, w, y + h + font.getAscent() + 4);
      }
    } finally {
      g.dispose();
    }
  }

  /** The text, shortened in its middle if it is too long. */
  private static String fitting(final String text, final FontMetrics font, final int width) {
    if (font.stringWidth(text) <= width) return text;
    for (int keep = text.length() / 2 - 1; keep > 3; keep--) {
      final String shorter =
          text.substring(0, keep) + "\u2026" + text.substring(text.length() - keep);
      if (font.stringWidth(shorter) <= width) return shorter;
    }
    return "";
  }

  private static void centre(
      final Graphics2D g,
      final FontMetrics font,
      final String text,
      final int x,
      final int width,
      final int baseline) {
    g.drawString(text, x + (width - font.stringWidth(text)) / 2, baseline);
  }
}
