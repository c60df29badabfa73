package org.swinj.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SliceTileTest {

	private static final int[] COLORS = { 0, 0xff0000, 0x00c0ff };
	private static final int VOXELS = 20;

	private static BufferedImage draw(final int pixels, final float brightness,
		final TestLabels.Voxel label)
	{
		final float[] grey = new float[VOXELS * VOXELS];
		Arrays.fill(grey, brightness);
		final short[] labels = new short[VOXELS * VOXELS];
		for (int i = 0; i < labels.length; i++)
			labels[i] = (short) label.at(i % VOXELS, i / VOXELS, 0);
		return new SliceTile(new int[] { VOXELS, VOXELS }, pixels, pixels, new boolean[2], COLORS).draw(
			grey, labels);
	}

	private static int rgb(final BufferedImage image, final double x, final double y) {
		final double pixel = image.getWidth() / (double) VOXELS;
		return image.getRGB((int) (x * pixel), (int) (y * pixel)) & 0xffffff;
	}

	@Test
	void backgroundIsGrey() {
		final BufferedImage image = draw(100, 0.4f, (x, y, z) -> 0);
		for (int i = 0; i < 100 * 100; i++)
			assertEquals(0xff666666, image.getRGB(i % 100, i / 100));
	}

	@Test
	void classesAreTransparent() {
		final BufferedImage image = draw(400, 0.4f, (x, y, z) -> x < 10 ? 1 : 2);
		assertEquals(Math.round(102 + 0.28 * (255 - 102)) << 16 | 73 << 8 | 73, rgb(image, 5, 10));
		assertEquals(73 << 16 | Math.round(102 + 0.28 * (192 - 102)) << 8 | Math.round(102 + 0.28 * (255 -
			102)), rgb(image, 15, 10));
	}

	/** From outside to inside: grey, at most one mixed pixel, one or two pure ones, transparent. */
	@ParameterizedTest
	@ValueSource(ints = { 400, 200, 100 })
	void outlinesAreOneOrTwoPixelsWide(final int pixels) {
		final BufferedImage image = draw(pixels, 0.4f, (x, y, z) -> x < 5 || x >= 15 || y < 5 || y >= 15
			? 0 : 1);
		final int[][] ways = { { 0, 1 }, { pixels - 1, -1 } };
		for (final int[] way : ways) {
			int x = way[0], mixed = 0, pure = 0;
			while (image.getRGB(x, pixels / 2) == 0xff666666)
				x += way[1];
			assertEquals(pixels / 4, Math.abs(x - way[0]), 0.2 * pixels / VOXELS + 1);
			while (image.getRGB(x, pixels / 2) != image.getRGB(pixels / 2, pixels / 2)) {
				if (image.getRGB(x, pixels / 2) == 0xffff0000) pure++;
				else mixed++;
				x += way[1];
			}
			assertTrue(pure >= 1 && pure <= 2 && pure + mixed <= 3, pure + " pure and " + mixed + " mixed");
		}
	}

	@Test
	void classesThatTouchHaveAnOutlineEach() {
		final BufferedImage image = draw(400, 0, (x, y, z) -> x < 10 ? 1 : 2);
		assertEquals(0xff0000, image.getRGB(199, 200) & 0xffffff);
		assertEquals(0x00c0ff, image.getRGB(200, 200) & 0xffffff);
		assertTrue(rgb(image, 0, 10) != 0xff0000, "the border of the slice is none of the class");
	}

	@Test
	void singleVoxelsAreSeen() {
		final BufferedImage image = draw(100, 1, (x, y, z) -> x == 12 && y == 7 ? 1 : 0);
		int count = 0;
		for (int i = 0; i < 100 * 100; i++)
			if (image.getRGB(i % 100, i / 100) == 0xffff0000) count++;
		assertEquals(0xff0000, rgb(image, 12.5, 7.5));
		assertTrue(count >= 1 && count <= 25, "pixels " + count);
	}
}
