package org.swinj.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
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

	/** The most that deflate can expand, with a little room for the container. */
	private static final long LARGEST_EXPANSION = 1040;
	private static final int CHUNK = 1 << 20;

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
		checkLength(header, data);
		final FloatPlanes planes = new FloatPlanes(name(data), header.size());
		long got = 0;
		try (InputStream in = open(data)) {
			in.skipNBytes(header.voxelOffset());
			final ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(header.order());
			for (int i = 0; i < planes.planeCount(); i++) {
				final float[] plane = new float[planes.planeSize()];
				got += readPlane(in, buffer, header, plane, data, got);
				planes.add(plane);
			}
			in.read(); // at the end of a gzip stream this checks its checksum
		}
		catch (final EOFException e) {
			throw truncated(header, data, got);
		}
		catch (final ZipException e) {
			throw new FormatException("Volume \"" + name(data) + "\" is damaged: " + e.getMessage() + ".",
				e);
		}
		return new Volume(VolumeFormat.baseName(file), planes.image(), header.geometry());
	}

	private long readPlane(final InputStream in, final ByteBuffer buffer, final NiftiHeader header,
		final float[] plane, final Path data, final long before) throws IOException
	{
		final int bytes = header.type().bytes();
		for (int at = 0; at < plane.length;) {
			progress.checkCancelled();
			final int count = Math.min(plane.length - at, CHUNK / bytes);
			final int read = readFully(in, buffer.array(), count * bytes);
			if (read < count * bytes) throw truncated(header, data, before + (long) at * bytes + read);
			header.type().decode(buffer.clear().limit(read), plane, at, header.slope(), header.inter());
			at += count;
		}
		return (long) plane.length * bytes;
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

	/** Compares the claimed voxels with the length of the file before anything is allocated. */
	private void checkLength(final NiftiHeader header, final Path data) throws IOException {
		final long length = Files.size(data);
		final long claimed = Math.multiplyExact(header.voxels(), header.type().bytes());
		if (!isGzip(data)) {
			final long there = Math.max(0, length - header.voxelOffset());
			if (there < claimed) throw truncated(header, data, there);
		}
		else if ((claimed + header.voxelOffset()) / LARGEST_EXPANSION > length)
			throw new FormatException(String.format(Locale.ROOT,
				"Volume \"%s\" claims %s voxels (%d bytes), but its %d compressed bytes cannot hold that.",
				name(data), FloatPlanes.text(header.size()), claimed, length));
	}

	private static FormatException truncated(final NiftiHeader header, final Path data,
		final long there)
	{
		return new FormatException("Volume \"" + name(data) + "\" is truncated: " + there + " of " +
			header.voxels() * header.type().bytes() + " bytes of voxels are there.");
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
