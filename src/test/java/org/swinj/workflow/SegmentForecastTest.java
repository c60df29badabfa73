package org.swinj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;

import org.swinj.data.Geometry;
import org.swinj.data.Intensity;
import org.swinj.data.Volume;
import org.swinj.model.ModelCard;
import org.swinj.network.SwinConfig;

class SegmentForecastTest {

	private static SegmentForecast of(final String unit, final double voxel, final int channels) {
		final ModelCard card = ModelCard.of("m", SwinConfig.monai(1, 2, 12), ModelCard.numberedClasses(2),
			List.of("c"), new double[] { 1, 1, 1 }, "mm", false, Intensity.zScore(), new int[] { 32, 32,
				32 });
		return new SegmentForecast(card, new Volume("v", ArrayImgs.floats(64, 64, 32, channels), Geometry
			.of(unit, voxel, voxel, voxel)), 1, 0.5);
	}

	@Test
	void windowsAreCountedOnTheGridOfTheModel() {
		assertEquals(3 * 3, of("mm", 1, 1).windows());
		assertEquals(7 * 7 * 3, of("mm", 2, 1).windows());
		assertEquals(3 * 3, of("µm", 1000, 1).windows());
		assertEquals(3 * 3, of("pixel", 5, 1).windows(), "sizes cannot be compared");
	}

	@Test
	void whatDoesNotFitIsSaidFirst() {
		final List<String> lines = of("mm", 5, 2).describe();
		assertEquals("Warning: the image has 2 channel(s), but the model needs 1.", lines.get(0));
		assertEquals("Warning: along X the image's voxels are 5.0 times larger than the model's.", lines
			.get(1));
		final List<String> fine = of("mm", 1, 1).describe();
		assertEquals("Image: 64 × 64 × 32 voxels of 1 × 1 × 1 mm", fine.get(0));
		assertTrue(fine.get(1).startsWith("Work: 9 windows, about 1"), fine.get(1));
	}
}
