package org.swinj.data;

import org.swinj.progress.Progress;

import ij.ImagePlus;

/** An open ImageJ image, also a virtual one, as a volume whose planes are converted when touched. */
public final class ImagePlusVolume {

	private final ImagePlusPlanes planes;
	private final Progress progress;
	private boolean warned;

	private ImagePlusVolume(final ImagePlusPlanes planes, final Progress progress) {
		this.planes = planes;
		this.progress = progress;
	}

	/**
	 * A lazy view of one time point. Calibrated values are used; NaN and infinite ones become the
	 * smallest finite value of their plane, with a warning.
	 *
	 * @param image 8, 16 or 32 bits; its channels become channels of the volume
	 * @param frame time point, from 1
	 * @throws FormatException if the image is RGB or empty
	 * @throws IllegalArgumentException if there is no such time point
	 */
	public static Volume of(final ImagePlus image, final int frame, final Progress progress)
		throws FormatException
	{
		final ImagePlusPlanes planes = new ImagePlusPlanes(image, frame, progress);
		return new Volume(planes.title(), LazyPlanes.of(planes.size(), new ImagePlusVolume(planes,
			progress)::plane), planes.geometry());
	}

	/** How many time points {@link #of} offers: 1 where several time points of one slice are Z. */
	public static int frames(final ImagePlus image) {
		return ImagePlusPlanes.frames(image);
	}

	private float[] plane(final long index) {
		final float[] plane = planes.read(index);
		if (Finite.repair(plane) > 0 && !warned) {
			warned = true;
			progress.warn("Image \"" + planes.title() +
				"\" has values that are not finite; the smallest value of their plane was used.");
		}
		return plane;
	}
}
