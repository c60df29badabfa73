package org.swinj.data;

import java.util.LinkedHashMap;
import java.util.Map;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.cell.Cell;
import net.imglib2.img.cell.CellGrid;
import net.imglib2.img.cell.LazyCellImg;
import net.imglib2.type.numeric.real.FloatType;

/** An image whose planes are made when they are touched; those used last are kept. */
final class LazyPlanes {

	private static final long CACHE_BYTES = 256L << 20;

	private final long[] size;
	private final Maker maker;
	private final Map<Long, Cell<FloatArray>> cache;

	/** Makes a plane, X fastest; planes are numbered Z before channel. */
	interface Maker {

		float[] plane(long index);
	}

	private LazyPlanes(final long[] size, final Maker maker) {
		this.size = size.clone();
		this.maker = maker;
		final long capacity = Math.max(8, CACHE_BYTES / (4 * size[0] * size[1]));
		cache = new LinkedHashMap<>(16, 0.75f, true) {

			private static final long serialVersionUID = 1L;

			@Override
			protected boolean removeEldestEntry(final Map.Entry<Long, Cell<FloatArray>> eldest) {
				return size() > capacity;
			}
		};
	}

	/** @param size voxels along X, Y, Z and channels */
	static RandomAccessibleInterval<FloatType> of(final long[] size, final Maker maker) {
		final CellGrid grid = new CellGrid(size, new int[] { (int) size[0], (int) size[1], 1, 1 });
		return new LazyCellImg<>(grid, new FloatType(), new LazyPlanes(size, maker)::cell);
	}

	/** One plane at a time, so that makers need not care about threads. */
	private synchronized Cell<FloatArray> cell(final long index) {
		return cache.computeIfAbsent(index, i -> new Cell<>(new int[] { (int) size[0], (int) size[1], 1,
			1 }, new long[] { 0, 0, i % size[2], i / size[2] }, new FloatArray(maker.plane(i))));
	}
}
