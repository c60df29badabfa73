package org.swinj.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Point;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.swinj.data.Geometry;
import org.swinj.progress.CancelledException;
import org.swinj.progress.Progress;

import ij.gui.Roi;
import ij.io.RoiDecoder;

/** Regions as they come back from the file that ImageJ's ROI Manager reads. */
class RoiExportTest {

	@TempDir
	private Path folder;

	/** Slice 1: class 1 is a frame around class 2 and a hole. Slice 2: class 1 is in two pieces. */
	private static int label(final int x, final int y, final int z) {
		if (z == 1) return x == 1 || x == 5 ? 1 : 0;
		final boolean frame = Math.abs(x - 3) <= 2 && Math.abs(y - 3) <= 2;
		if (x == 3 && y == 3) return 2;
		return frame && !(x == 4 && y == 3) ? 1 : 0;
	}

	private static LabelImage labels() {
		return TestLabels.of(Geometry.unknown(), 8, 7, 2, RoiExportTest::label);
	}

	@Test
	void namesPositionsGroupsAndColours() throws IOException {
		final List<Roi> rois = roundTrip(RoiExport.rois(labels(), TestLabels.CLASSES, false, Progress
			.silent()));
		assertEquals(List.of("liver-0001", "tumour-0001", "liver-0002"), rois.stream().map(Roi::getName)
			.toList());
		assertEquals(List.of(1, 1, 2), rois.stream().map(Roi::getPosition).toList());
		assertEquals(List.of(1, 2, 1), rois.stream().map(Roi::getGroup).toList());
	}

	/** ImageJ 1.54p reads the colour, then replaces it by that of the group; the file has it. */
	@Test
	void coloursOfClassesAreInTheFile() throws IOException {
		final List<Roi> rois = RoiExport.rois(labels(), TestLabels.CLASSES, false, Progress.silent());
		final int[] colors = { 0xffff0000, 0xff00c0ff, 0xffff0000 };
		for (int i = 0; i < 3; i++)
			assertEquals(new Color(colors[i]), rois.get(i).getStrokeColor());
		final Path file = folder.resolve("rois.zip");
		RoiZip.write(file, rois);
		try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
			for (int i = 0; zip.getNextEntry() != null; i++)
				assertEquals(colors[i], ByteBuffer.wrap(zip.readAllBytes()).getInt(
					RoiDecoder.STROKE_COLOR));
		}
	}

	@Test
	void holesAndPiecesAreKept() throws IOException {
		final List<Roi> rois = roundTrip(RoiExport.rois(labels(), TestLabels.CLASSES, false, Progress
			.silent()));
		assertEquals(23, rois.get(0).getStatistics().pixelCount);
		assertFalse(rois.get(0).contains(3, 3));
		assertFalse(rois.get(0).contains(4, 3));
		assertTrue(rois.get(0).contains(2, 3));
		assertEquals(1, rois.get(1).getStatistics().pixelCount);
		assertEquals(14, rois.get(2).getStatistics().pixelCount);
		assertFalse(rois.get(2).contains(3, 3));
	}

	@Test
	void timeSeriesAndChannelsHaveHyperstackPositions() throws IOException {
		final LabelImage series = LabelImage.series(List.of(labels(), labels()));
		final Roi last = roundTrip(RoiExport.rois(series, TestLabels.CLASSES, false, Progress.silent()))
			.get(5);
		assertEquals("liver-0002-t0002", last.getName());
		assertEquals(List.of(0, 2, 2), position(last));
		final Roi single = roundTrip(RoiExport.rois(labels(), TestLabels.CLASSES, true, Progress
			.silent())).get(2);
		assertEquals("liver-0002", single.getName());
		assertEquals(List.of(0, 2, 1), position(single));
	}

	private static List<Integer> position(final Roi roi) {
		return List.of(roi.getCPosition(), roi.getZPosition(), roi.getTPosition());
	}

	/** Noise has every kind of corner: exactly the voxels of a label must be inside. */
	@ParameterizedTest
	@ValueSource(doubles = { 0.1, 0.5, 0.9 })
	void regionsHoldExactlyTheirVoxels(final double density) throws IOException {
		final Random random = new Random(5);
		final LabelImage labels = TestLabels.of(Geometry.unknown(), 17, 13, 4, (x, y, z) -> random
			.nextDouble() < density ? 1 + random.nextInt(2) : 0);
		final List<Roi> rois = roundTrip(RoiExport.rois(labels, TestLabels.CLASSES, false, Progress
			.silent()));
		assertEquals(8, rois.size());
		for (final Roi roi : rois) {
			final Set<Point> expected = new HashSet<>();
			final short[] plane = labels.plane(roi.getPosition() - 1, 0);
			for (int i = 0; i < plane.length; i++)
				if (plane[i] == roi.getGroup()) expected.add(new Point(i % 17, i / 17));
			assertEquals(expected, Set.of(roi.getContainedPoints()));
			assertEquals(TestLabels.count(labels, roi.getGroup(), roi.getPosition() - 1, 0), roi
				.getContainedPoints().length);
		}
	}

	@Test
	void labelsBeyondTheGroupsOfImageJHaveNone() throws IOException {
		final LabelImage labels = TestLabels.of(Geometry.unknown(), 3, 1, 1, (x, y, z) -> 255 + 20000 *
			x);
		final List<Roi> rois = roundTrip(RoiExport.rois(labels, new LabelClasses(List.of()), false,
			Progress.silent()));
		assertEquals(List.of(255, 0, 0), rois.stream().map(Roi::getGroup).toList());
		assertEquals("class 40255-0001", rois.get(2).getName());
		assertEquals(new Color(new LabelLut().rgb(40255)), rois.get(2).getStrokeColor());
		assertTrue(rois.get(2).contains(2, 0));
	}

	@Test
	void emptyLabelsMakeAnEmptyFile() throws IOException {
		final LabelImage labels = TestLabels.of(Geometry.unknown(), 3, 1, 1, (x, y, z) -> 0);
		assertEquals(List.of(), roundTrip(RoiExport.rois(labels, TestLabels.CLASSES, false, Progress
			.silent())));
	}

	@Test
	void entriesNeverCollideAndAreNoPaths() throws IOException {
		final List<Roi> rois = new ArrayList<>();
		for (final String name : new String[] { "a/../b", "A", "a", "a\\..\\b", null, "größe", "a-2" }) {
			rois.add(new Roi(rois.size(), 0, 1, 1));
			rois.get(rois.size() - 1).setName(name);
		}
		final Path file = folder.resolve("rois.zip");
		RoiZip.write(file, rois);
		final Map<String, Roi> entries = read(file);
		assertEquals(List.of("a_.._b.roi", "A.roi", "a-2.roi", "a_.._b-2.roi", "region.roi", "größe.roi",
			"a-2-2.roi"), List.copyOf(entries.keySet()));
		int x = 0;
		for (final Roi roi : entries.values())
			assertEquals(x++, roi.getBounds().x);
	}

	@Test
	void failureLeavesTheOldFile() throws IOException {
		final Path file = folder.resolve("rois.zip");
		Files.writeString(file, "old");
		final List<Roi> rois = new ArrayList<>();
		rois.add(new Roi(0, 0, 1, 1));
		rois.add(null);
		assertThrows(NullPointerException.class, () -> RoiZip.write(file, rois));
		assertEquals("old", Files.readString(file));
	}

	@Test
	void cancelStops() {
		final Progress cancelled = new CancelledProgress();
		assertThrows(CancelledException.class, () -> RoiExport.rois(labels(), TestLabels.CLASSES, false,
			cancelled));
	}

	private List<Roi> roundTrip(final List<Roi> rois) throws IOException {
		final Path file = folder.resolve("rois.zip");
		RoiZip.write(file, rois);
		final Map<String, Roi> entries = read(file);
		entries.forEach((entry, roi) -> assertEquals(entry, roi.getName() + ".roi"));
		return List.copyOf(entries.values());
	}

	private static Map<String, Roi> read(final Path file) throws IOException {
		final Map<String, Roi> rois = new LinkedHashMap<>();
		try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
				rois.put(entry.getName(), RoiDecoder.openFromByteArray(zip.readAllBytes()));
		}
		return rois;
	}
}
