package org.swinj.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import org.swinj.progress.Progress;

/**
 * Reads NIfTI-1 and NIfTI-2 volumes, single files or .hdr and .img pairs, plain or gzipped, in
 * either byte order. Scaling is applied. Values may come out as NaN or infinite; see
 * {@link VolumeReader} for volumes without those.
 */
public final class NiftiReader {

	private final Progress progress;

	public NiftiReader(final Progress progress) {
		this.progress = progress;
	}

	/**
	 * Reads the header only.
	 *
	 * @throws FormatException if this is no NIfTI file of real numbers
	 */
	public NiftiHeader readHeader(final Path file) throws IOException {
		final Path headerFile = partner(file, ".img", ".hdr");
		try (InputStream in = open(headerFile)) {
			return NiftiHeader.parse(in.readNBytes(NiftiField.HEADER_BYTES[1]), name(headerFile));
		}
		catch (final EOFException | ZipException e) {
			throw new FormatException("File \"" + name(headerFile) + "\" cannot be unpacked: " + e
				.getMessage() + ".", e);
		}
	}

	/**
	 * Reads a volume into memory. A fourth axis becomes channels.
	 *
	 * @throws FormatException if the file is damaged, shorter than its header claims, or not made of
	 *           real numbers
	 */
	public Volume read(final Path file) throws IOException {
		final NiftiHeader header = readHeader(file);
		for (final String repair : header.repairs())
			progress.warn(repair);
		final Path data = header.pair() ? partner(file, ".hdr", ".img") : file;
		if (!Files.isRegularFile(data)) throw new FormatException("Volume \"" + name(file) +
			"\" keeps its voxels in \"" + name(data) + "\", which is missing.");
		final RawVoxels voxels = header.voxels(name(data));
		if (isGzip(data)) voxels.checkCompressed(Files.size(data), header.voxelOffset());
		else voxels.checkLength(Files.size(data) - header.voxelOffset());
		try (InputStream in = open(data)) {
			in.skipNBytes(header.voxelOffset());
			return new Volume(VolumeFormat.baseName(file), voxels.read(in, progress), header.geometry());
		}
		catch (final EOFException e) {
			throw voxels.truncated(0);
		}
		catch (final ZipException e) {
			throw new FormatException("Volume \"" + name(data) + "\" cannot be unpacked up to its voxels: " +
				e.getMessage() + ".", e);
		}
	}

	/** Header and voxels of a volume, which may be the same file. */
	static List<Path> files(final Path file) {
		return List.of(partner(file, ".img", ".hdr"), partner(file, ".hdr", ".img"));
	}

	/**
	 * The file itself, or the other half of a pair if the name ends in {@code from}.
	 *
	 * @param to extension of the other half; with .gz added or taken away if only that exists
	 */
	private static Path partner(final Path file, final String from, final String to) {
		final String name = name(file);
		final String lower = name.toLowerCase(Locale.ROOT);
		final int at = lower.endsWith(".gz") ? name.length() - 7 : name.length() - 4;
		if (at < 1 || !lower.startsWith(from, at)) return file;
		final String base = name.substring(0, at);
		final Path same = file.resolveSibling(base + to + name.substring(at + 4));
		if (Files.exists(same)) return same;
		final Path other = file.resolveSibling(base + to + (lower.endsWith(".gz") ? "" : ".gz"));
		return Files.exists(other) ? other : same;
	}

	private static InputStream open(final Path file) throws IOException {
		final InputStream in = Files.newInputStream(file);
		try {
			return isGzip(file) ? new GZIPInputStream(in, 1 << 16) : new BufferedInputStream(in, 1 << 16);
		}
		catch (final IOException e) {
			in.close();
			throw e;
		}
	}

	/** Goes by the first two bytes: files named .nii may be gzipped and the other way round. */
	private static boolean isGzip(final Path file) throws IOException {
		try (InputStream in = Files.newInputStream(file)) {
			return in.read() == 0x1f && in.read() == 0x8b;
		}
	}

	private static String name(final Path file) {
		return file.getFileName().toString();
	}
}
