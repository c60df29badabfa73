package org.swinj.data;

import org.swinj.progress.Progress;

import ij.ImagePlus;

/** An open ImageJ image, also a virtual one, as a volume whose planes are converted when touched. */
public final class ImagePlusVolume {

	private ImagePlusVolume() {}

	/**
	 * A lazy view of one time point. Calibrated values are used; NaN and infinite ones become the
	 * smallest finite value of the volume, with a warning.
	 *
	 * @param image 8, 16 or 32 bits, which are read once if they may be NaN; its channels become
	 *          channels of the volume. If it is closed meanwhile, planes throw an
	 *          {@link java.io.UncheckedIOException}.
	 * @param frame time point, from 1
	 * @throws FormatException if the image is RGB or empty, or has no finite value
	 * @throws IllegalArgumentException if there is no such time point
	 */
	public static Volume of(final ImagePlus image, final int frame, final Progress progress)
		throws FormatException
	{
		final ImagePlusPlanes planes = new ImagePlusPlanes(image, frame, progress);
		final Volume raw = volume(planes, planes::read);
		final float substitute = planes.isFinite() ? Float.NaN : Finite.substitute(raw, progress);
		if (Float.isNaN(substitute)) return raw;
		return volume(planes, index -> {
			final float[] plane = planes.read(index);
			for (int i = 0; i < plane.length; i++)
				if (!Float.isFinite(plane[i])) plane[i] = substitute;
			return plane;
		});
	}

	/** The same, but an image with NaN or infinite values is refused. */
	public static Volume strict(final ImagePlus image, final int frame, final Progress progress)
		throws FormatException
	{
		final ImagePlusPlanes planes = new ImagePlusPlanes(image, frame, progress);
		final Volume volume = volume(planes, planes::read);
		if (!planes.isFinite()) Finite.require(volume, progress);
		return volume;
	}

	private static Volume volume(final ImagePlusPlanes planes, final LazyPlanes.Maker maker) {
		return new Volume(planes.title(), LazyPlanes.of(planes.size(), maker), planes.geometry());
	}

	/** How many time points {@link #of} offers: 1 where several time points of one slice are Z. */
	public static int frames(final ImagePlus image) {
		return ImagePlusPlanes.frames(image);
	}
}
