package org.swinj.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;

import org.junit.jupiter.api.Test;

class PreviewPictureTest {

	private static final int[] SIZE = { 2, 1, 2 };
	private static final float[] IMAGE = { 0, 1, 0.5f, 0 };

	@Test
	void volumesStandSideBySideWithOneRange() {
		final BufferedImage first = new PreviewPicture(SIZE, IMAGE).add(new float[] { 1, 2, -1, 0 })
			.slice(0);
		assertEquals(2 + 4 + 2, first.getWidth());
		assertEquals(0x000000, first.getRGB(0, 0) & 0xffffff);
		assertEquals(0xffffff, first.getRGB(1, 0) & 0xffffff);
		assertEquals(0xffffff, first.getRGB(6, 0) & 0xffffff);
		assertEquals(0xffffff, first.getRGB(7, 0) & 0xffffff, "above the range");
	}

	@Test
	void labelsLieInColourOnTheFirstVolume() {
		final BufferedImage second = new PreviewPicture(SIZE, IMAGE, 0, 0xff0000).addLabels(new short[] {
			1, 0, -1, 1 }).slice(1);
		assertEquals(0x808080, second.getRGB(6, 0) & 0xffffff, "nobody annotated it");
		assertEquals(0x730000, second.getRGB(7, 0) & 0xffffff);
	}

	@Test
	void middleSliceIsEnlarged() {
		final BufferedImage middle = new PreviewPicture(SIZE, IMAGE).middle();
		assertEquals(256, middle.getWidth());
		assertEquals(128, middle.getHeight());
		assertEquals(0x808080, middle.getRGB(127, 127) & 0xffffff);
		assertEquals(0x000000, middle.getRGB(128, 0) & 0xffffff);
	}
}
