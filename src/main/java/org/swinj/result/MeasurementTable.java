package org.swinj.result;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.swinj.data.AtomicFile;

import ij.measure.ResultsTable;

/**
 * Measurements as a table with the column names of MorphoLibJ, and units behind the names of lengths,
 * areas and volumes. A column Frame is there for several time points, and Confidence where it is known; intensities of several channels have the channel's number behind their name.
 */
public final class MeasurementTable {

	private static final String UNCALIBRATED = "pixel";
	private static final String CONFIDENCE = "Confidence";
	private static final MathContext DIGITS = new MathContext(9);

	private final List<String> columns = new ArrayList<>();
	private final List<List<Object>> rows = new ArrayList<>();

	/** @param measurements one row each, of images with the same number of channels */
	public MeasurementTable(final List<Measurement> measurements) {
		final boolean series = measurements.stream().mapToInt(Measurement::frame).distinct().count() > 1;
		final int channels = measurements.stream().mapToInt(each -> each.intensities().size()).max()
			.orElse(0);
		columns.addAll(List.of("Label", "Class"));
		if (series) columns.add("Frame");
		final String unit = measurements.isEmpty() ? UNCALIBRATED : measurements.get(0).unit();
		columns.addAll(List.of("VoxelCount", "Volume" + in(unit, "³"), "SurfaceArea" + in(unit, "²")));
		for (final String name : new String[] { "Centroid.X", "Centroid.Y", "Centroid.Z", "Box.X.Min",
			"Box.X.Max", "Box.Y.Min", "Box.Y.Max", "Box.Z.Min", "Box.Z.Max" })
			columns.add(name + in(unit, ""));
		for (int c = 1; c <= channels; c++)
			for (final String name : new String[] { "Mean", "StdDev", "Max", "Min" })
				columns.add(channels == 1 ? name : name + ".C" + c);
		if (measurements.stream().anyMatch(each -> each.confidence().isPresent())) columns.add(CONFIDENCE);
		columns.add("Unit");
		for (final Measurement each : measurements)
			rows.add(row(each, series, columns.contains(CONFIDENCE)));
	}

	/** " (µm³)", nothing for images without a voxel size. */
	private static String in(final String unit, final String power) {
		return unit.equals(UNCALIBRATED) ? "" : " (" + unit + power + ")";
	}

	private static List<Object> row(final Measurement each, final boolean series,
		final boolean confidence)
	{
		final List<Object> row = new ArrayList<>(List.of(each.labelClass().value(), each.labelClass()
			.name()));
		if (series) row.add(each.frame());
		row.addAll(List.of(each.voxels(), each.volume(), each.surfaceArea()));
		for (int d = 0; d < 3; d++)
			row.add(each.centroid()[d]);
		for (int d = 0; d < 3; d++)
			row.addAll(List.of(each.boxMin()[d], each.boxMax()[d]));
		for (final IntensityStatistics channel : each.intensities())
			row.addAll(List.of(channel.mean(), channel.stdDev(), channel.max(), channel.min()));
		if (confidence) row.add(each.confidence().orElse(Double.NaN));
		row.add(each.unit());
		return row;
	}

	/** A table for ImageJ to show; undefined numbers are NaN. */
	public ResultsTable toResultsTable() {
		final ResultsTable table = new ResultsTable();
		table.setNaNEmptyCells(true);
		table.showRowNumbers(false);
		for (final List<Object> row : rows) {
			table.addRow();
			table.addLabel(String.valueOf(row.get(0)));
			for (int i = 1; i < row.size(); i++) {
				if (row.get(i) instanceof Number number) table.addValue(columns.get(i), number
					.doubleValue());
				else table.addValue(columns.get(i), String.valueOf(row.get(i)));
			}
		}
		return table;
	}

	/** Writes a CSV file; one of this name is replaced only by a complete one. */
	public void writeCsv(final Path file) throws IOException {
		final StringBuilder text = new StringBuilder();
		appendLine(text, columns);
		for (final List<Object> row : rows)
			appendLine(text, row);
		AtomicFile.write(file, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
	}

	private static void appendLine(final StringBuilder text, final List<?> cells) {
		for (int i = 0; i < cells.size(); i++)
			text.append(i == 0 ? "" : ",").append(cell(cells.get(i)));
		text.append('\n');
	}

	/** Numbers with nine digits, never with an exponent or a decimal comma. */
	private static String cell(final Object value) {
		if (value instanceof Double number && Double.isFinite(number)) return new BigDecimal(number)
			.round(DIGITS).stripTrailingZeros().toPlainString();
		final String text = String.valueOf(value);
		return text.matches("[^,\"\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
	}
}
