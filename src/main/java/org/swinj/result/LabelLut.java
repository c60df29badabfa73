package org.swinj.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One colour per label value, the same ones every time: black for 0, then a few chosen colours,
 * then always the colour that is farthest from all before it (Glasbey et al. 2007), so that the first
 * n colours differ for every n. Distances are those of the Oklab space. Greys are left to the image.
 */
public final class LabelLut {

	private static final int[] FIRST = { 0xe5484d, 0x46b450, 0x4c8dff, 0xf5a524, 0xb35fe0, 0x22c3d6,
		0xc6dc32, 0xff86c0 };
	private static final int STEP = 15;
	private static final double DARKEST = 0.42;
	private static final double DULLEST = 0.08;

	private final int[] colors = new int[256];

	/** Finds the colours, which takes some milliseconds. */
	public LabelLut() {
		final List<Candidate> candidates = candidates();
		final double[] distance = new double[candidates.size()];
		Arrays.fill(distance, Double.POSITIVE_INFINITY);
		approach(distance, candidates, 0x000000);
		approach(distance, candidates, 0xffffff);
		for (int value = 1; value < colors.length; value++) {
			colors[value] = value <= FIRST.length ? FIRST[value - 1] : candidates.get(farthest(distance))
				.rgb();
			approach(distance, candidates, colors[value]);
		}
	}

	/** The colour of a label value as 0xrrggbb; those of 1 to 255 repeat for larger values. */
	public int rgb(final int value) {
		return value == 0 ? 0 : colors[(value - 1) % 255 + 1];
	}

	private record Candidate(int rgb, double[] oklab) {}

	private static List<Candidate> candidates() {
		final List<Candidate> candidates = new ArrayList<>();
		for (int r = 0; r < 256; r += STEP)
			for (int g = 0; g < 256; g += STEP)
				for (int b = 0; b < 256; b += STEP) {
					final int rgb = r << 16 | g << 8 | b;
					final double[] lab = oklab(rgb);
					if (lab[0] >= DARKEST && Math.hypot(lab[1], lab[2]) >= DULLEST) candidates.add(
						new Candidate(rgb, lab));
				}
		return candidates;
	}

	private static int farthest(final double[] distance) {
		int best = 0;
		for (int i = 1; i < distance.length; i++)
			if (distance[i] > distance[best]) best = i;
		return best;
	}

	/** Lowers the distance of every candidate to the colours in use for one more of these. */
	private static void approach(final double[] distance, final List<Candidate> candidates,
		final int used)
	{
		final double[] lab = oklab(used);
		for (int i = 0; i < distance.length; i++)
			distance[i] = Math.min(distance[i], distance(candidates.get(i).oklab(), lab));
	}

	/** How different two colours look: 0 for the same ones, 1 for black and white. */
	static double distance(final int rgb, final int other) {
		return distance(oklab(rgb), oklab(other));
	}

	private static double distance(final double[] a, final double[] b) {
		return Math.sqrt(square(a[0] - b[0]) + square(a[1] - b[1]) + square(a[2] - b[2]));
	}

	/** Lightness and the two colour axes of the Oklab space (Ottosson 2020). */
	private static double[] oklab(final int rgb) {
		final double r = linear(rgb >> 16 & 255), g = linear(rgb >> 8 & 255), b = linear(rgb & 255);
		final double l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
		final double m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
		final double s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
		return new double[] { 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s, 1.9779984951 * l -
			2.4285922050 * m + 0.4505937099 * s, 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s };
	}

	/** Light intensity of an sRGB value. */
	private static double linear(final int value) {
		final double v = value / 255.0;
		return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
	}

	private static double square(final double v) {
		return v * v;
	}
}
