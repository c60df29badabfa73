package org.swinj.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.zip.ZipException;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

import org.swinj.progress.Progress;

/**
 * Voxels that follow each other in a file, X fastest.
 *
 * @param file name for messages
 * @param size voxels along X, Y, Z and channels
 * @param interleaved whether the channels of a voxel stand side by side; else each channel is a
 *          volume of its own
 * @param type of the stored numbers
 * @param order their byte order
 * @param slope factor to apply to them
 * @param inter summand to apply after the factor
 */
record RawVoxels(String file, long[] size, boolean interleaved, VoxelType type, ByteOrder order,
	double slope, double inter)
{

	/** The most that deflate can expand, with a little room for the container. */
	static final long LARGEST_EXPANSION = 1040;
	private static final double MOST = 1e15;
	private static final int CHUNK = 1 << 18;

	/**
	 * Numbers as they are stored.
	 *
	 * @throws FormatException if these are more than any file holds
	 */
	static RawVoxels of(final String file, final long[] size, final boolean interleaved,
		final VoxelType type, final ByteOrder order) throws FormatException
	{
		if ((double) size[0] * size[1] * size[2] * size[3] > MOST) throw new FormatException("Volume \"" +
			file + "\" claims " + FloatPlanes.text(size) + " voxels, more than any file holds.");
		return new RawVoxels(file, size, interleaved, type, order, 1, 0);
	}

	/** Bytes of all voxels. */
	long bytes() {
		return Math.multiplyExact(Math.multiplyExact(Math.multiplyExact(size[0], size[1]), Math
			.multiplyExact(size[2], size[3])), type.bytes());
	}

	/** @throws FormatException if fewer bytes are there than the voxels need */
	void checkLength(final long there) throws FormatException {
		if (there < bytes()) throw truncated(Math.max(0, there));
	}

	/**
	 * @param before bytes before the voxels, once unpacked
	 * @throws FormatException if no deflated data of this length can hold the voxels
	 */
	void checkCompressed(final long compressed, final long before) throws FormatException {
		if ((bytes() + before) / LARGEST_EXPANSION > compressed) throw new FormatException(String.format(
			Locale.ROOT,
			"Volume \"%s\" claims %s voxels (%d bytes), but its %d compressed bytes cannot hold that.",
			file, FloatPlanes.text(size), bytes(), compressed));
	}

	/**
	 * Reads all voxels.
	 *
	 * @param in unpacked, at the first voxel
	 * @throws FormatException if it ends early or is damaged
	 */
	RandomAccessibleInterval<FloatType> read(final InputStream in, final Progress progress)
		throws IOException
	{
		final FloatPlanes planes = new FloatPlanes(file, size);
		try {
			if (interleaved && size[3] > 1) readInterleaved(in, planes, progress);
			else for (int i = 0; i < planes.planeCount(); i++)
				planes.add(block(in, planes.planeSize(), (long) i * planes.planeSize(), progress));
			in.read(); // at the end of a gzip stream this checks its checksum
		}
		catch (final ZipException e) {
			throw new FormatException("Volume \"" + file + "\" is damaged: " + e.getMessage() + ".", e);
		}
		return planes.image();
	}

	private void readInterleaved(final InputStream in, final FloatPlanes planes,
		final Progress progress) throws IOException
	{
		final int channels = (int) size[3], slices = (int) size[2];
		if ((long) planes.planeSize() * channels > Integer.MAX_VALUE - 8) throw new FormatException(
			"Volume \"" + file + "\" has " + channels + " channels of " + planes.planeSize() +
				" voxels in a plane, more than an array holds.");
		final float[][][] separate = new float[channels][slices][];
		for (int z = 0; z < slices; z++) {
			final float[] mixed = block(in, planes.planeSize() * channels, (long) z * planes.planeSize()
				* channels, progress);
			for (int c = 0; c < channels; c++) {
				final float[] plane = new float[planes.planeSize()];
				for (int i = 0; i < plane.length; i++)
					plane[i] = mixed[i * channels + c];
				separate[c][z] = plane;
			}
		}
		for (final float[][] channel : separate)
			for (final float[] plane : channel)
				planes.add(plane);
	}

	/** @param before voxels that were read already, for messages */
	private float[] block(final InputStream in, final int length, final long before,
		final Progress progress) throws IOException
	{
		float[] block = null; // takes memory once there is something to put into it
		final ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(CHUNK, (long) length * type.bytes()))
			.order(order);
		for (int at = 0; at < length;) {
			progress.checkCancelled();
			final int count = Math.min(length - at, buffer.capacity() / type.bytes());
			final int read = readFully(in, buffer.array(), count * type.bytes());
			if (read < count * type.bytes()) throw truncated((before + at) * type.bytes() + read);
			if (block == null) block = new float[length];
			type.decode(buffer.clear().limit(read), block, at, slope, inter);
			at += count;
		}
		return block == null ? new float[length] : block;
	}

	/** Like {@link InputStream#readNBytes}, but a gzip stream that ends early only ends. */
	private static int readFully(final InputStream in, final byte[] to, final int length)
		throws IOException
	{
		int done = 0;
		try {
			while (done < length) {
				final int n = in.read(to, done, length - done);
				if (n < 0) return done;
				done += n;
			}
		}
		catch (final EOFException e) {
			return done;
		}
		return done;
	}

	/** @param there bytes of voxels that exist */
	FormatException truncated(final long there) {
		return new FormatException("Volume \"" + file + "\" is truncated: " + there + " of " + bytes() +
			" bytes of voxels are there.");
	}
}
