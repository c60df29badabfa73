package org.swinj.result;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;

import org.junit.jupiter.api.Test;

class LabelPlotTest {

	private static final int FIRST = 0x808080, SECOND = 0x006eb4;

	/** Lines as long as the plot is wide have the colour of their curve. */
	@Test
	void curvesAreToldApart() {
		final LabelPlot plot = new LabelPlot("labels", "Dice");
		plot.add("scratch", List.of(new double[] { 1, 0.2, 0.1 }, new double[] { 9, 0.2, 0.1 }));
		plot.add("pretrained", List.of(new double[] { 1, 0.8, 0.1 }, new double[] { 9, 0.8, 0.1 }));
		final BufferedImage picture = plot.picture();
		for (final int colour : new int[] { FIRST, SECOND }) {
			int longest = 0;
			for (int y = 0; y < picture.getHeight(); y++) {
				int pixels = 0;
				for (int x = 0; x < picture.getWidth(); x++)
					if ((picture.getRGB(x, y) & 0xffffff) == colour) pixels++;
				longest = Math.max(longest, pixels);
			}
			assertTrue(longest > picture.getWidth() / 2, "a line of " + longest + " pixels");
		}
	}
}
