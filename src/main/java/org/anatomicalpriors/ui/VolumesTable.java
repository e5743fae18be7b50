package org.anatomicalpriors.ui;

import java.awt.Color;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.Graphics;
import java.util.Locale;
import java.util.function.DoubleFunction;
import javax.swing.Icon;
import javax.swing.JTable;
import javax.swing.SwingConstants;
import javax.swing.table.DefaultTableCellRenderer;

/** The volumes table, each structure beside its colour. */
final class VolumesTable extends JTable {

  private static final long serialVersionUID = 1L;

  private static final int ROW_HEIGHT = 20;

  private final VolumesTableModel model;

  VolumesTable(final VolumesTableModel model) {
    super(model);
    this.model = model;
    setName("volumes");
    setAutoCreateRowSorter(true);
    setRowHeight(ROW_HEIGHT);
    setShowVerticalLines(false);
    setGridColor(Tones.rule());
    setFillsViewportHeight(true);
    setBackground(Tones.paper());
    setForeground(Tones.text());
    setSelectionBackground(Tones.marked());
    setSelectionForeground(Tones.text());
    getTableHeader().setReorderingAllowed(false);
    getColumnModel().getColumn(VolumesTableModel.STRUCTURE).setPreferredWidth(190);
    getColumnModel().getColumn(VolumesTableModel.VOLUME).setPreferredWidth(110);
    getColumnModel().getColumn(VolumesTableModel.CHANGE).setPreferredWidth(100);
    getColumnModel().getColumn(VolumesTableModel.STRUCTURE).setCellRenderer(new Names());
    getColumnModel()
        .getColumn(VolumesTableModel.VOLUME)
        .setCellRenderer(new Numbers(v -> String.format(Locale.ROOT, "%,.0f", v), false));
    getColumnModel()
        .getColumn(VolumesTableModel.CHANGE)
        .setCellRenderer(new Numbers(VolumesTable::percent, true));
    setPreferredScrollableViewportSize(
        new Dimension(400, ROW_HEIGHT * Math.min(20, model.getRowCount())));
  }

  private static String percent(final double change) {
    return String.format(Locale.ROOT, "%+.1f %%", change)
        .replace("-0.0 %", "+0.0 %")
        .replace('-', '\u2212');
  }

  /** Marks the structure with this id; none for 0. */
  void mark(final int id) {
    final int row = model.row(id);
    if (row < 0) clearSelection();
    else {
      final int shown = convertRowIndexToView(row);
      setRowSelectionInterval(shown, shown);
      scrollRectToVisible(getCellRect(shown, 0, true));
    }
  }

  private final class Names extends DefaultTableCellRenderer implements Icon {
    private static final long serialVersionUID = 1L;
    private Color colour;

    @Override
    public Component getTableCellRendererComponent(
        final JTable table,
        final Object value,
        final boolean selected,
        final boolean focused,
        final int row,
        final int column) {
      super.getTableCellRendererComponent(table, value, selected, false, row, column);
      colour = new Color(model.structure(convertRowIndexToModel(row)).rgb());
      setIcon(this);
      setIconTextGap(8);
      return this;
    }

    @Override
    public void paintIcon(final Component c, final Graphics g, final int x, final int y) {
      g.setColor(colour);
      g.fillRect(x, y, getIconWidth(), getIconHeight());
      g.setColor(Color.GRAY); // white matter is white
      g.drawRect(x, y, getIconWidth() - 1, getIconHeight() - 1);
    }

    @Override
    public int getIconWidth() {
      return 12;
    }

    @Override
    public int getIconHeight() {
      return 12;
    }
  }

  private static final class Numbers extends DefaultTableCellRenderer {
    private static final long serialVersionUID = 1L;
    private final transient DoubleFunction<String> format;
    private final boolean coloured;

    Numbers(final DoubleFunction<String> format, final boolean coloured) {
      this.format = format;
      this.coloured = coloured;
      setHorizontalAlignment(SwingConstants.TRAILING);
    }

    @Override
    public Component getTableCellRendererComponent(
        final JTable table,
        final Object value,
        final boolean selected,
        final boolean focused,
        final int row,
        final int column) {
      super.getTableCellRendererComponent(table, value, selected, false, row, column);
      final double v = (Double) value;
      setText(Double.isNaN(v) ? "\u2013" : format.apply(v));
      if (coloured)
        setForeground(
            Math.abs(v) >= 0.05 ? v < 0 ? Tones.less() : Tones.more() : table.getForeground());
      return this;
    }
  }
}
