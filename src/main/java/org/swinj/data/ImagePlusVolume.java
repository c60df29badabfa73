package org.swinj.data;

import java.util.LinkedHashMap;
import java.util.Map;

import org.swinj.progress.Progress;

import ij.ImagePlus;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.cell.Cell;
import net.imglib2.img.cell.CellGrid;
import net.imglib2.img.cell.LazyCellImg;
import net.imglib2.type.numeric.real.FloatType;

/** An open ImageJ image, also a virtual one, as a volume whose planes are converted when touched. */
public final class ImagePlusVolume {

	private static final long CACHE_BYTES = 256L << 20;

	private final ImagePlusPlanes planes;
	private final Progress progress;
	private final Map<Long, Cell<FloatArray>> cache;
	private boolean warned;

	private ImagePlusVolume(final ImagePlusPlanes planes, final Progress progress) {
		this.planes = planes;
		this.progress = progress;
		final long[] size = planes.size();
		final long capacity = Math.max(8, CACHE_BYTES / (4 * size[0] * size[1]));
		cache = new LinkedHashMap<>(16, 0.75f, true) {

			private static final long serialVersionUID = 1L;

			@Override
			protected boolean removeEldestEntry(final Map.Entry<Long, Cell<FloatArray>> eldest) {
				return size() > capacity;
			}
		};
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
		final ImagePlusVolume view = new ImagePlusVolume(planes, progress);
		final long[] size = planes.size();
		final CellGrid grid = new CellGrid(size, new int[] { (int) size[0], (int) size[1], 1, 1 });
		return new Volume(planes.title(), new LazyCellImg<>(grid, new FloatType(), view::cell), planes
			.geometry());
	}

	/** How many time points {@link #of} offers: 1 where several time points of one slice are Z. */
	public static int frames(final ImagePlus image) {
		return ImagePlusPlanes.frames(image);
	}

	private synchronized Cell<FloatArray> cell(final long index) {
		return cache.computeIfAbsent(index, this::load);
	}

	private Cell<FloatArray> load(final long index) {
		final float[] plane = planes.read(index);
		if (Finite.repair(plane) > 0 && !warned) {
			warned = true;
			progress.warn("Image \"" + planes.title() +
				"\" has values that are not finite; the smallest value of their plane was used.");
		}
		final long[] size = planes.size();
		return new Cell<>(new int[] { (int) size[0], (int) size[1], 1, 1 }, new long[] { 0, 0, index %
			size[2], index / size[2] }, new FloatArray(plane));
	}
}
