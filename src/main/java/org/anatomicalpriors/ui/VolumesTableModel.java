package org.anatomicalpriors.ui;

import java.util.List;
import javax.swing.table.AbstractTableModel;
import org.anatomicalpriors.labels.Label;
import org.anatomicalpriors.labels.LabelSet;

/** Volumes of the structures of one anatomy, and how they differ from those of the mean. */
final class VolumesTableModel extends AbstractTableModel {

  private static final long serialVersionUID = 1L;

  static final int STRUCTURE = 0, VOLUME = 1, CHANGE = 2;

  private final transient List<Label> structures;
  private final String unit;
  private transient Anatomy anatomy;
  private transient Anatomy mean;

  /**
   * @param unit of length
   */
  VolumesTableModel(final LabelSet labels, final String unit) {
    structures = labels.labels().subList(1, labels.size());
    this.unit = unit;
  }

  void show(final Anatomy shown, final Anatomy comparedWith) {
    anatomy = shown;
    mean = comparedWith;
    fireTableRowsUpdated(0, structures.size() - 1);
  }

  Label structure(final int row) {
    return structures.get(row);
  }

  /** Row of the structure with this id, or -1. */
  int row(final int id) {
    for (int r = 0; r < structures.size(); r++) if (structures.get(r).id() == id) return r;
    return -1;
  }

  @Override
  public int getRowCount() {
    return structures.size();
  }

  @Override
  public int getColumnCount() {
    return 3;
  }

  @Override
  public String getColumnName(final int column) {
    return column == STRUCTURE
        ? "Structure"
        : column == VOLUME ? "Volume (" + unit + "\u00b3)" : "Against mean";
  }

  @Override
  public Class<?> getColumnClass(final int column) {
    return column == STRUCTURE ? String.class : Double.class;
  }

  /** Name; volume in cubic units; change in percent, NaN where the mean has none of it. */
  @Override
  public Object getValueAt(final int row, final int column) {
    if (column == STRUCTURE) return structures.get(row).name();
    if (anatomy == null) return Double.NaN;
    final double volume = anatomy.volume(row + 1);
    if (column == VOLUME) return volume;
    final double usual = mean.volume(row + 1);
    return usual == 0 ? Double.NaN : 100 * (volume / usual - 1);
  }
}
