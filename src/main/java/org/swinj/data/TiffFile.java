package org.swinj.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An open TIFF file of grey levels: its planes, and what ImageJ wrote about them. All claims of the
 * directories are checked against the length of the file when it is opened.
 */
final class TiffFile implements Closeable {

	private static final int DIGITS = 18; // that a long surely holds
	private static final Pattern IMAGES = Pattern.compile("(?m)^images=0*(\\d+)$");

	private final FileChannel channel;
	private final String name;
	private final List<TiffPage> pages = new ArrayList<>();
	private String description = "";
	private double[] pixelSize;
	private String unit;

	/** @throws FormatException if the file is damaged, truncated or not made of grey levels */
	TiffFile(final Path file) throws IOException {
		name = file.getFileName().toString();
		channel = FileChannel.open(file);
		try {
			readDirectories();
		}
		catch (final IOException | RuntimeException e) {
			channel.close();
			throw e;
		}
	}

	String name() {
		return name;
	}

	/** The planes in the order of the file; all of one size and kind. */
	List<TiffPage> pages() {
		return pages;
	}

	/** The text of the first directory, empty if it has none. */
	String description() {
		return description;
	}

	/** Voxel width and height in {@link #unit()} by the resolution tags, NaN where absent. */
	double[] pixelSize() {
		return pixelSize;
	}

	/** Unit of the resolution tags: inch, cm, or empty where they have none. */
	String unit() {
		return unit;
	}

	/**
	 * Reads and unpacks a plane.
	 *
	 * @param index from 0
	 * @return its bytes in the byte order of the file
	 * @throws FormatException if the plane is damaged
	 */
	ByteBuffer plane(final int index) throws IOException {
		final TiffPage page = pages.get(index);
		final byte[] plane = new byte[page.bytes()];
		final int stripBytes = plane.length / page.height() * page.rows();
		for (int s = 0, start = 0; start < plane.length; s++, start += stripBytes) {
			final int end = Math.min(plane.length, start + stripBytes);
			if (page.offsets()[s] + page.lengths()[s] > channel.size()) throw new FormatException("Volume \"" +
				name + "\" became shorter while it was read: plane " + (index + 1) + " is no longer there.");
			final byte[] strip = read(channel, page.offsets()[s], (int) page.lengths()[s]).array();
			final int got = TiffStrips.unpack(page.compression(), strip, plane, start, end);
			if (got < end - start) throw new FormatException("Volume \"" + name +
				"\" is damaged: strip " + (s + 1) + " of plane " + (index + 1) + " unpacks to " + got +
				" of " + (end - start) + " bytes.");
		}
		if (page.differences()) TiffStrips.integrate(plane, page);
		return ByteBuffer.wrap(plane).order(page.order());
	}

	@Override
	public void close() throws IOException {
		channel.close();
	}

	/** Reads exactly so many bytes. */
	static ByteBuffer read(final FileChannel channel, final long position, final int length)
		throws IOException
	{
		final ByteBuffer bytes = ByteBuffer.allocate(length);
		while (bytes.hasRemaining())
			if (channel.read(bytes, position + bytes.position()) < 0) throw new FormatException(
				"The file ends at byte " + channel.size() + " while its bytes up to " + (position +
					length) + " are needed.");
		return bytes.flip();
	}

	private void readDirectories() throws IOException {
		if (channel.size() < 8) throw new FormatException("File \"" + name +
			"\" is not a TIFF: it has only " + channel.size() + " bytes.");
		final ByteBuffer header = read(channel, 0, 8);
		final int mark = header.getShort(0);
		if (mark != 0x4949 && mark != 0x4d4d) throw new FormatException("File \"" + name +
			"\" is not a TIFF: it does not begin with II or MM.");
		final ByteOrder order = mark == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
		header.order(order);
		if (header.getShort(2) == 43) throw new FormatException("Volume \"" + name +
			"\" is a BigTIFF, which is not supported: open it in Fiji and save it as TIFF or NIfTI.");
		final TiffDirectory first = new TiffDirectory(channel, order, header.getInt(4) & 0xffffffffL,
			name);
		description = first.text(TiffDirectory.DESCRIPTION);
		pixelSize = new double[] { 1 / first.rational(TiffDirectory.X_RESOLUTION), 1 / first.rational(
			TiffDirectory.Y_RESOLUTION) };
		unit = switch ((int) first.number(TiffDirectory.RESOLUTION_UNIT, 1)) {
			case 2 -> "inch";
			case 3 -> "cm";
			default -> "";
		};
		addPage(first, order);
		final long contiguous = contiguousPlanes();
		if (contiguous > 1) addContiguous(contiguous);
		else followDirectories(first.next(), order);
	}

	/** Planes that ImageJ says follow the first one without gaps; 0 for other writers. */
	private long contiguousPlanes() {
		final Matcher images = IMAGES.matcher(description);
		final boolean imagej = description.startsWith("ImageJ") && pages.get(0).compression() <= 1;
		if (!imagej || !images.find()) return 0;
		return images.group(1).length() > DIGITS ? Long.MAX_VALUE : Long.parseLong(images.group(1));
	}

	private void addContiguous(final long planes) throws IOException {
		final TiffPage page = pages.get(0);
		final long start = page.offsets()[0];
		final long there = Math.max(0, channel.size() - start);
		if (planes > there / page.bytes()) throw new FormatException("Volume \"" + name +
			"\" is truncated: " + there + " of " + (planes == Long.MAX_VALUE ?
				"more than " + "9".repeat(DIGITS) : planes) + " × " + page.bytes() +
			" bytes of voxels are there.");
		for (int i = 1; i < planes; i++)
			pages.add(page.behind(i));
	}

	private void followDirectories(final long second, final ByteOrder order) throws IOException {
		final Set<Long> seen = new HashSet<>();
		long tables = 0, strips = 0;
		for (long at = second; at != 0;) {
			if (!seen.add(at)) throw new FormatException("Volume \"" + name +
				"\" is damaged: its directories form a loop after plane " + pages.size() + ".");
			final TiffDirectory directory = new TiffDirectory(channel, order, at, name);
			tables += directory.length();
			strips += pages.get(pages.size() - 1).offsets().length;
			if (tables + strips > channel.size()) throw new FormatException("Volume \"" + name +
				"\" is damaged: its directories up to plane " + pages.size() + " overlap, they claim " +
				tables + " bytes and " + strips + " strips of a file of " + channel.size() + " bytes.");
			// reduced copies of other planes are marked by bit 0
			if ((directory.number(TiffDirectory.SUBFILE_TYPE, 0) & 1) == 0) addPage(directory, order);
			at = directory.next();
		}
	}

	private void addPage(final TiffDirectory directory, final ByteOrder order) throws IOException {
		final TiffPage page = TiffPage.of(directory, order, channel.size(), pages.size() + 1, name);
		if (!pages.isEmpty() && !page.sameKind(pages.get(0))) throw new FormatException("Volume \"" +
			name + "\" has planes of different size or type: plane 1 is " + pages.get(0).width() + "×" +
			pages.get(0).height() + ", plane " + (pages.size() + 1) + " is " + page.width() + "×" + page
				.height() + ".");
		pages.add(page);
	}
}
