package org.swinj.data;

import java.io.IOException;
import java.nio.file.Path;

import ij.ImagePlus;
import ij.VirtualStack;
import ij.io.FileInfo;
import ij.io.FileSaver;
import ij.io.TiffEncoder;
import ij.measure.Calibration;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * Writes ImageJ TIFF with the voxel size: 16 bits if all values are whole numbers from 0 to 65535,
 * else 32-bit float. The orientation in the body is lost, as TIFF has no place for it.
 */
public final class TiffWriter {

	private TiffWriter() {}

	/** Writes a volume; the file appears under its name only when it is complete. */
	public static void write(final Path target, final Volume volume) throws IOException {
		final ValueRange range = ValueRange.of(volume);
		final Planes planes = new Planes(volume.image(), range.fits(0, 65535));
		final ImagePlus image = new ImagePlus(volume.name(), planes);
		image.setDimensions(volume.channels(), (int) volume.size()[2], 1);
		image.setOpenAsHyperStack(volume.channels() > 1);
		final Calibration calibration = new Calibration();
		final double[] spacing = volume.geometry().spacing();
		calibration.pixelWidth = spacing[0];
		calibration.pixelHeight = spacing[1];
		calibration.pixelDepth = spacing[2];
		calibration.setUnit(volume.geometry().unit());
		image.setCalibration(calibration);
		image.setDisplayRange(range.min(), range.max());
		final FileInfo info = image.getFileInfo();
		info.nImages = planes.getSize();
		if (info.nImages > 1) info.virtualStack = planes;
		else info.pixels = planes.getProcessor(1).getPixels();
		info.description = new FileSaver(image).getDescriptionString();
		AtomicFile.write(target, out -> new TiffEncoder(info).write(out));
	}

	/** The planes of an image in ImageJ's order: channel, then Z; made when they are written. */
	private static final class Planes extends VirtualStack {

		private final RandomAccessibleInterval<FloatType> image;
		private final boolean whole;

		Planes(final RandomAccessibleInterval<FloatType> image, final boolean whole) {
			super((int) image.dimension(0), (int) image.dimension(1), Math.toIntExact(image.dimension(2) *
				image.dimension(3)));
			this.image = image;
			this.whole = whole;
			setBitDepth(whole ? 16 : 32);
		}

		@Override
		public int getSize() {
			return (int) (image.dimension(2) * image.dimension(3));
		}

		@Override
		public String getSliceLabel(final int n) {
			return null;
		}

		@Override
		public ImageProcessor getProcessor(final int n) {
			final long channel = (n - 1) % image.dimension(3), slice = (n - 1) / image.dimension(3);
			final Cursor<FloatType> voxels = Views.flatIterable(Views.hyperSlice(Views.hyperSlice(image, 3,
				channel), 2, slice)).cursor();
			final int width = (int) image.dimension(0), height = (int) image.dimension(1);
			if (!whole) {
				final float[] pixels = new float[width * height];
				for (int i = 0; i < pixels.length; i++)
					pixels[i] = voxels.next().get();
				return new FloatProcessor(width, height, pixels);
			}
			final short[] pixels = new short[width * height];
			for (int i = 0; i < pixels.length; i++)
				pixels[i] = (short) (int) voxels.next().get();
			return new ShortProcessor(width, height, pixels, null);
		}
	}
}
