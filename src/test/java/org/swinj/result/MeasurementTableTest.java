package org.swinj.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.measure.ResultsTable;

class MeasurementTableTest {

	private static final double[] NOWHERE = { Double.NaN, Double.NaN, Double.NaN };
	private static final String SHAPE = "Label,Class,VoxelCount,Volume (µm³),SurfaceArea (µm²)," +
		"Centroid.X (µm),Centroid.Y (µm),Centroid.Z (µm),Box.X.Min (µm),Box.X.Max (µm),Box.Y.Min (µm)," +
		"Box.Y.Max (µm),Box.Z.Min (µm),Box.Z.Max (µm)";

	@TempDir
	private Path folder;
	private final Locale locale = Locale.getDefault();

	@AfterEach
	void restoreLocale() {
		Locale.setDefault(locale);
	}

	private static Measurement measurement(final int frame, final int label, final String name,
		final IntensityStatistics... channels)
	{
		return new Measurement(frame, new LabelClass(label, name, 0), 1234567, 1234567 * 0.125, 2.5e-7,
			new double[] { 1.5, 1.0 / 3, 123456.789 }, new double[] { 0, 0, 0 }, new double[] { 3, 2, 1e9 },
			List.of(channels), OptionalDouble.empty(), "µm");
	}

	private static Measurement absent(final int label, final String name) {
		return new Measurement(1, new LabelClass(label, name, 0), 0, 0, 0, NOWHERE, NOWHERE, NOWHERE, List
			.of(), OptionalDouble.empty(), "µm");
	}

	private List<String> csv(final Measurement... measurements) throws IOException {
		final Path file = folder.resolve("table.csv");
		new MeasurementTable(List.of(measurements)).writeCsv(file);
		return Files.readAllLines(file);
	}

	@Test
	void columnsAreThoseOfMorphoLibJ() throws IOException {
		final IntensityStatistics channel = new IntensityStatistics(1, 2, 3, 4);
		assertEquals(SHAPE + ",Unit", csv(measurement(1, 1, "a")).get(0));
		assertEquals(SHAPE + ",Mean,StdDev,Max,Min,Unit", csv(measurement(1, 1, "a", channel)).get(0));
		assertEquals(SHAPE.replace("Class,", "Class,Frame,") +
			",Mean.C1,StdDev.C1,Max.C1,Min.C1,Mean.C2,StdDev.C2,Max.C2,Min.C2,Unit", csv(measurement(1, 1,
				"a", channel, channel), measurement(2, 1, "a", channel, channel)).get(0));
		assertEquals(SHAPE.replaceAll(" \\([^)]*\\)", "") + ",Unit", csv().get(0), "no unit is known");
	}

	@Test
	void confidenceHasAColumnWhereItIsKnown() throws IOException {
		final List<String> lines = csv(new Measurement(1, new LabelClass(1, "a", 0), 1, 1, 1, NOWHERE,
			NOWHERE, NOWHERE, List.of(), OptionalDouble.of(0.875), "µm"), absent(2, "b"));
		assertEquals(SHAPE + ",Confidence,Unit", lines.get(0));
		assertTrue(lines.get(1).endsWith(",0.875,µm"), lines.get(1));
		assertTrue(lines.get(2).endsWith(",NaN,µm"), lines.get(2));
	}

	@Test
	void numbersHaveNeitherExponentsNorDecimalCommas() throws IOException {
		Locale.setDefault(Locale.GERMANY);
		assertEquals(
			"7,a,1234567,154320.875,0.00000025,1.5,0.333333333,123456.789,0,3,0,2,0,1000000000," +
				"-1.25,0.1,340282347000000000000000000000000000000,NaN,µm", csv(measurement(1, 7, "a",
					new IntensityStatistics(-1.25, 0.1, Float.MAX_VALUE, Double.NaN))).get(1));
		assertEquals("2,b,0,0,0,NaN,NaN,NaN,NaN,NaN,NaN,NaN,NaN,NaN,µm", csv(absent(2, "b")).get(1));
	}

	@Test
	void imageJReadsTheFileBack() throws IOException {
		Locale.setDefault(Locale.GERMANY);
		csv(measurement(1, 3, "vessel, portal"), absent(4, "bile duct"));
		final ResultsTable table = ResultsTable.open(folder.resolve("table.csv").toString());
		assertEquals(2, table.size());
		assertEquals(3, table.getValue("Label", 0));
		assertEquals("vessel, portal", table.getStringValue("Class", 0));
		assertEquals(154320.875, table.getValue("Volume (µm³)", 0));
		assertEquals(2.5e-7, table.getValue("SurfaceArea (µm²)", 0));
		assertEquals(1.0 / 3, table.getValue("Centroid.Y (µm)", 0), 1e-9);
		assertEquals("µm", table.getStringValue("Unit", 0));
		assertEquals("bile duct", table.getStringValue("Class", 1));
		assertTrue(Double.isNaN(table.getValue("Centroid.X (µm)", 1)));
	}

	@Test
	void tableOfImageJSaysTheSame() {
		Locale.setDefault(Locale.GERMANY);
		final ResultsTable table = new MeasurementTable(List.of(measurement(1, 3, "a",
			new IntensityStatistics(1.5, 2, 3, 4)), measurement(2, 5, "b", new IntensityStatistics(5, 6, 7,
				8)))).toResultsTable();
		assertEquals(SHAPE.replace("Class,", "Class,Frame,") + ",Mean,StdDev,Max,Min,Unit", table
			.getColumnHeadings().replace('\t', ','));
		assertEquals("5", table.getLabel(1));
		assertEquals("b", table.getStringValue("Class", 1));
		assertEquals(2, table.getValue("Frame", 1));
		assertEquals(1234567, table.getValue("VoxelCount", 1));
		assertEquals(8, table.getValue("Min", 1));
		assertEquals("µm", table.getStringValue("Unit", 0));
		assertTrue(table.getRowAsString(0).contains("1.500"), table.getRowAsString(0));
	}

	@Test
	void quotesAndLineBreaksStayInTheirCell() throws IOException {
		final Path file = folder.resolve("table.csv");
		new MeasurementTable(List.of(absent(1, "so \"called\"\nlobe"))).writeCsv(file);
		assertTrue(Files.readString(file).contains("\n1,\"so \"\"called\"\"\nlobe\",0,"));
	}
}
