package org.swinj.result;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.data.FormatException;
import org.swinj.data.Geometry;
import org.swinj.data.Volume;
import org.swinj.progress.Progress;

import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.PointRoi;
import ij.gui.Roi;

/** Regions on a volume of 12 × 10 × 4 voxels. */
class RoiLabelsTest {

	@TempDir
	private Path folder;

	private static final Volume VOLUME = TestLabels.volume(Geometry.unknown(), 12, 10, 4, (x, y, z) -> x);

	@Test
	void annotatedSlicesHaveBackgroundAndTheOthersAreIgnored() throws IOException {
		final RoiLabels made = RoiLabels.of(VOLUME, List.of(roi(2, 3, new Roi(1, 2, 4, 3)), roi(0, 3,
			new Roi(4, 2, 3, 3))), true);
		assertEquals(1, made.slices());
		assertEquals(120, TestLabels.count(made.labels(), RoiLabels.IGNORE, 0, 0));
		assertEquals(9, TestLabels.count(made.labels(), 2, 2, 0)); // the later one covers three voxels
		assertEquals(9, TestLabels.count(made.labels(), 1, 2, 0));
		assertEquals(102, TestLabels.count(made.labels(), 0, 2, 0));
		assertEquals(1, made.labels().plane(2, 0)[12 * 2 + 4]);
	}

	@Test
	void scribblesLeaveTheRestOfTheirSliceIgnored() throws IOException {
		final Roi ground = roi(0, 1, new Line(0, 0, 11, 0));
		ground.setName("Background-0001");
		final Roi points = roi(3, 1, new PointRoi(new float[] { 5, 40, -1 }, new float[] { 5, 5, 5 }));
		final RoiLabels made = RoiLabels.of(VOLUME, List.of(ground, points), false);
		assertEquals(12, TestLabels.count(made.labels(), 0, 0, 0));
		assertEquals(1, TestLabels.count(made.labels(), 3, 0, 0));
		assertEquals(107, TestLabels.count(made.labels(), RoiLabels.IGNORE, 0, 0));
	}

	@Test
	void classesAreCalledAfterTheFirstRegionWithAName() throws IOException {
		final Roi number = roi(1, 1, new Roi(0, 0, 1, 1)), named = roi(1, 2, new Roi(0, 0, 1, 1));
		number.setName("0001-0003-0004");
		named.setName("outer cortex-0002-t0001");
		final Roi other = roi(2, 1, new Roi(0, 0, 1, 1));
		other.setName(null);
		assertEquals("1 = outer cortex, 2 = class 2, 255 = ignore", RoiLabels.of(VOLUME, List.of(number,
			named, other), true).classes().description());
	}

	@Test
	void classesTakeOtherColoursAndTheRestKeepsItsOwn() throws IOException {
		final RoiLabels made = RoiLabels.of(VOLUME, List.of(roi(1, 1, new Roi(0, 0, 1, 1))), true);
		final RoiLabels green = made.withColors(label -> label << 8);
		assertEquals(1 << 8, green.classes().get(1).rgb());
		assertEquals(made.classes().get(RoiLabels.IGNORE), green.classes().get(RoiLabels.IGNORE));
		assertEquals(made.classes().description(), green.classes().description());
	}

	@Test
	void regionsBeyondTheImageAreCut() throws IOException {
		final RoiLabels made = RoiLabels.of(VOLUME, List.of(roi(1, 4, new OvalRoi(8, 6, 20, 20))), true);
		assertEquals(120, TestLabels.count(made.labels(), 0, 3, 0) + TestLabels.count(made.labels(), 1, 3,
			0));
	}

	@Test
	void whatSegmentExportsComesBackFromItsFile() throws IOException {
		final LabelImage labels = TestLabels.of(Geometry.unknown(), 12, 10, 4, (x, y, z) -> (x + z) % 5 == 0
			? 1 : x * y > 20 ? 2 : 0);
		final Path file = folder.resolve("rois.zip");
		RoiZip.write(file, RoiExport.rois(labels, TestLabels.CLASSES, false, Progress.silent()));
		final RoiLabels made = RoiLabels.of(VOLUME, RoiZip.read(file), true);
		for (int z = 0; z < 4; z++)
			assertArrayEquals(labels.plane(z, 0), made.labels().plane(z, 0));
		assertEquals("1 = liver, 2 = tumour, 255 = ignore", made.classes().description());
	}

	@Test
	void regionsInHyperstacksBelongToAllChannels() throws IOException {
		final Roi roi = new Roi(0, 0, 1, 1);
		roi.setPosition(2, 3, 1);
		assertEquals(1, TestLabels.count(RoiLabels.of(VOLUME, List.of(roi), true).labels(), 1, 2, 0));
		final Roi time = new Roi(0, 0, 1, 1);
		time.setPosition(1, 1, 4);
		assertEquals(1, TestLabels.count(RoiLabels.of(VOLUME, List.of(time), true).labels(), 1, 3, 0));
	}

	@Test
	void regionsThatBelongNowhereAreRefused() throws IOException {
		final Roi free = new Roi(0, 0, 1, 1);
		free.setName("free");
		assertEquals("Region \"free\" belongs to no slice: select it on its slice and press Update in the "
			+ "ROI Manager.", message(free));
		assertEquals("Region \"a\" belongs to slice 9, but \"scan\" has 4.", message(roi(1, 9, new Roi(0, 0,
			1, 1))));
		assertEquals("Region \"a\" is of group 255, which means that nobody annotated it: use groups from 1 "
			+ "to 254.", message(roi(255, 1, new Roi(0, 0, 1, 1))));
		Files.writeString(folder.resolve("no.zip"), "no");
		Files.write(folder.resolve("bad.roi"), new byte[70]);
		assertThrows(FormatException.class, () -> RoiZip.read(folder.resolve("no.zip")));
		assertThrows(FormatException.class, () -> RoiZip.read(folder.resolve("bad.roi")));
	}

	private static String message(final Roi roi) {
		return assertThrows(FormatException.class, () -> RoiLabels.of(VOLUME, List.of(roi), true))
			.getMessage();
	}

	private static Roi roi(final int group, final int slice, final Roi roi) {
		roi.setPosition(slice);
		roi.setGroup(group);
		roi.setName("a");
		return roi;
	}
}
