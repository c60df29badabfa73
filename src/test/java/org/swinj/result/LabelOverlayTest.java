package org.swinj.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.swinj.data.Geometry;
import org.swinj.progress.Progress;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;

class LabelOverlayTest {

	private final ImagePlus image = IJ.createImage("i", "8-bit black", 20, 20, 3);

	private static List<Roi> rois() {
		return RoiExport.rois(TestLabels.of(Geometry.unknown(), 20, 20, 3, (x, y, z) -> z == 1 && x > 4 &&
			x < 15 && y > 4 && y < 15 ? 1 : 0), TestLabels.CLASSES, false, Progress.silent());
	}

	@Test
	void fillsAndOutlinesAreAddedBehindWhatIsThere() {
		final Overlay overlay = new Overlay();
		final Roi arrow = new Roi(1, 1, 2, 2);
		overlay.add(arrow);
		image.setOverlay(overlay);
		final List<Roi> rois = rois();
		LabelOverlay.show(image, "run 1", rois);
		assertSame(overlay, image.getOverlay());
		assertEquals(3, overlay.size());
		assertSame(arrow, overlay.get(0));
		assertEquals(new Color(255, 0, 0, 89), overlay.get(1).getFillColor());
		assertNull(overlay.get(2).getFillColor());
		assertEquals(Color.RED, overlay.get(2).getStrokeColor());
		assertEquals(2, overlay.get(2).getPosition());
		assertNull(rois.get(0).getFillColor(), "the regions themselves stay as they are");
		assertEquals(0, rois.get(0).getPropertyCount());
	}

	@Test
	void onlyTheSameNameIsReplacedOrRemoved() {
		image.setOverlay(new Overlay(new Roi(1, 1, 2, 2)));
		LabelOverlay.show(image, "run 1", rois());
		LabelOverlay.show(image, "run 2", rois());
		assertEquals(5, image.getOverlay().size());
		final List<Roi> before = new ArrayList<>(Arrays.asList(image.getOverlay().toArray()));
		LabelOverlay.show(image, "run 1", rois());
		assertEquals(5, image.getOverlay().size());
		assertSame(before.get(3), image.getOverlay().get(1), "run 2 moved up");
		LabelOverlay.remove(image, "run 1");
		LabelOverlay.remove(image, "run 2");
		LabelOverlay.remove(image, "run 3");
		assertEquals(List.of(before.get(0)), Arrays.asList(image.getOverlay().toArray()));
	}

	@Test
	void nothingIsLeftOfAnOverlayOfOurOwn() {
		LabelOverlay.remove(image, "run 1");
		LabelOverlay.show(image, "run 1", rois());
		LabelOverlay.remove(image, "run 1");
		assertNull(image.getOverlay());
	}

	@Test
	void flattenedImageShowsFillAndOutline() {
		image.setSlice(2);
		LabelOverlay.show(image, "run 1", rois());
		final int[] rgb = LabelImageTest.rgb(image.flatten());
		assertEquals(0, rgb[0]);
		final int fill = rgb[10 * 20 + 10] >> 16, outline = rgb[10 * 20 + 5] >> 16;
		assertTrue(Math.abs(fill - 89) <= 2, "fill " + fill);
		assertEquals(255, outline);
	}
}
