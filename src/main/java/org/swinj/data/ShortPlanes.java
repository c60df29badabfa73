package org.swinj.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.img.cell.LazyCellImg;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.util.Fraction;

/**
 * A volume of 16-bit numbers that is written once, plane by plane. Volumes that would take much of the
 * memory Java may use are kept in a temporary file.
 */
public final class ShortPlanes {

	/** Share of Java's memory that a volume may take. */
	private static final double SHARE = 0.2;

	private final long[] size;
	private final short[][] planes; // null on disk
	private final LazyPlanes<ShortArray> read; // null in memory
	private PlaneFile file; // null in memory and before the first plane

	/** @param size voxels along X, Y and Z; all are 0 until they are written */
	public ShortPlanes(final long... size) {
		this(areOnDisk((double) size[0] * size[1] * size[2]), size);
	}

	/** Whether this many numbers are kept in a temporary file. */
	public static boolean areOnDisk(final double numbers) {
		return Short.BYTES * numbers > SHARE * Runtime.getRuntime().maxMemory();
	}

	private ShortPlanes(final boolean disk, final long... size) {
		this.size = size.clone();
		Math.multiplyExact(Math.toIntExact(size[0]), Math.toIntExact(size[1]));
		planes = disk ? null : new short[Math.toIntExact(size[2])][];
		read = disk ? new LazyPlanes<>(size, Short.BYTES, z -> new ShortArray(file == null
			? new short[planeSize()] : file.read(z))) : null;
	}

	/** A volume that is kept in memory, however large. */
	public static ShortPlanes inMemory(final long... size) {
		return new ShortPlanes(false, size);
	}

	/** A volume that is kept in a temporary file, however small. */
	public static ShortPlanes onDisk(final long... size) {
		return new ShortPlanes(true, size);
	}

	/** The planes behind what {@link #image} has returned; {@code null} for any other image. */
	public static ShortPlanes behind(final RandomAccessibleInterval<?> image) {
		return image instanceof InMemory memory ? memory.planes : image instanceof OnDisk disk ? disk.planes
			: null;
	}

	/** Voxels of a plane. */
	private int planeSize() {
		return (int) (size[0] * size[1]);
	}

	/** Voxels along X. */
	public int width() {
		return (int) size[0];
	}

	/** Voxels along Y. */
	public int height() {
		return (int) size[1];
	}

	/** Whether this is a file. */
	public boolean isOnDisk() {
		return planes == null;
	}

	/**
	 * Sets a plane, once.
	 *
	 * @param plane X fastest; belongs to this object from now on
	 * @throws IOException if the temporary file cannot be written
	 */
	public void put(final int z, final short[] plane) throws IOException {
		if (plane.length != planeSize()) throw new IllegalArgumentException("A plane has " + plane.length
			+ " voxels instead of " + planeSize() + ".");
		if (planes != null) {
			planes[z] = plane;
			return;
		}
		synchronized (this) {
			if (file == null) file = new PlaneFile(planeSize(), size[2]);
		}
		file.write(z, plane);
	}

	/** A plane, X fastest, to be read without sign; not to be changed. */
	public short[] get(final int z) {
		if (planes == null) return read.cell(z).getData().getCurrentStorageArray();
		if (planes[z] == null) planes[z] = new short[planeSize()];
		return planes[z];
	}

	/** The volume with axes X, Y, Z, when all planes are there. */
	public RandomAccessibleInterval<UnsignedShortType> image() {
		if (planes == null) return new OnDisk(this);
		final List<ShortArray> arrays = new ArrayList<>();
		for (int z = 0; z < planes.length; z++)
			arrays.add(new ShortArray(get(z)));
		return new InMemory(this, arrays);
	}

	private static final class InMemory extends PlanarImg<UnsignedShortType, ShortArray> {

		private final ShortPlanes planes;

		InMemory(final ShortPlanes planes, final List<ShortArray> arrays) {
			super(arrays, planes.size, new Fraction());
			this.planes = planes;
			setLinkedType(new UnsignedShortType(this));
		}
	}

	private static final class OnDisk extends LazyCellImg<UnsignedShortType, ShortArray> {

		private final ShortPlanes planes;

		OnDisk(final ShortPlanes planes) {
			super(planes.read.grid(), new UnsignedShortType(), planes.read::cell);
			this.planes = planes;
		}
	}
}
