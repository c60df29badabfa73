package org.swinj.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.InflaterInputStream;

import org.swinj.progress.Progress;

/**
 * Reads MetaImage volumes, the format of ITK: .mha, or .mhd with one .raw or .zraw file, plain or
 * compressed, with integers and floats of either byte order. A fourth axis or the elements of a
 * voxel become channels. Values may come out as NaN or infinite; see {@link VolumeReader} for
 * volumes without those.
 */
public final class MetaImageReader {

	private static final String DATA_FILE = "elementdatafile";

	private final Progress progress;

	public MetaImageReader(final Progress progress) {
		this.progress = progress;
	}

	/**
	 * Voxels along X, Y, Z and channels, from the header.
	 *
	 * @throws FormatException if this is no MetaImage volume
	 */
	public long[] size(final Path file) throws IOException {
		return size(header(file));
	}

	/**
	 * Reads a volume into memory.
	 *
	 * @throws FormatException if the file is damaged, shorter than its header claims, or not made of
	 *           real numbers
	 */
	public Volume read(final Path file) throws IOException {
		final TextHeader header = header(file);
		final Path data = data(header, file);
		final boolean local = data.equals(file);
		final RawVoxels voxels = RawVoxels.of(data.getFileName().toString(), size(header), elements(
			header) > 1, type(header), isTrue(header, "binarydatabyteordermsb", "elementbyteordermsb")
				? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
		final boolean packed = isTrue(header, "compresseddata");
		final long length = Files.size(data);
		final long skip = header.whole("headersize", 0);
		if (skip < -1 || skip == -1 && packed) throw header.wrong("HeaderSize", String.valueOf(skip));
		final long start = skip == -1 ? length - voxels.bytes() : skip + (local ? header.length() : 0);
		if (packed) voxels.checkCompressed(length - start, 0);
		else voxels.checkLength(skip == -1 ? length : length - start);
		final Geometry geometry = geometry(header);
		try (InputStream in = new BufferedInputStream(Files.newInputStream(data), 1 << 16)) {
			in.skipNBytes(start);
			try (InputStream unpacked = packed ? new InflaterInputStream(in) : in) {
				return new Volume(VolumeFormat.baseName(file), voxels.read(unpacked, progress), geometry);
			}
		}
		catch (final EOFException e) {
			throw voxels.truncated(0);
		}
	}

	/** The file with the voxels of a volume. */
	static Path data(final Path file) throws IOException {
		return data(header(file), file);
	}

	private static Path data(final TextHeader header, final Path file) throws FormatException {
		final String name = header.required(DATA_FILE);
		return name.equalsIgnoreCase("LOCAL") ? file : DataFile.of(file, name);
	}

	private static TextHeader header(final Path file) throws IOException {
		final TextHeader header = TextHeader.read(file, "=", DATA_FILE);
		if (!header.has("ndims") || !header.has(DATA_FILE)) throw new FormatException("File \"" + header
			.file() + "\" is not a MetaImage volume: it lacks NDims or ElementDataFile.");
		if (header.text("true", "binarydata").equalsIgnoreCase("false")) throw new FormatException(
			"Volume \"" + header.file() + "\" holds its voxels as text: save it as binary.");
		return header;
	}

	private static long elements(final TextHeader header) throws FormatException {
		final long elements = header.whole("elementnumberofchannels", 1);
		if (elements < 1) throw header.wrong("ElementNumberOfChannels", String.valueOf(elements));
		return elements;
	}

	private static long[] size(final TextHeader header) throws FormatException {
		final long axes = header.whole("ndims", 0);
		final long[] sizes = header.wholes("dimsize");
		if (sizes.length != axes) throw new FormatException("Volume \"" + header.file() + "\" claims " +
			axes + " axes, but gives the sizes of " + sizes.length + ".");
		if (axes < 2 || axes > 4) throw new FormatException("Volume \"" + header.file() + "\" has " +
			axes + " axes where X, Y, Z and channels are possible.");
		final long[] size = { 1, 1, 1, 1 };
		for (int axis = 0; axis < axes; axis++) {
			size[axis] = sizes[axis];
			if (sizes[axis] < 1) throw new FormatException("Volume \"" + header.file() +
				"\" claims a size of " + sizes[axis] + " along axis " + (axis + 1) + ".");
		}
		final long elements = elements(header);
		if (elements > 1 && size[3] > 1) throw new FormatException("Volume \"" + header.file() +
			"\" has more than one axis beside X, Y and Z (axis 4 of the size " + size[3] + " and " +
			elements + " elements in a voxel): split it first.");
		size[3] *= elements;
		return size;
	}

	private static VoxelType type(final TextHeader header) throws FormatException {
		final String type = header.required("elementtype").toUpperCase(Locale.ROOT);
		return switch (type) {
			case "MET_CHAR" -> VoxelType.INT8;
			case "MET_UCHAR" -> VoxelType.UINT8;
			case "MET_SHORT" -> VoxelType.INT16;
			case "MET_USHORT" -> VoxelType.UINT16;
			case "MET_INT", "MET_LONG" -> VoxelType.INT32;
			case "MET_UINT", "MET_ULONG" -> VoxelType.UINT32;
			case "MET_LONG_LONG" -> VoxelType.INT64;
			case "MET_ULONG_LONG" -> VoxelType.UINT64;
			case "MET_FLOAT" -> VoxelType.FLOAT32;
			case "MET_DOUBLE" -> VoxelType.FLOAT64;
			default -> throw new FormatException("Volume \"" + header.file() + "\" holds voxels of type " +
				type + ", which is not one real number.");
		};
	}

	private static boolean isTrue(final TextHeader header, final String... keys) {
		final String text = header.text("false", keys);
		return text.equalsIgnoreCase("true") || text.equals("1");
	}

	/** ITK's world is LPS; the matrix holds one axis after the other. */
	private Geometry geometry(final TextHeader header) throws FormatException {
		final LengthUnit unit = LengthUnit.of(header.text("mm", "distanceunits"));
		final LengthUnit length = unit == null ? LengthUnit.MILLIMETRE : unit;
		final double[] spacing = spacing(header);
		final String matrix = header.text("", "transformmatrix", "orientation", "rotation");
		if (matrix.isEmpty()) return Geometry.of(length.symbol(), spacing);
		final double[] axes = header.numbers(matrix, "TransformMatrix");
		final double[] offset = header.numbers(header.text("0 0 0 0", "offset", "position", "origin"),
			"Offset");
		final int n = (int) header.whole("ndims", 3);
		if (axes.length != n * n) throw header.wrong("TransformMatrix", matrix);
		if (n < 3 || offset.length < 3) return Geometry.of(length.symbol(), spacing);
		final double[][] affine = new double[4][4];
		for (int i = 0; i < 3; i++) {
			final int sign = i < 2 ? -1 : 1;
			for (int j = 0; j < 3; j++)
				affine[i][j] = sign * axes[n * j + i] * spacing[j];
			affine[i][3] = sign * offset[i];
		}
		affine[3][3] = 1;
		if (length != LengthUnit.PIXEL && Affine.isUsable(affine)) {
			final double[][] mm = Affine.scaled(affine, length.millimetres());
			return new Geometry(Affine.spacing(mm), LengthUnit.MILLIMETRE.symbol(), mm);
		}
		progress.warn("Volume \"" + header.file() +
			"\" has a TransformMatrix whose axes do not span space; it was ignored.");
		return Geometry.of(length.symbol(), spacing);
	}

	private double[] spacing(final TextHeader header) throws FormatException {
		final double[] all = header.numbers(header.text("1 1 1", "elementspacing", "elementsize"),
			"ElementSpacing");
		final double[] spacing = { 1, 1, 1 };
		for (int i = 0; i < Math.min(3, all.length); i++) {
			spacing[i] = Math.abs(all[i]);
			if (spacing[i] > 0 && Double.isFinite(spacing[i])) continue;
			progress.warn("Volume \"" + header.file() + "\" has the voxel size " + Arrays.toString(all) +
				"; 1 was used where that is not a length.");
			spacing[i] = 1;
		}
		return spacing;
	}
}
