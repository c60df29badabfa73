package org.swinj.result;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.view.Views;

import org.swinj.data.Geometry;
import org.swinj.data.ShortPlanes;
import org.swinj.data.Volume;

import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;

/**
 * Label values of a volume or of a series of them, one array of 16-bit numbers per plane; in a temporary
 * file where they would take much of Java's memory.
 */
public final class LabelImage {

	/** Image property that holds names of classes. */
	public static final String CLASSES_PROPERTY = "SwinJ classes";

	private static final Pattern EXTENSION = Pattern.compile(
		"\\.(nii|nii\\.gz|tiff?|ome\\.tiff?|nrrd|mhd|mha|dcm|h5|czi|lif|lsm|nd2|gif|png|jpe?g|zip)$",
		Pattern.CASE_INSENSITIVE);

	private final String source;
	private final Geometry geometry;
	private final int width;
	private final int height;
	private final int slices;
	private final List<ShortPlanes> frames;

	private LabelImage(final String source, final Geometry geometry, final int width,
		final int height, final int slices, final List<ShortPlanes> frames)
	{
		this.source = source;
		this.geometry = geometry;
		this.width = width;
		this.height = height;
		this.slices = slices;
		this.frames = frames;
	}

	/**
	 * Labels of one volume or, with a fourth axis, of a time series. The arrays of a planar 16-bit
	 * image are used as they are, others are copied.
	 *
	 * @param source title of the image that was segmented
	 * @param labels axes X, Y, Z or X, Y, Z, T; values as people know them, 0 for background
	 * @throws IllegalArgumentException if a value is not a whole number from 0 to 65535
	 * @throws UncheckedIOException if the labels are too large for memory and for the disk
	 */
	public static LabelImage of(final String source,
		final RandomAccessibleInterval<? extends RealType<?>> labels, final Geometry geometry)
	{
		final int axes = labels.numDimensions();
		if (axes != 3 && axes != 4) throw new IllegalArgumentException("Labels of \"" + source +
			"\" have " + axes + " axes instead of X, Y, Z or X, Y, Z, T.");
		final int width = Math.toIntExact(labels.dimension(0));
		final int height = Math.toIntExact(labels.dimension(1));
		final int slices = Math.toIntExact(labels.dimension(2));
		final int frames = axes == 3 ? 1 : Math.toIntExact(labels.dimension(3));
		final ShortPlanes behind = ShortPlanes.behind(labels);
		final List<ShortPlanes> volumes = new ArrayList<>();
		if (behind != null) volumes.add(behind);
		else for (int t = 0; t < frames; t++)
			volumes.add(volume(labels, t, slices, source));
		return new LabelImage(source, geometry, width, height, slices, volumes);
	}

	/**
	 * A label volume as it was read from a file.
	 *
	 * @throws IllegalArgumentException if it has several channels or a value is not a label
	 */
	public static LabelImage of(final Volume labels) {
		if (labels.channels() != 1) throw new IllegalArgumentException("Labels \"" + labels.name() +
			"\" have " + labels.channels() + " channels instead of one.");
		return of(labels.name(), Views.hyperSlice(labels.image(), 3, 0), labels.geometry());
	}

	/**
	 * Joins time points; title and voxel size are those of the first.
	 *
	 * @throws IllegalArgumentException if their sizes differ
	 */
	public static LabelImage series(final List<LabelImage> frames) {
		final LabelImage first = frames.get(0);
		final List<ShortPlanes> volumes = new ArrayList<>();
		for (int t = 0; t < frames.size(); t++) {
			final LabelImage frame = frames.get(t);
			if (frame.width != first.width || frame.height != first.height || frame.slices != first.slices
				|| frame.frames() != 1) throw new IllegalArgumentException("Time point " + (t + 1) + " of \""
					+ first.source + "\" has another size than the first.");
			volumes.addAll(frame.frames);
		}
		return new LabelImage(first.source, first.geometry, first.width, first.height, first.slices,
			volumes);
	}

	/** Title of the image that was segmented. */
	public String source() {
		return source;
	}

	/** Voxel size and unit. */
	public Geometry geometry() {
		return geometry;
	}

	/** Voxels along X. */
	public int width() {
		return width;
	}

	/** Voxels along Y. */
	public int height() {
		return height;
	}

	/** Voxels along Z. */
	public int slices() {
		return slices;
	}

	/** Number of time points. */
	public int frames() {
		return frames.size();
	}

	/**
	 * Labels of a plane, X fastest, to be read without sign; not a copy, unless they are on disk.
	 *
	 * @param z slice, from 0
	 * @param t time point, from 0
	 */
	public short[] plane(final int z, final int t) {
		return frames.get(t).get(z);
	}

	/** Labels of a time point, from 0, with axes X, Y, Z. */
	RandomAccessibleInterval<UnsignedShortType> volume(final int t) {
		return frames.get(t).image();
	}

	/**
	 * Refuses a volume of another size.
	 *
	 * @throws IllegalArgumentException if it has not as many voxels along X, Y and Z
	 */
	void checkSize(final Volume other) {
		final long[] size = other.size();
		if (size[0] != width || size[1] != height || size[2] != slices)
			throw new IllegalArgumentException("Labels of \"" + source + "\" have " + width + " × " +
				height + " × " + slices + " voxels, but \"" + other.name() + "\" has " + size[0] + " × " +
				size[1] + " × " + size[2] + ".");
	}

	/** The largest label. */
	public int largest() {
		int largest = 0;
		for (final ShortPlanes volume : frames)
			for (int z = 0; z < slices; z++)
				for (final short label : volume.get(z))
					largest = Math.max(largest, label & 0xffff);
		return largest;
	}

	/**
	 * A 16-bit image: calibrated, each class in its colour, titled after its source. It shares its pixels
	 * with this, or is virtual if they are on disk. It is a hyperstack if there are several time points.
	 */
	public ImagePlus toImagePlus(final LabelClasses classes) {
		final ImageStack stack = stack();
		final int largest = largest();
		final ImagePlus image = new ImagePlus(baseName(source) + "-labels", stack);
		image.setDimensions(1, slices, frames());
		image.setOpenAsHyperStack(frames() > 1);
		image.setLut(classes.lut(largest));
		image.setDisplayRange(0, LabelClasses.displayMaximum(largest));
		image.setCalibration(calibration(geometry));
		image.setProp(CLASSES_PROPERTY, classes.description());
		return image;
	}

	private ImageStack stack() {
		if (frames.stream().anyMatch(ShortPlanes::isOnDisk)) return new LabelStack(this);
		final ImageStack stack = new ImageStack(width, height);
		for (final ShortPlanes volume : frames)
			for (int z = 0; z < slices; z++)
				stack.addSlice(null, volume.get(z));
		return stack;
	}

	/**
	 * The same for an open source image, with its calibration (also origin and frame interval, but not
	 * that of intensities) and current position.
	 */
	public ImagePlus toImagePlus(final LabelClasses classes, final ImagePlus open) {
		final ImagePlus image = toImagePlus(classes);
		final Calibration calibration = open.getCalibration().copy();
		calibration.setFunction(Calibration.NONE, null, "Gray Value");
		image.setCalibration(calibration);
		final boolean timeIsZ = frames() == 1 && open.getNSlices() == 1;
		image.setPosition(1, Math.min(timeIsZ ? open.getT() : open.getZ(), slices), Math.min(open.getT(),
			frames()));
		return image;
	}

	/** A title without the extension of a file. */
	public static String baseName(final String title) {
		return EXTENSION.matcher(title).replaceFirst("");
	}

	/** Voxel size and unit as ImageJ keeps them. */
	static Calibration calibration(final Geometry geometry) {
		final Calibration calibration = new Calibration();
		calibration.pixelWidth = geometry.spacing()[0];
		calibration.pixelHeight = geometry.spacing()[1];
		calibration.pixelDepth = geometry.spacing()[2];
		calibration.setUnit(geometry.unit());
		return calibration;
	}

	private static ShortPlanes volume(final RandomAccessibleInterval<? extends RealType<?>> labels,
		final int t, final int slices, final String source)
	{
		final long width = labels.dimension(0), height = labels.dimension(1);
		final ShortPlanes volume = labels instanceof PlanarImg ? ShortPlanes.inMemory(width, height, slices)
			: new ShortPlanes(width, height, slices);
		try {
			for (int z = 0; z < slices; z++)
				volume.put(z, plane(labels, z, t, t * slices + z, source));
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		return volume;
	}

	private static short[] plane(final RandomAccessibleInterval<? extends RealType<?>> labels,
		final int z, final int t, final int index, final String source)
	{
		if (labels instanceof PlanarImg<?, ?> planar && planar.firstElement() instanceof UnsignedShortType
			&& planar.getPlane(index) instanceof ShortArray array) return array
				.getCurrentStorageArray();
		final RandomAccessibleInterval<? extends RealType<?>> volume = labels.numDimensions() == 3
			? labels : Views.hyperSlice(labels, 3, labels.min(3) + t);
		final Cursor<? extends RealType<?>> cursor = Views.flatIterable(Views.hyperSlice(volume, 2,
			volume.min(2) + z)).cursor();
		final short[] plane = new short[Math.toIntExact(labels.dimension(0) * labels.dimension(1))];
		for (int i = 0; i < plane.length; i++) {
			final double value = cursor.next().getRealDouble();
			final int label = (int) value;
			if (label != value || label < 0 || label > LabelClass.LARGEST)
				throw new IllegalArgumentException("Labels of \"" + source + "\" hold the value " + value +
					", but labels are whole numbers from 0 to " + LabelClass.LARGEST + ".");
			plane[i] = (short) label;
		}
		return plane;
	}
}
