package org.swinj.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Fraction;

/**
 * Voxels on their way from a file into memory, one X-Y plane after the other, Z before channel.
 * Memory is taken plane by plane, so a file that ends early costs no more than what it holds.
 */
final class FloatPlanes {

	private final long[] size;
	private final int planeSize;
	private final int planeCount;
	private final List<FloatArray> planes = new ArrayList<>();

	/**
	 * @param file name for messages
	 * @param size voxels along X, Y, Z and channels, all positive
	 * @throws FormatException if Java cannot hold the volume as 32-bit floats
	 */
	FloatPlanes(final String file, final long... size) throws FormatException {
		this.size = size.clone();
		final double bytes = bytes(size);
		final double limit = Runtime.getRuntime().maxMemory();
		if (bytes > limit) throw new FormatException(String.format(Locale.ROOT,
			"Volume \"%s\" has %s voxels and needs %.1f GB of memory, but Java may use %.1f GB.", file,
			text(size), bytes / 1e9, limit / 1e9));
		if (size[0] * size[1] > Integer.MAX_VALUE - 8 || size[2] * size[3] > Integer.MAX_VALUE - 8)
			throw new FormatException("Volume \"" + file + "\" has " + text(size)
				+ " voxels: more than 2147483639 in a plane or more planes than that.");
		planeSize = (int) (size[0] * size[1]);
		planeCount = (int) (size[2] * size[3]);
	}

	/** What a volume takes in memory. */
	static double bytes(final long... size) {
		return 4.0 * size[0] * size[1] * size[2] * size[3];
	}

	/** Voxels of one plane. */
	int planeSize() {
		return planeSize;
	}

	/** Planes in all, Z times channels. */
	int planeCount() {
		return planeCount;
	}

	/** Appends the next plane, X fastest. */
	void add(final float[] plane) {
		planes.add(new FloatArray(plane));
	}

	/** The image, once all planes are there. */
	RandomAccessibleInterval<FloatType> image() {
		if (planes.size() != planeCount) throw new IllegalStateException(planes.size() + " of "
			+ planeCount + " planes were read.");
		final PlanarImg<FloatType, FloatArray> image = new PlanarImg<>(planes, size, new Fraction());
		image.setLinkedType(new FloatType(image));
		return image;
	}

	/** A size as people write it: {@code 35×51×35}, with the channels only if there are several. */
	static String text(final long... size) {
		final StringBuilder s = new StringBuilder();
		for (int d = 0; d < size.length && (d < 3 || size[d] > 1); d++)
			s.append(d == 0 ? "" : "×").append(size[d]);
		return s.toString();
	}
}
