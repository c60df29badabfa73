package org.swinj.result;

import java.util.Arrays;
import java.util.List;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.swinj.data.Geometry;

import ij.ImagePlus;
import ij.ImageStack;

/** Class probabilities as a 32-bit hyperstack: a channel per class, shown from 0 to 1. */
public final class ProbabilityStack {

	private ProbabilityStack() {}

	/**
	 * Every slice is labelled with the name of its class. The arrays of planar images are used as they
	 * are, others are copied.
	 *
	 * @param source title of the image that was segmented
	 * @param frames probabilities of each time point, with axes X, Y, Z and class
	 * @param names of all classes, also the background, in the order of the fourth axis
	 * @throws IllegalArgumentException if there is no time point or the sizes do not fit
	 */
	public static ImagePlus of(final String source,
		final List<? extends RandomAccessibleInterval<FloatType>> frames, final List<String> names,
		final Geometry geometry)
	{
		if (frames.isEmpty()) throw new IllegalArgumentException("There are no probabilities of \"" +
			source + "\".");
		final long[] size = frames.get(0).dimensionsAsLongArray();
		if (size.length != 4 || size[3] != names.size()) throw new IllegalArgumentException(
			"Probabilities of \"" + source + "\" need the axes X, Y, Z and one of " + names.size() +
				" classes.");
		for (final RandomAccessibleInterval<FloatType> frame : frames)
			if (!Arrays.equals(size, frame.dimensionsAsLongArray())) throw new IllegalArgumentException(
				"The time points of \"" + source + "\" have probabilities of different sizes.");
		final int slices = Math.toIntExact(size[2]);
		final ImageStack stack = new ImageStack(Math.toIntExact(size[0]), Math.toIntExact(size[1]));
		for (final RandomAccessibleInterval<FloatType> frame : frames)
			for (int z = 0; z < slices; z++)
				for (int c = 0; c < names.size(); c++)
					stack.addSlice(names.get(c), plane(frame, z, c));
		final ImagePlus image = new ImagePlus(LabelImage.baseName(source) + "-probabilities", stack);
		image.setDimensions(names.size(), slices, frames.size());
		image.setOpenAsHyperStack(true);
		image.setDisplayRange(0, 1);
		image.setCalibration(LabelImage.calibration(geometry));
		return image;
	}

	private static float[] plane(final RandomAccessibleInterval<FloatType> frame, final int z,
		final int c)
	{
		if (frame instanceof PlanarImg<?, ?> planar && planar.getPlane((int) (c * frame.dimension(2) +
			z)) instanceof FloatArray array) return array.getCurrentStorageArray();
		final Cursor<FloatType> cursor = Views.flatIterable(Views.hyperSlice(Views.hyperSlice(frame, 3,
			frame.min(3) + c), 2, frame.min(2) + z)).cursor();
		final float[] plane = new float[Math.toIntExact(frame.dimension(0) * frame.dimension(1))];
		for (int i = 0; i < plane.length; i++)
			plane[i] = cursor.next().get();
		return plane;
	}
}
