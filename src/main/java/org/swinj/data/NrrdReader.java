package org.swinj.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import org.swinj.progress.Progress;

/**
 * Reads NRRD volumes (format definition at teem.sourceforge.net/nrrd): .nrrd, or .nhdr with one
 * data file, raw or gzipped, with integers and floats of either byte order. One axis beside X, Y and Z
 * becomes channels. Values may come out as NaN or infinite; see {@link VolumeReader} for volumes
 * without those.
 */
public final class NrrdReader {

	private final Progress progress;

	public NrrdReader(final Progress progress) {
		this.progress = progress;
	}

	/**
	 * Voxels along X, Y, Z and channels, from the header.
	 *
	 * @throws FormatException if this is no NRRD volume
	 */
	public long[] size(final Path file) throws IOException {
		return new NrrdAxes(header(file)).size();
	}

	/**
	 * Reads a volume into memory.
	 *
	 * @throws FormatException if the file is damaged, shorter than its header claims, or not made of
	 *           real numbers in raw or gzip encoding
	 */
	public Volume read(final Path file) throws IOException {
		final TextHeader header = header(file);
		final NrrdAxes axes = new NrrdAxes(header);
		final List<String> repairs = new ArrayList<>();
		final Geometry geometry = axes.geometry(repairs);
		repairs.forEach(progress::warn);
		final boolean zipped = isGzip(header);
		final Path data = data(header, file);
		final RawVoxels voxels = RawVoxels.of(data.getFileName().toString(), axes.size(), axes
			.isInterleaved(), type(header), order(header));
		final long start = data.equals(file) ? header.length() : 0;
		final long lines = header.whole("line skip", header.whole("lineskip", 0));
		final long bytes = header.whole("byte skip", header.whole("byteskip", 0));
		if (bytes < -1 || bytes == -1 && zipped) throw header.wrong("byte skip", String.valueOf(bytes));
		if (zipped) voxels.checkCompressed(Files.size(data) - start, bytes);
		else voxels.checkLength(Files.size(data) - (bytes < 0 ? 0 : start + bytes));
		try (InputStream in = new BufferedInputStream(Files.newInputStream(data), 1 << 16)) {
			if (bytes == -1) in.skipNBytes(Files.size(data) - voxels.bytes());
			else {
				in.skipNBytes(start);
				skipLines(in, lines);
			}
			try (InputStream unpacked = zipped ? new GZIPInputStream(in, 1 << 16) : in) {
				unpacked.skipNBytes(Math.max(0, bytes));
				return new Volume(VolumeFormat.baseName(file), voxels.read(unpacked, progress), geometry);
			}
		}
		catch (final EOFException e) {
			throw voxels.truncated(0);
		}
		catch (final ZipException e) {
			throw new FormatException("Volume \"" + voxels.file() + "\" cannot be unpacked: " + e
				.getMessage() + ".", e);
		}
	}

	private static TextHeader header(final Path file) throws IOException {
		try (InputStream in = Files.newInputStream(file)) {
			final byte[] start = in.readNBytes(4);
			if (start.length < 4 || start[0] != 'N' || start[1] != 'R' || start[2] != 'R'
				|| start[3] != 'D') throw new FormatException("File \"" + file.getFileName() +
					"\" is not a NRRD volume: it does not begin with NRRD.");
		}
		return TextHeader.read(file, ":", null);
	}

	private static boolean isGzip(final TextHeader header) throws FormatException {
		final String encoding = header.required("encoding").toLowerCase(Locale.ROOT);
		return switch (encoding) {
			case "raw" -> false;
			case "gz", "gzip" -> true;
			default -> throw new FormatException("Volume \"" + header.file() + "\" is encoded as \"" +
				encoding + "\": save it as raw or gzip.");
		};
	}

	private static VoxelType type(final TextHeader header) throws FormatException {
		final String type = header.required("type").toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
		return switch (type) {
			case "signed char", "int8", "int8_t" -> VoxelType.INT8;
			case "uchar", "unsigned char", "uint8", "uint8_t" -> VoxelType.UINT8;
			case "short", "short int", "signed short", "signed short int", "int16", "int16_t" ->
				VoxelType.INT16;
			case "ushort", "unsigned short", "unsigned short int", "uint16", "uint16_t" ->
				VoxelType.UINT16;
			case "int", "signed int", "int32", "int32_t" -> VoxelType.INT32;
			case "uint", "unsigned int", "uint32", "uint32_t" -> VoxelType.UINT32;
			case "longlong", "long long", "long long int", "signed long long", "signed long long int",
				"int64", "int64_t" -> VoxelType.INT64;
			case "ulonglong", "unsigned long long", "unsigned long long int", "uint64", "uint64_t" ->
				VoxelType.UINT64;
			case "float" -> VoxelType.FLOAT32;
			case "double" -> VoxelType.FLOAT64;
			default -> throw new FormatException("Volume \"" + header.file() + "\" holds voxels of type \"" +
				type + "\", which is not one real number.");
		};
	}

	private static ByteOrder order(final TextHeader header) throws FormatException {
		if (type(header).bytes() == 1) return ByteOrder.LITTLE_ENDIAN;
		final String endian = header.required("endian").toLowerCase(Locale.ROOT);
		return switch (endian) {
			case "little" -> ByteOrder.LITTLE_ENDIAN;
			case "big" -> ByteOrder.BIG_ENDIAN;
			default -> throw header.wrong("endian", endian);
		};
	}

	/** The file with the voxels of a volume. */
	static Path data(final Path file) throws IOException {
		return data(header(file), file);
	}

	/** The file with the voxels: the one that the header names, beside it, or the header's own. */
	private static Path data(final TextHeader header, final Path file) throws FormatException {
		final String name = header.text("", "data file", "datafile");
		return name.isEmpty() ? file : DataFile.of(file, name);
	}

	private static void skipLines(final InputStream in, final long lines) throws IOException {
		for (long i = 0; i < lines; i++)
			for (int next = in.read(); next != '\n'; next = in.read())
				if (next < 0) throw new EOFException();
	}
}
