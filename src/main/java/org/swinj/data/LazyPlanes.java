package org.swinj.data;

import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.cell.Cell;
import net.imglib2.img.cell.CellGrid;
import net.imglib2.img.cell.LazyCellImg;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Planes that are made when they are touched; those used last are kept as long as there is memory.
 *
 * @param <A> what holds the numbers of a plane
 */
final class LazyPlanes<A> {

	private static final long MOST = 256L << 20; // bytes
	private static final int SHARE = 16; // of Java's memory

	private final long[] size;
	private final LongFunction<A> maker;
	private final Map<Long, SoftReference<Cell<A>>> cache;

	/** Makes a plane, X fastest; planes are numbered Z before channel. */
	interface Maker {

		float[] plane(long index);
	}

	/**
	 * @param size voxels along X, Y, Z and, if there is one, the fourth axis
	 * @param bytes of a voxel
	 * @param maker of a plane by its number, Z before the fourth axis
	 */
	LazyPlanes(final long[] size, final int bytes, final LongFunction<A> maker) {
		this.size = size.clone();
		this.maker = maker;
		final long capacity = Math.max(8, Math.min(MOST, Runtime.getRuntime().maxMemory() / SHARE) / (bytes
			* size[0] * size[1]));
		cache = new LinkedHashMap<>(16, 0.75f, true) {

			private static final long serialVersionUID = 1L;

			@Override
			protected boolean removeEldestEntry(
				final Map.Entry<Long, SoftReference<Cell<A>>> eldest)
			{
				return size() > capacity;
			}
		};
	}

	/** @param size voxels along X, Y, Z and channels */
	static RandomAccessibleInterval<FloatType> of(final long[] size, final Maker maker) {
		final LazyPlanes<FloatArray> planes = new LazyPlanes<>(size, Float.BYTES, i -> new FloatArray(maker
			.plane(i)));
		return new LazyCellImg<>(planes.grid(), new FloatType(), planes::cell);
	}

	/** A cell for each plane. */
	CellGrid grid() {
		return new CellGrid(size, cellSize());
	}

	private int[] cellSize() {
		final int[] cell = new int[size.length];
		Arrays.fill(cell, 1);
		cell[0] = (int) size[0];
		cell[1] = (int) size[1];
		return cell;
	}

	/** One plane at a time, so that makers need not care about threads. */
	synchronized Cell<A> cell(final long index) {
		final SoftReference<Cell<A>> known = cache.get(index);
		final Cell<A> kept = known == null ? null : known.get();
		if (kept != null) return kept;
		final long[] first = new long[size.length];
		first[2] = index % size[2];
		if (first.length > 3) first[3] = index / size[2];
		final Cell<A> made = new Cell<>(cellSize(), first, maker.apply(index));
		cache.put(index, new SoftReference<>(made));
		return made;
	}
}
