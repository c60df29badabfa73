package org.swinj.result;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.ImageIO;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.swinj.data.Geometry;
import org.swinj.data.Volume;

class OverlayPictureTest {

	private static final Geometry CUBES = Geometry.unknown();
	private static final int RED = 0xff0000, BLUE = 0x00c0ff;

	@TempDir
	private Path folder;

	/** Black to white along Z, so that the brightness of a place tells its slice. */
	private static Volume ramp(final int width, final int height, final int slices) {
		return TestLabels.volume(CUBES, width, height, slices, (x, y, z) -> z);
	}

	private static BufferedImage draw(final Volume source, final TestLabels.Voxel label) {
		return OverlayPicture.draw(source, labels(source, label), TestLabels.CLASSES);
	}

	private static LabelImage labels(final Volume source, final TestLabels.Voxel label) {
		final long[] size = source.size();
		return TestLabels.of(source.geometry(), (int) size[0], (int) size[1], (int) size[2], label);
	}

	@Test
	void fileHoldsThePictureWithoutADisplay() throws IOException {
		assertTrue(GraphicsEnvironment.isHeadless());
		final Volume source = ramp(20, 20, 30);
		final LabelImage labels = labels(source, (x, y, z) -> x / 8);
		final Path file = folder.resolve("new/overlay.png");
		OverlayPicture.write(file, source, labels, TestLabels.CLASSES);
		final BufferedImage read = ImageIO.read(file.toFile());
		assertEquals(1600, read.getWidth());
		assertSame(OverlayPicture.draw(source, labels, TestLabels.CLASSES), read);
		assertArrayEquals(new String[] { "overlay.png" }, file.getParent().toFile().list());
	}

	@ParameterizedTest
	@CsvSource({ "12, 1, 4, 3", "12, 0.83, 4, 3", "12, 0.1, 12, 1", "12, 10, 1, 12", "1, 0.02, 1, 1",
		"1, 50, 1, 1", "7, 1, 4, 2", "3, 1, 2, 2", "3, 0.5, 3, 1" })
	void everyShapeMakesAHandyPicture(final int slices, final double aspect, final int columns,
		final int rows)
	{
		final PictureLayout layout = PictureLayout.of(slices, aspect);
		assertEquals(columns, layout.columns());
		assertEquals(rows, layout.rows());
		assertEquals(aspect, layout.width() / (double) layout.height(), aspect * 0.02);
		assertTrue(layout.y(columns * rows) < 2100, "height " + layout.y(columns * rows));
		assertTrue(layout.x(0) >= PictureLayout.GAP && layout.x(columns - 1) + layout.width() <= 1600 -
			PictureLayout.GAP);
	}

	@Test
	void twelveSlicesOfThoseWithLabelsAreShown() {
		final BufferedImage picture = draw(ramp(10, 10, 101), (x, y, z) -> x > 6 && y > 6 && z >= 30 &&
			z < 66 ? 1 : 0);
		final PictureLayout layout = PictureLayout.of(12, 1);
		assertEquals(4, layout.columns());
		for (int i = 0; i < 12; i++)
			assertEquals((31 + 3 * i) * 255 / 100.0, grey(picture, layout, i), 2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 5, 12 })
	void allSlicesOfThinStacksAreShown(final int slices) {
		final BufferedImage picture = draw(ramp(10, 10, slices), (x, y, z) -> x > 6 && y > 6 &&
			z == slices / 2 ? 1 : 0);
		final PictureLayout layout = PictureLayout.of(slices, 1);
		for (int i = 0; i < slices; i++)
			assertEquals(i * 255.0 / (slices - 1), grey(picture, layout, i), 2);
	}

	@Test
	void withoutLabelsTheWholeStackIsShown() {
		final BufferedImage picture = draw(ramp(10, 10, 101), (x, y, z) -> 0);
		assertEquals(4 * 255 / 100.0, grey(picture, PictureLayout.of(12, 1), 0), 2);
		assertEquals(96 * 255 / 100.0, grey(picture, PictureLayout.of(12, 1), 11), 2);
	}

	/** Grey in the middle of a slice. */
	private static int grey(final BufferedImage picture, final PictureLayout layout,
		final int index)
	{
		final int rgb = picture.getRGB(layout.x(index) + layout.width() / 2, layout.y(index) + layout
			.height() / 2);
		assertEquals(rgb & 255, rgb >> 16 & 255);
		return rgb & 255;
	}

	/** Where in the first slice a colour is, relative to its corner. */
	private static Rectangle bounds(final BufferedImage picture, final PictureLayout layout,
		final int rgb)
	{
		Rectangle bounds = null;
		for (int y = 0; y < layout.height(); y++)
			for (int x = 0; x < layout.width(); x++) {
				if ((picture.getRGB(layout.x(0) + x, layout.y(0) + y) & 0xffffff) != rgb) continue;
				if (bounds == null) bounds = new Rectangle(x, y, 1, 1);
				else bounds.add(new Rectangle(x, y, 1, 1));
			}
		return bounds;
	}

	/** A square of 10 mm is a square, whatever the voxels. */
	@ParameterizedTest
	@CsvSource({ "1, 1", "0.5, 2", "4, 1" })
	void lengthsKeepTheirProportions(final double x, final double y) {
		final Volume source = TestLabels.volume(Geometry.of("mm", x, y, 3), (int) (40 / x), (int) (40 /
			y), 12, (i, j, k) -> i);
		final BufferedImage picture = draw(source, (i, j, k) -> (i + 0.5) * x > 8 && (i + 0.5) * x < 24 &&
			(j + 0.5) * y > 8 && (j + 0.5) * y < 24 ? 1 : 0);
		final PictureLayout layout = PictureLayout.of(12, 1);
		final Rectangle square = bounds(picture, layout, RED);
		final double voxel = layout.width() * Math.max(x, y) / 40;
		assertEquals(layout.width() * 0.4, square.width, 0.3 * voxel + 2);
		assertEquals(layout.width() * 0.4, square.height, 0.3 * voxel + 2);
	}

	/** A block at the first voxels is in the corner that the directions of the axes give it. */
	@ParameterizedTest
	@CsvSource({ "1, 1, true, true", "-1, -1, false, false", "-1, 1, false, true",
		"1, -1, true, false" })
	void frontIsUpAndTheRightSideOnTheLeft(final int x, final int y, final boolean right,
		final boolean below)
	{
		final double[][] affine = { { x, 0, 0, 0 }, { 0, y, 0, 0 }, { 0, 0, 1, 0 }, { 0, 0, 0, 1 } };
		final Volume source = TestLabels.volume(new Geometry(new double[] { 1, 1, 1 }, "mm", affine), 20,
			20, 12, (i, j, k) -> 1);
		final BufferedImage picture = draw(source, (i, j, k) -> i < 5 && j < 5 ? 1 : 0);
		final PictureLayout layout = PictureLayout.of(12, 1);
		final Rectangle block = bounds(picture, layout, RED);
		assertEquals(right, block.getCenterX() > layout.width() / 2.0);
		assertEquals(below, block.getCenterY() > layout.height() / 2.0);
	}

	@Test
	void onlyTheFirstChannelAndTimePointAreShown() {
		final float[] data = new float[2 * 20 * 20 * 12];
		for (int i = 0; i < data.length; i++)
			data[i] = i < data.length / 2 ? i % 20 : 1e9f;
		final Volume source = new Volume("a", ArrayImgs.floats(data, 20, 20, 12, 2), CUBES);
		final LabelImage first = labels(source, (x, y, z) -> x / 10);
		final LabelImage second = labels(source, (x, y, z) -> 2);
		assertSame(draw(TestLabels.volume(CUBES, 20, 20, 12, (x, y, z) -> x), (x, y, z) -> x / 10),
			OverlayPicture.draw(source, LabelImage.series(List.of(first, second)), TestLabels.CLASSES));
	}

	private static void assertSame(final BufferedImage expected, final BufferedImage actual) {
		final int width = expected.getWidth(), height = expected.getHeight();
		assertEquals(width, actual.getWidth());
		assertEquals(height, actual.getHeight());
		assertArrayEquals(expected.getRGB(0, 0, width, height, null, 0, width), actual.getRGB(0, 0, width,
			height, null, 0, width));
	}

	@Test
	void legendNamesTheClassesThatOccur() {
		final Volume source = ramp(20, 20, 12);
		final int top = PictureLayout.of(12, 1).y(12);
		assertEquals(List.of(RED), legendColors(draw(source, (x, y, z) -> x == 3 ? 1 : 0), top));
		assertEquals(List.of(RED, BLUE), legendColors(draw(source, (x, y, z) -> x / 7), top));
		assertEquals(List.of(), legendColors(draw(source, (x, y, z) -> 0), top));
	}

	/** Colours of the swatches from left to right, below the slices. */
	private static List<Integer> legendColors(final BufferedImage picture, final int top) {
		final List<Integer> colors = new ArrayList<>();
		for (int x = 0; x < picture.getWidth(); x++) {
			final int rgb = picture.getRGB(x, top + 6 + 13) & 0xffffff;
			if ((rgb == RED || rgb == BLUE) && !colors.contains(rgb)) colors.add(rgb);
		}
		return colors;
	}

	@Test
	void legendOfManyClassesStaysSmall() {
		final BufferedImage image = new BufferedImage(1600, 1000, BufferedImage.TYPE_INT_RGB);
		final Graphics2D graphics = image.createGraphics();
		final List<LabelClass> many = new ArrayList<>();
		for (int i = 1; i <= 1000; i++)
			many.add(new LabelClass(i, "class " + i, i < 1000 ? RED : BLUE));
		final PictureLegend legend = new PictureLegend(many, 1600, graphics.getFontMetrics());
		assertTrue(legend.height() < 600, "height " + legend.height());
		legend.draw(graphics, 100);
		for (int y = 0; y < 1000; y++)
			for (int x = 0; x < 1600; x++)
				if (image.getRGB(x, y) != 0xff000000) assertTrue(y >= 100 && y < 100 + legend.height() && image
					.getRGB(x, y) != (0xff000000 | BLUE), x + ", " + y);
	}

	@Test
	void anotherSizeIsRefusedAndNothingIsWritten() {
		final Path file = folder.resolve("overlay.png");
		assertThrows(IllegalArgumentException.class, () -> OverlayPicture.write(file, ramp(20, 20, 3),
			labels(ramp(20, 20, 4), (x, y, z) -> 1), TestLabels.CLASSES));
		assertTrue(Files.notExists(file));
	}
}
