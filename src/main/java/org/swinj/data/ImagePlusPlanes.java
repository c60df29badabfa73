package org.swinj.data;

import java.io.File;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.util.Locale;

import org.swinj.progress.Progress;

import ij.ImagePlus;
import ij.ImageStack;
import ij.VirtualStack;
import ij.measure.Calibration;
import ij.process.ImageProcessor;

/**
 * One time point of an ImageJ image as planes of calibrated numbers. ROI, overlay and display range
 * play no part. Time is taken as Z if the image has several time points of one slice.
 */
final class ImagePlusPlanes {

	private final String title;
	private final ImageStack stack;
	private final float[] table;
	private final long[] size;
	private final int firstPlane;
	private final Geometry geometry;

	/**
	 * @param frame time point, from 1
	 * @throws FormatException if the image is RGB or empty
	 * @throws IllegalArgumentException if there is no such time point
	 */
	ImagePlusPlanes(final ImagePlus image, final int frame, final Progress progress)
		throws FormatException
	{
		title = image.getTitle();
		if (image.getStackSize() < 1 || image.getWidth() < 1 || image.getHeight() < 1)
			throw new FormatException("Image \"" + title + "\" is empty.");
		if (image.getType() == ImagePlus.COLOR_RGB) throw new FormatException("Image \"" + title +
			"\" holds RGB colours: convert it to grey levels or split its channels first.");
		final int channels = image.getNChannels();
		final int frames = frames(image);
		if (frame < 1 || frame > frames) throw new IllegalArgumentException("Image \"" + title +
			"\" has " + frames + " time points; there is no time point " + frame + ".");
		final boolean timeIsZ = image.getNFrames() > frames;
		if (timeIsZ) progress.warn("Image \"" + title + "\" has " + image.getNFrames() +
			" time points of one slice; they were taken as slices.");
		final int slices = timeIsZ ? image.getNFrames() : image.getNSlices();
		size = new long[] { image.getWidth(), image.getHeight(), slices, channels };
		firstPlane = (frame - 1) * slices * channels;
		stack = image.getStack();
		final Calibration calibration = image.getCalibration();
		table = image.getBitDepth() == 32 ? null : calibration.getCTable();
		geometry = geometry(calibration, title, progress);
	}

	/** Time points of an image: those of a stack without Z are slices. */
	static int frames(final ImagePlus image) {
		return image.getNSlices() == 1 ? 1 : image.getNFrames();
	}

	String title() {
		return title;
	}

	/** Voxels along X, Y, Z and channels. */
	long[] size() {
		return size.clone();
	}

	Geometry geometry() {
		return geometry;
	}

	/** Whether no voxel can be NaN or infinite, whatever the pixels are. */
	boolean isFinite() {
		if (stack.getBitDepth() == 32) return false;
		for (int i = 0; table != null && i < table.length; i++)
			if (!Float.isFinite(table[i])) return false;
		return true;
	}

	/**
	 * Reads one plane, X fastest.
	 *
	 * @param index Z plus size of Z times channel
	 * @throws UncheckedIOException if the image was closed meanwhile
	 */
	synchronized float[] read(final long index) {
		final long slice = index % size[2], channel = index / size[2];
		final int number = (int) (firstPlane + slice * size[3] + channel) + 1;
		final Object pixels = pixels(number);
		final float[] plane = new float[(int) (size[0] * size[1])];
		if (pixels instanceof float[] floats) System.arraycopy(floats, 0, plane, 0, plane.length);
		else if (pixels instanceof short[] shorts) for (int i = 0; i < plane.length; i++)
			plane[i] = value(shorts[i] & 0xffff);
		else for (int i = 0; i < plane.length; i++)
			plane[i] = value(((byte[]) pixels)[i] & 0xff);
		return plane;
	}

	private Object pixels(final int number) {
		final boolean there = number <= stack.getSize() && stack.getWidth() == size[0] && stack
			.getHeight() == size[1];
		if (!there) throw unreadable(number, "the image was closed or changed");
		if (stack instanceof VirtualStack files) requireFile(files, number);
		final ImageProcessor plane = stack.isVirtual() ? stack.getProcessor(number) : null;
		final Object pixels = plane != null ? plane.getPixels() : stack.isVirtual() ? null : stack
			.getPixels(number);
		final boolean grey = pixels instanceof float[] || pixels instanceof short[] ||
			pixels instanceof byte[];
		if (!grey || Array.getLength(pixels) != size[0] * size[1]) throw unreadable(number,
			"the image was closed or changed");
		return pixels;
	}

	/** For a file that is gone ImageJ gives an empty plane, or one with a text in it. */
	private void requireFile(final VirtualStack files, final int number) {
		final String directory = files.getDirectory();
		final String name = directory == null ? null : files.getFileName(number);
		if (name != null && !new File(directory, name).exists() && !directory.contains("://"))
			throw unreadable(number, "its file \"" + directory + name + "\" is missing");
	}

	private UncheckedIOException unreadable(final int number, final String reason) {
		return new UncheckedIOException(new FormatException("Plane " + number + " of image \"" + title +
			"\" cannot be read: " + reason + "."));
	}

	private float value(final int raw) {
		return table == null ? raw : table[raw];
	}

	/** Voxel size and unit of an ImageJ calibration, pixels if it makes no sense. */
	static Geometry geometry(final Calibration calibration, final String title,
		final Progress progress)
	{
		final double[] spacing = { calibration.pixelWidth, calibration.pixelHeight,
			calibration.pixelDepth };
		for (final double length : spacing) {
			if (length > 0 && Double.isFinite(length)) continue;
			progress.warn(String.format(Locale.ROOT,
				"Image \"%s\" has the voxel size %s × %s × %s, which is not a size; 1 pixel was used.", title,
				spacing[0], spacing[1], spacing[2]));
			return Geometry.unknown();
		}
		final String spelling = calibration.getUnit();
		final LengthUnit unit = LengthUnit.of(spelling);
		return Geometry.of(unit == null ? spelling.trim() : unit.symbol(), spacing);
	}
}
