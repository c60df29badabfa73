package org.swinj.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.swinj.data.Geometry;

import ij.ImagePlus;
import ij.process.LUT;

class LabelClassesTest {

	private final LabelLut colors = new LabelLut();

	@Test
	void coloursAreAlwaysTheSame() {
		assertEquals(0, colors.rgb(0));
		final LabelLut again = new LabelLut();
		for (int value = 0; value < 300; value++)
			assertEquals(colors.rgb(value), again.rgb(value));
		assertEquals(colors.rgb(1), colors.rgb(256));
		assertEquals(colors.rgb(255), colors.rgb(65535));
	}

	@Test
	void coloursDiffer() {
		final Set<Integer> all = new HashSet<>();
		for (int value = 0; value < 256; value++)
			all.add(colors.rgb(value));
		assertEquals(256, all.size());
		// steps of Oklab: below 0.02 two colours cannot be told apart side by side
		assertTrue(smallestDistance(20) > 0.1, "of 20: " + smallestDistance(20));
		assertTrue(smallestDistance(255) > 0.03, "of 255: " + smallestDistance(255));
	}

	/** Between two of the colours of 1 to {@code last}, black and white. */
	private double smallestDistance(final int last) {
		double smallest = Double.POSITIVE_INFINITY;
		for (int i = 1; i <= last; i++) {
			for (int j = 0; j < i; j++)
				smallest = Math.min(smallest, LabelLut.distance(colors.rgb(i), colors.rgb(j)));
			smallest = Math.min(smallest, LabelLut.distance(colors.rgb(i), 0xffffff));
		}
		return smallest;
	}

	@Test
	void distanceIsThatOfOklab() {
		assertEquals(0, LabelLut.distance(0x123456, 0x123456));
		assertEquals(1, LabelLut.distance(0x000000, 0xffffff), 1e-6);
		// red is (0.627955, 0.224863, 0.125846) in Oklab
		assertEquals(Math.sqrt(0.627955 * 0.627955 + 0.224863 * 0.224863 + 0.125846 * 0.125846), LabelLut
			.distance(0x000000, 0xff0000), 1e-5);
	}

	@Test
	void knownClassesComeBackAndOthersHaveANumber() {
		final LabelClasses classes = new LabelClasses(List.of(new LabelClass(7, "b", 0x070707),
			new LabelClass(0, "outside", 0x333333), new LabelClass(2, "a", 0x020202)));
		assertEquals(List.of("a", "b"), classes.foreground().stream().map(LabelClass::name).toList());
		assertEquals("outside", classes.get(0).name());
		assertEquals(new LabelClass(3, "class 3", colors.rgb(3)), classes.get(3));
		assertEquals("2 = a, 7 = b", classes.description());
		assertEquals("background", TestLabels.CLASSES.get(0).name());
	}

	@Test
	void classesThatCannotBeAreRefused() {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> new LabelClasses(List.of(
			new LabelClass(1, "a", 0), new LabelClass(1, "b", 0)))).getMessage().contains(
				"\"a\" and \"b\" have the same label 1"));
		assertThrows(IllegalArgumentException.class, () -> new LabelClass(-1, "a", 0));
		assertThrows(IllegalArgumentException.class, () -> new LabelClass(65536, "a", 0));
		assertThrows(IllegalArgumentException.class, () -> new LabelClass(1, "a", 0x1000000));
	}

	@Test
	void backgroundIsBlackWhateverItsColour() {
		final LUT lut = new LabelClasses(List.of(new LabelClass(0, "outside", 0xffffff))).lut(3);
		assertEquals(0, lut.getRGB(0) & 0xffffff);
		assertEquals(colors.rgb(3), lut.getRGB(3) & 0xffffff);
	}

	/** A 16-bit image has 256 colours for 65536 labels; known ones must be right where they can. */
	@Test
	void knownClassesBeyond255AreShownInTheirColours() {
		final LabelClasses classes = new LabelClasses(List.of(new LabelClass(100, "a", 0xff0000),
			new LabelClass(1000, "b", 0x00ff00), new LabelClass(2000, "c", 0x0000ff)));
		final int[] values = { 0, 100, 1000, 2000 };
		final ImagePlus image = TestLabels.of(Geometry.unknown(), 4, 1, 1, (x, y, z) -> values[x])
			.toImagePlus(classes);
		final int[] rgb = LabelImageTest.rgb(image);
		assertEquals(List.of(0, 0xff0000, 0x00ff00, 0x0000ff), List.of(rgb[0], rgb[1], rgb[2], rgb[3]));
	}
}
