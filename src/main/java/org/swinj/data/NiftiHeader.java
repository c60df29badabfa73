package org.swinj.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a NIfTI-1 or NIfTI-2 header says about its voxels (specifications at nifti.nimh.nih.gov).
 *
 * @param version 1 or 2
 * @param order byte order of the header and the voxels
 * @param pair whether the voxels are in a separate .img file
 * @param size voxels along X, Y, Z and channels; the fourth and fifth axis both count as channels
 * @param type type of the stored voxels
 * @param voxelOffset first byte of the voxels in their file
 * @param slope factor to apply to the stored values, 1 where the header asks for no scaling
 * @param inter summand to apply after the factor
 * @param geometry voxel size in millimetres and the affine: the sform, else the qform, else none
 * @param repairs one sentence for each entry that was wrong and could be replaced
 */
public record NiftiHeader(int version, ByteOrder order, boolean pair, long[] size, NiftiType type,
	long voxelOffset, double slope, double inter, Geometry geometry, List<String> repairs)
{

	/**
	 * @param start the first 540 bytes of the file, or all of a shorter one
	 * @param file name for messages
	 * @throws FormatException if this is no NIfTI header or describes no volume of real numbers
	 */
	static NiftiHeader parse(final byte[] start, final String file) throws FormatException {
		final ByteBuffer header = ByteBuffer.wrap(start);
		final int version = version(header, file);
		if (start.length < NiftiField.HEADER_BYTES[version - 1]) throw new FormatException("Volume \"" +
			file + "\" is truncated: " + start.length + " of " + NiftiField.HEADER_BYTES[version - 1] +
			" bytes of the header are there.");
		final boolean pair = isPair(start, version, file);
		final long[] size = size(header, version, file);
		final NiftiType type = NiftiType.of((int) NiftiField.DATATYPE.get(header, version, 0), file);
		final List<String> repairs = new ArrayList<>();
		double slope = NiftiField.SCL_SLOPE.get(header, version, 0);
		double inter = NiftiField.SCL_INTER.get(header, version, 0);
		if (slope == 0 || !Double.isFinite(slope)) {
			slope = 1;
			inter = 0;
		}
		if (!Double.isFinite(inter)) {
			repairs.add("Volume \"" + file + "\" has the intercept " + inter + "; 0 was used.");
			inter = 0;
		}
		return new NiftiHeader(version, header.order(), pair, size, type,
			voxelOffset(header, version, pair, file), slope, inter,
			new NiftiPlacement(header, version, file, repairs).geometry(), List.copyOf(repairs));
	}

	/** The voxels as they follow each other in the file. */
	RawVoxels voxels(final String file) {
		return new RawVoxels(file, size, false, type.voxels(), order, slope, inter);
	}

	/** Finds version and byte order, which are coded in the first four bytes. */
	private static int version(final ByteBuffer header, final String file) throws FormatException {
		for (final ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
			header.order(order);
			for (int version = 1; version <= 2 && header.capacity() >= 4; version++)
				if (header.getInt(0) == NiftiField.HEADER_BYTES[version - 1]) return version;
		}
		throw new FormatException("File \"" + file +
			"\" is not a NIfTI volume: its header does not begin with the length 348 or 540.");
	}

	private static boolean isPair(final byte[] start, final int version, final String file)
		throws FormatException
	{
		final int at = version == 1 ? 344 : 4;
		final String magic = new String(Arrays.copyOfRange(start, at, at + 3),
			StandardCharsets.ISO_8859_1);
		if (magic.equals("n+" + version)) return false;
		if (magic.equals("ni" + version)) return true;
		throw new FormatException("File \"" + file + "\" lacks the NIfTI mark n+" + version + " or ni" +
			version + "; an Analyze 7.5 volume must be converted, because it does not say which side " +
			"is left.");
	}

	private static long[] size(final ByteBuffer header, final int version, final String file)
		throws FormatException
	{
		final int axes = (int) NiftiField.DIM.get(header, version, 0);
		if (axes < 1 || axes > 7) throw new FormatException("Volume \"" + file + "\" claims " + axes +
			" axes; NIfTI allows 1 to 7.");
		final long[] size = { 1, 1, 1, 1 };
		double voxels = 1;
		for (int axis = 1; axis <= axes; axis++) {
			final double n = NiftiField.DIM.get(header, version, axis);
			if (n < 1) throw new FormatException("Volume \"" + file + "\" claims a size of " + (long) n +
				" along axis " + axis + ".");
			voxels *= n;
			if (axis <= 3) size[axis - 1] = (long) n;
			else if (n > 1 && (size[3] > 1 || axis > 5)) throw new FormatException("Volume \"" + file +
				"\" has more than one axis beside X, Y and Z (axis " + axis + " has the size " + (long) n +
				"): split it first.");
			else size[3] *= (long) n;
		}
		if (voxels > 1e15) throw new FormatException("Volume \"" + file + "\" claims " + FloatPlanes
			.text(size) + " voxels, more than any file holds.");
		return size;
	}

	private static long voxelOffset(final ByteBuffer header, final int version, final boolean pair,
		final String file) throws FormatException
	{
		final double offset = NiftiField.VOX_OFFSET.get(header, version, 0);
		if (!(offset >= 0 && offset <= 1e15)) throw new FormatException("Volume \"" + file +
			"\" claims that its voxels begin at byte " + offset + ".");
		// writers that leave the offset out mean: right behind header and extension mark
		final long smallest = pair ? 0 : NiftiField.HEADER_BYTES[version - 1] + 4;
		return Math.max(smallest, (long) offset);
	}
}
