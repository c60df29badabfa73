package org.swinj.fiji;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import javax.swing.table.AbstractTableModel;

import org.swinj.data.Geometry;
import org.swinj.model.ModelCard;
import org.swinj.model.ModelLibrary;
import org.swinj.model.SegmentationClass;

/** Models as rows of a table. */
final class ModelTable extends AbstractTableModel {

	private static final long serialVersionUID = 1L;

	private static final String[] COLUMNS = { "Name", "Classes", "Voxel size", "Channels", "Dice",
		"Size" };

	private transient List<ModelLibrary.Entry> rows = List.of();

	void show(final List<ModelLibrary.Entry> entries) {
		rows = entries;
		fireTableDataChanged();
	}

	ModelLibrary.Entry row(final int index) {
		return rows.get(index);
	}

	@Override
	public int getRowCount() {
		return rows.size();
	}

	@Override
	public int getColumnCount() {
		return COLUMNS.length;
	}

	@Override
	public String getColumnName(final int column) {
		return COLUMNS[column];
	}

	@Override
	public Object getValueAt(final int index, final int column) {
		final ModelLibrary.Entry entry = rows.get(index);
		final ModelCard card = entry.card();
		final boolean scored = card.training() != null && !Double.isNaN(card.training().bestDice());
		return switch (column) {
			case 0 -> entry.path().getFileName().toString();
			case 1 -> card.encoderOnly() ? "(start for fine-tuning)" : card.classes().stream().filter(
				c -> c.value() > 0).map(SegmentationClass::name).collect(Collectors.joining(", "));
			case 2 -> Geometry.text(card.voxelSize(), card.unit());
			case 3 -> String.join(", ", card.channels());
			case 4 -> scored ? String.format(Locale.ROOT, "%.3f", card.training().bestDice()) : "";
			default -> String.format(Locale.ROOT, "%.0f MB", entry.bytes() / 1e6);
		};
	}
}
