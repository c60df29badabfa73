package org.swinj.data;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One plane of a grey-level TIFF.
 *
 * @param bits bits of a voxel: 8, 16, 32 or 64
 * @param format 1 unsigned, 2 signed, 3 floating point
 * @param compression TIFF code: 1 none, 5 LZW, 8 or 32946 deflate, 32773 PackBits
 * @param differences whether rows hold differences between neighbours (predictor 2)
 * @param rows rows in each strip but the last
 * @param offsets first byte of each strip
 * @param lengths stored bytes of each strip
 */
record TiffPage(int width, int height, int bits, int format, int compression, boolean differences,
	int rows, long[] offsets, long[] lengths, ByteOrder order)
{

	/** No compression that TIFF allows here expands more than LZW's 4096 bytes out of 12 bits. */
	private static final long LARGEST_EXPANSION = 2800;

	private static final long MOST_VOXELS = Integer.MAX_VALUE / 8;

	/**
	 * @param fileLength bytes in the file
	 * @param number of the plane, from 1, for messages
	 * @throws FormatException if the plane is not made of one real number a voxel, or lies outside
	 *           the file
	 */
	static TiffPage of(final TiffDirectory directory, final ByteOrder order, final long fileLength,
		final int number, final String file) throws IOException
	{
		final String volume = "Volume \"" + file + "\" ";
		final long samples = directory.number(TiffDirectory.SAMPLES, 1);
		if (samples > 1) throw new FormatException(volume + "holds RGB colours or " + samples +
			" interleaved values a voxel: convert it to grey levels or separate channels first.");
		if (directory.has(TiffDirectory.TILE_WIDTH)) throw new FormatException(volume +
			"is a tiled TIFF, which is not supported: open it in Fiji and save it as TIFF.");
		final long width = directory.number(TiffDirectory.WIDTH, 0);
		final long height = directory.number(TiffDirectory.HEIGHT, 0);
		final int bits = (int) directory.number(TiffDirectory.BITS, 1);
		final int format = (int) directory.number(TiffDirectory.SAMPLE_FORMAT, 1);
		if (width < 1 || height < 1 || width > MOST_VOXELS / height) throw new FormatException(volume +
			"claims planes of " + width + "×" + height + " voxels.");
		final boolean known = format == 3 ? bits == 32 || bits == 64 : format <= 2 && (bits == 8 ||
			bits == 16 || bits == 32 || bits == 64);
		if (!known) throw new FormatException(volume + "holds voxels of " + bits + " bits (format " +
			format + "): convert it to 8, 16 or 32 bits first.");
		final int compression = (int) directory.number(TiffDirectory.COMPRESSION, 1);
		final long predictor = directory.number(TiffDirectory.PREDICTOR, 1);
		if (!TiffStrips.isSupported(compression) || predictor > 2) throw new FormatException(volume +
			"is compressed in a way that is not supported (TIFF compression " + compression +
			", predictor " + predictor + "): open it in Fiji and save it as TIFF.");

		final long plane = width * height * (bits / 8);
		final long rows = Math.max(1, Math.min(height, directory.number(TiffDirectory.ROWS_PER_STRIP,
			height)));
		final long strips = (height + rows - 1) / rows;
		final long[] offsets = directory.numbers(TiffDirectory.STRIP_OFFSETS);
		long[] lengths = directory.numbers(TiffDirectory.STRIP_LENGTHS);
		if (lengths.length == 0 && offsets.length == 1 && compression <= 1) lengths = new long[] { plane };
		if (offsets.length < strips || lengths.length < strips) throw new FormatException(volume +
			"lists " + Math.min(offsets.length, lengths.length) + " of the " + strips +
			" strips of plane " + number + ".");
		long stored = 0;
		for (int s = 0; s < strips; s++) {
			if (offsets[s] + lengths[s] > fileLength) throw new FormatException(volume +
				"is truncated: plane " + number + " reaches to byte " + (offsets[s] + lengths[s]) +
				", but the file has " + fileLength + ".");
			stored += lengths[s];
		}
		if (stored > fileLength) throw new FormatException(volume + "claims that the strips of plane " +
			number + " have " + stored + " bytes, but the file has " + fileLength + ".");
		if (stored * (compression <= 1 ? 1 : LARGEST_EXPANSION) < plane) throw new FormatException(volume +
			"claims planes of " + width + "×" + height + " voxels, but plane " + number + " has only " +
			stored + " bytes.");
		return new TiffPage((int) width, (int) height, bits, format, compression, predictor == 2,
			(int) rows, Arrays.copyOf(offsets, (int) strips), Arrays.copyOf(lengths, (int) strips), order);
	}

	/** Bytes of the unpacked plane. */
	int bytes() {
		return width * height * (bits / 8);
	}

	/** The plane of an uncompressed contiguous stack that lies so many planes behind this one. */
	TiffPage behind(final int planes) {
		final long[] moved = offsets.clone();
		for (int s = 0; s < moved.length; s++)
			moved[s] += (long) planes * bytes();
		return new TiffPage(width, height, bits, format, compression, differences, rows, moved, lengths,
			order);
	}

	boolean sameKind(final TiffPage other) {
		return width == other.width && height == other.height && bits == other.bits &&
			format == other.format;
	}
}
