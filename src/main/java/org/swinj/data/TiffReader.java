package org.swinj.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

import ij.ImagePlus;
import ij.io.FileInfo;
import ij.io.FileOpener;
import ij.measure.Calibration;

import org.swinj.progress.Progress;

/**
 * Reads TIFF stacks and ImageJ hyperstacks of 8, 16, 32 or 64 bits with ImageJ's calibration of
 * space and grey levels. Values may come out as NaN or infinite; see {@link VolumeReader} for
 * volumes without those.
 */
public final class TiffReader {

	private static final Pattern OME_AXES = Pattern.compile("Size([CT])=\"(\\d+)\"");

	/** An escape without the code of a character, on which ImageJ's reader of descriptions fails. */
	private static final Pattern WRONG_ESCAPE = Pattern.compile(
		"(?<!\\\\)\\\\++u(?![0-9a-fA-F]{4})");

	/** Share of Java's memory from which on planes stay in the file. */
	private static final double MUCH = 0.3;

	private final Progress progress;
	private final double limit;

	public TiffReader(final Progress progress) {
		this(progress, MUCH * Runtime.getRuntime().maxMemory());
	}

	/** @param limit bytes of a volume in memory */
	TiffReader(final Progress progress, final double limit) {
		this.progress = progress;
		this.limit = limit;
	}

	/**
	 * Reads a file of one time point. Planes of 8 or 16 bits that would take much of Java's memory stay in
	 * the file until they are touched; if they cannot be read then, an {@link UncheckedIOException} tells.
	 *
	 * @throws FormatException if the file is damaged, truncated, RGB, or holds several time points
	 */
	public Volume read(final Path path) throws IOException {
		return read(path, false).get(0);
	}

	/** Reads all time points, one volume each. */
	public List<Volume> readFrames(final Path path) throws IOException {
		return read(path, true);
	}

	/** Voxels along X, Y, Z and channels, without reading them. */
	long[] size(final Path path) throws IOException {
		try (TiffFile file = new TiffFile(path)) {
			return new ImagePlusPlanes(image(file), 1, Progress.silent()).size();
		}
		catch (final UncheckedIOException e) {
			throw e.getCause();
		}
	}

	private List<Volume> read(final Path path, final boolean severalFrames) throws IOException {
		final TiffFile file = new TiffFile(path);
		boolean open = false; // a file whose planes are read later is closed when nobody can reach it
		try {
			final ImagePlus image = image(file);
			final int frames = ImagePlusPlanes.frames(image);
			if (frames > 1 && !severalFrames) throw new FormatException("Volume \"" + file.name() +
				"\" holds " + frames + " time points of " + image.getNSlices() +
				" slices where one volume is needed.");
			final List<Volume> volumes = new ArrayList<>();
			for (int frame = 1; frame <= frames; frame++) {
				final ImagePlusPlanes planes = new ImagePlusPlanes(image, frame, progress);
				final String name = VolumeFormat.baseName(path);
				final boolean late = planes.isFinite() && frames * FloatPlanes.bytes(planes.size()) > limit;
				volumes.add(new Volume(frames == 1 ? name : String.format(Locale.ROOT, "%s_t%03d", name,
					frame), late ? LazyPlanes.of(planes.size(), planes::read) : inMemory(file, planes), planes
						.geometry()));
				open |= late;
			}
			return volumes;
		}
		catch (final UncheckedIOException e) {
			throw e.getCause();
		}
		finally {
			if (!open) file.close();
		}
	}

	private RandomAccessibleInterval<FloatType> inMemory(final TiffFile file, final ImagePlusPlanes planes)
		throws FormatException
	{
		final FloatPlanes all = new FloatPlanes(file.name(), planes.size());
		for (int i = 0; i < all.planeCount(); i++) {
			progress.checkCancelled();
			all.add(planes.read(i));
		}
		return all.image();
	}

	private ImagePlus image(final TiffFile file) throws FormatException {
		refuseOme(file);
		final TiffStack stack = new TiffStack(file);
		final ImagePlus image = new ImagePlus(file.name(), stack);
		final FileInfo info = new FileInfo();
		info.pixelWidth = file.pixelSize()[0];
		info.pixelHeight = file.pixelSize()[1];
		info.unit = file.unit();
		info.description = WRONG_ESCAPE.matcher(file.description()).replaceAll("u");
		final Properties entries = new FileOpener(info).decodeDescriptionString(info);
		image.setCalibration(calibration(info, stack, image.getBitDepth()));
		if (entries != null) {
			final int channels = count(entries, "channels");
			final int slices = count(entries, "slices");
			final int frames = count(entries, "frames");
			if ((long) channels * slices * frames == stack.getSize()) image.setDimensions(channels, slices,
				frames);
		}
		return image;
	}

	private static Calibration calibration(final FileInfo info, final TiffStack stack,
		final int bits)
	{
		final Calibration calibration = new Calibration();
		// only ImageJ's files say how far apart planes are; what others say is a print resolution
		if (info.description.startsWith("ImageJ") && info.unit != null && !info.unit
			.isBlank() && !Double.isNaN(info.pixelWidth))
		{
			calibration.pixelWidth = info.pixelWidth;
			calibration.pixelHeight = Double.isNaN(info.pixelHeight) ? info.pixelWidth
				: info.pixelHeight;
			calibration.pixelDepth = info.pixelDepth;
			calibration.setUnit(info.unit);
		}
		if (stack.isSigned16()) calibration.setFunction(Calibration.STRAIGHT_LINE, new double[] { -32768,
			1 }, "Gray Value");
		else if (bits < 32 && info.coefficients != null && info.valueUnit != null) calibration
			.setFunction(info.calibrationFunction, info.coefficients, info.valueUnit);
		return calibration;
	}

	/** Channels and time points of an OME-TIFF are in XML; taking all planes as Z would be wrong. */
	private static void refuseOme(final TiffFile file) throws FormatException {
		if (!file.description().contains("<OME")) return;
		final Matcher axes = OME_AXES.matcher(file.description());
		while (axes.find())
			if (!axes.group(2).equals("1")) throw new FormatException("Volume \"" + file.name() +
				"\" is an OME-TIFF with " + axes.group(2) + (axes.group(1).equals("C") ? " channels"
					: " time points") + ": open it in Fiji and save it as TIFF.");
	}

	private static int count(final Properties entries, final String key) {
		final String text = entries.getProperty(key, "1").trim();
		return text.matches("[1-9]\\d{0,8}") ? Integer.parseInt(text) : 1;
	}
}
