package org.anatomicalpriors.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.evaluation.Evaluation;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.io.LabelSetCsv;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.SpatialImage;

/** What the plugin does, in one picture of real results: two rows of four columns. */
public final class OverviewPicture {

  private static final int TILE = 250; // pixels of the anatomy's longest side
  private static final int CELL_WIDTH = 210, CELL_HEIGHT = 250;
  private static final int GAP = 8;
  private static final int ARROW = 108; // between columns
  private static final int HEAD = 96, FOOT = 24, MARGIN = 24;
  private static final Color INK = new Color(0x1B2733), MUTED = new Color(0x5B6773);
  private static final Color ACCENT = new Color(0x0072B2);
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 27);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 20);

  private final Path study;
  private final LabelSet labels;
  private final PanelPainter painter;
  private Graphics2D g;

  /**
   * @param study folder with labels, axes, images, truth and results
   */
  public OverviewPicture(final Path study) {
    this.study = study;
    labels = LabelSetCsv.read(study.resolve("label-set.csv"));
    painter =
        new PanelPainter(
            LabelColours.forIds(labels),
            new PictureOptions().planes(Plane.AXIAL).tileSize(TILE).withoutLegend());
  }

  private SpatialImage<? extends RealType<?>> open(final String file) {
    return Images.open(study.resolve(file), Progress.NONE);
  }

  private List<BufferedImage> paint(final List<Panel> panels) {
    final List<BufferedImage> tiles = new ArrayList<>();
    for (final Tile tile : painter.paint(panels, false)) tiles.add(tile.picture);
    return tiles;
  }

  private List<BufferedImage> maps(final String pattern, final int... numbers) {
    final List<Panel> panels = new ArrayList<>();
    for (final int n : numbers)
      panels.add(Panel.filled(open(String.format(Locale.ROOT, pattern, n)), ""));
    return paint(panels);
  }

  /**
   * Draws the picture.
   *
   * @param subject name of the individual whose images are shown
   * @param contrasts folders of images and results, one for each row
   */
  public BufferedImage render(final String subject, final List<String> contrasts) {
    final int wide = 2 * CELL_WIDTH + GAP;
    final int width = 2 * MARGIN + 2 * wide + 2 * CELL_WIDTH + 3 * ARROW;
    final int height = HEAD + 2 * CELL_HEIGHT + GAP + FOOT;
    final BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    g = picture.createGraphics();
    SheetStyle.smoothText(g);
    g.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, width, height);
    int x = MARGIN;
    block(x, 2, maps("labels/subject_%03d.nii.gz", 0, 1, 2, 3));
    title(x, wide, "Label maps", "30 individuals, no images");
    arrow(x += wide, "learn");
    block(x += ARROW, 2, maps("axes/axis_%d.nii.gz", 1, 2, 3, 4));
    title(x, wide, "Learned prior", "along its first two axes");
    plus(x += wide);
    x += ARROW;
    final List<BufferedImage> images = new ArrayList<>(), results = new ArrayList<>();
    final List<String> scores = new ArrayList<>();
    final SpatialImage<? extends RealType<?>> truth = open("truth/" + subject + ".nii.gz");
    for (final String contrast : contrasts) {
      final SpatialImage<? extends RealType<?>> image =
          open("images/" + contrast + "/" + subject + ".nii.gz");
      final SpatialImage<? extends RealType<?>> found =
          open("results/" + contrast + "/" + subject + "-labels.nii.gz");
      // Both cut by the labels, so that they match.
      final Slicing slicing =
          new Slicing(List.of(new RasImage(truth)), List.of(new RasImage(image)), TILE);
      final List<Tile> tiles =
          painter.paint(
              List.of(Panel.image(image), Panel.outlined(image, found, "")), slicing, false);
      images.add(tiles.get(0).picture);
      results.add(tiles.get(1).picture);
      scores.add(
          String.format(
              Locale.ROOT, "Dice %.2f", Evaluation.of(labels).evaluate(truth, found).meanDice()));
    }
    block(x, 1, images);
    title(x, CELL_WIDTH, "Your images", "any contrast");
    arrow(x += CELL_WIDTH, "segment");
    block(x += ARROW, 1, results);
    title(
        x, CELL_WIDTH, "Segmentation", "mean " + String.join(", ", scores).replace(", Dice", ","));
    g.dispose();
    return picture;
  }

  private void block(final int x, final int columns, final List<BufferedImage> tiles) {
    for (int i = 0; i < tiles.size(); i++) {
      final int left = x + i % columns * (CELL_WIDTH + GAP);
      final int top = HEAD + i / columns * (CELL_HEIGHT + GAP);
      g.setColor(Color.BLACK);
      g.fillRect(left, top, CELL_WIDTH, CELL_HEIGHT);
      final BufferedImage t = tiles.get(i);
      g.setClip(left, top, CELL_WIDTH, CELL_HEIGHT);
      g.drawImage(
          t, left + (CELL_WIDTH - t.getWidth()) / 2, top + (CELL_HEIGHT - t.getHeight()) / 2, null);
      g.setClip(null);
    }
  }

  private void title(final int x, final int width, final String title, final String text) {
    centred(TITLE, INK, title, x, width, 46);
    centred(TEXT, MUTED, text, x, width, 80);
  }

  private void centred(
      final Font font,
      final Color colour,
      final String text,
      final int x,
      final int w,
      final int y) {
    g.setFont(font);
    g.setColor(colour);
    final FontMetrics m = g.getFontMetrics();
    g.drawString(text, x + (w - m.stringWidth(text)) / 2, y);
  }

  private void plus(final int x) {
    final int y = HEAD + CELL_HEIGHT + GAP / 2, middle = x + ARROW / 2;
    g.setColor(ACCENT);
    g.setStroke(new BasicStroke(6));
    g.drawLine(middle - 16, y, middle + 16, y);
    g.drawLine(middle, y - 16, middle, y + 16);
  }

  private void arrow(final int x, final String text) {
    final int y = HEAD + CELL_HEIGHT + GAP / 2, from = x + 16, to = x + ARROW - 16;
    g.setColor(ACCENT);
    g.setStroke(new BasicStroke(6, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    g.drawLine(from, y, to - 18, y);
    final Path2D head = new Path2D.Double();
    head.moveTo(to, y);
    head.lineTo(to - 24, y - 14);
    head.lineTo(to - 24, y + 14);
    head.closePath();
    g.fill(head);
    centred(TEXT, ACCENT, text, x, ARROW, y - 22);
  }
}
