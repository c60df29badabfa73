package org.swinj.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Reads what a DICOM file says about its slice, up to the voxels. */
final class DicomHeader {

	private static final int TRANSFER_SYNTAX = 0x00020010;
	private static final int SLICE_THICKNESS = 0x00180050, SLICE_DISTANCE = 0x00180088;
	private static final int SERIES = 0x0020000e, NUMBER = 0x00200013;
	private static final int POSITION = 0x00200032, ORIENTATION = 0x00200037;
	private static final int SAMPLES = 0x00280002, PHOTOMETRIC = 0x00280004, FRAMES = 0x00280008;
	private static final int ROWS = 0x00280010, COLUMNS = 0x00280011, PIXEL_SPACING = 0x00280030;
	private static final int ALLOCATED = 0x00280100, STORED = 0x00280101, HIGH_BIT = 0x00280102;
	private static final int SIGNED = 0x00280103, INTERCEPT = 0x00281052, SLOPE = 0x00281053;
	private static final int FLOATS = 0x7fe00008, DOUBLES = 0x7fe00009, PIXELS = 0x7fe00010;

	private static final int[] TEXTS = { TRANSFER_SYNTAX, SLICE_THICKNESS, SLICE_DISTANCE, SERIES,
		NUMBER, POSITION, ORIENTATION, PHOTOMETRIC, FRAMES, PIXEL_SPACING, INTERCEPT, SLOPE };
	private static final int[] NUMBERS = { SAMPLES, ROWS, COLUMNS, ALLOCATED, STORED, HIGH_BIT,
		SIGNED };

	private final Path path;
	private final String file;
	private final Map<Integer, String> texts = new HashMap<>();
	private final Map<Integer, Integer> numbers = new HashMap<>();

	private DicomHeader(final Path path) {
		this.path = path;
		file = path.getFileName().toString();
	}

	/**
	 * @return the slice, or {@code null} for a DICOM file without an image
	 * @throws FormatException if the file is damaged or truncated, or its voxels are compressed, in
	 *           colour or several frames
	 */
	static DicomSlice read(final Path path) throws IOException {
		final DicomHeader header = new DicomHeader(path);
		try (DicomInput in = new DicomInput(path)) {
			return header.read(in);
		}
		catch (final EOFException e) {
			throw new FormatException("File \"" + header.file +
				"\" is truncated: it ends within its DICOM header at byte " + Files.size(path) + ".", e);
		}
	}

	private DicomSlice read(final DicomInput in) throws IOException {
		while (in.isMetaNext() && in.next())
			keep(in);
		useSyntax(in);
		while (in.next()) {
			if (in.tag() == FLOATS || in.tag() == DOUBLES) throw refused("holds voxels as floats");
			if (in.tag() == PIXELS) return slice(in);
			keep(in);
		}
		return null;
	}

	private void keep(final DicomInput in) throws IOException {
		if (in.length() == DicomInput.UNDEFINED) in.skipValue();
		else if (contains(TEXTS, in.tag())) texts.put(in.tag(), in.text());
		else if (contains(NUMBERS, in.tag())) numbers.put(in.tag(), in.number());
		else in.skipValue();
	}

	private static boolean contains(final int[] tags, final int tag) {
		return Arrays.stream(tags).anyMatch(t -> t == tag);
	}

	private void useSyntax(final DicomInput in) throws FormatException {
		final String syntax = texts.getOrDefault(TRANSFER_SYNTAX, "1.2.840.10008.1.2");
		switch (syntax) {
			case "1.2.840.10008.1.2" -> in.syntax(false, ByteOrder.LITTLE_ENDIAN);
			case "1.2.840.10008.1.2.1" -> in.syntax(true, ByteOrder.LITTLE_ENDIAN);
			case "1.2.840.10008.1.2.2" -> in.syntax(true, ByteOrder.BIG_ENDIAN);
			default -> throw refused("is compressed (transfer syntax " + syntax +
				"): convert it to explicit little endian first");
		}
	}

	private DicomSlice slice(final DicomInput in) throws IOException {
		final int width = number(COLUMNS), height = number(ROWS), bits = number(ALLOCATED);
		if (numbers.getOrDefault(SAMPLES, 1) != 1 || texts.getOrDefault(PHOTOMETRIC, "").startsWith(
			"PALETTE")) throw refused("holds colours (" + texts.getOrDefault(PHOTOMETRIC, "no type") +
				"): convert it to grey levels first");
		final double frames = first(FRAMES, 1);
		if (frames > 1) throw refused("holds " + (int) frames +
			" frames: convert it to one file for each slice first");
		if (width < 1 || height < 1) throw refused("claims " + width + "×" + height + " voxels");
		if (bits != 8 && bits != 16 && bits != 32) throw refused("holds voxels of " + bits +
			" bits where 8, 16 and 32 can be read");
		final int stored = numbers.getOrDefault(STORED, bits);
		final int highest = numbers.getOrDefault(HIGH_BIT, stored - 1);
		if (stored < 1 || highest < stored - 1 || highest >= bits) throw refused("claims that " + stored +
			" bits up to number " + highest + " of " + bits + " count");
		final long needed = (long) width * height * bits / 8;
		final long there = Math.min(in.length(), Files.size(path) - in.position());
		if (there < needed) throw new FormatException("File \"" + file + "\" is truncated: " + there +
			" of " + needed + " bytes of voxels are there.");
		final double slope = first(SLOPE, 1);
		final DicomSlice.Pixels pixels = new DicomSlice.Pixels(in.position(), bits, stored, highest,
			numbers.getOrDefault(SIGNED, 0) == 1, in.order(), slope == 0 ? 1 : slope, first(INTERCEPT, 0));
		return new DicomSlice(path, texts.getOrDefault(SERIES, ""), (long) first(NUMBER, -1), width,
			height, spacing(), decimals(ORIENTATION, 6), decimals(POSITION, 3), pixels);
	}

	/** Distance of columns, rows and slices. */
	private double[] spacing() throws FormatException {
		final double[] plane = decimals(PIXEL_SPACING, 2);
		return new double[] { plane == null ? Double.NaN : plane[1], plane == null ? Double.NaN
			: plane[0], first(SLICE_DISTANCE, first(SLICE_THICKNESS, Double.NaN)) };
	}

	private int number(final int tag) throws FormatException {
		final Integer number = numbers.get(tag);
		if (number == null) throw refused("lacks the entry " + DicomInput.text(tag));
		return number;
	}

	private double first(final int tag, final double otherwise) throws FormatException {
		return texts.getOrDefault(tag, "").isEmpty() ? otherwise : decimals(tag, 0)[0];
	}

	/** @param count how many there must be, 0 for at least one; {@code null} if the entry is empty */
	private double[] decimals(final int tag, final int count) throws FormatException {
		final String text = texts.getOrDefault(tag, "");
		if (text.isEmpty()) return null;
		try {
			final double[] values = Arrays.stream(text.split("\\\\")).mapToDouble(Double::parseDouble)
				.toArray();
			final boolean complete = count == 0 ? values.length > 0 : values.length == count;
			if (complete && Arrays.stream(values).allMatch(Double::isFinite)) return values;
		}
		catch (final NumberFormatException e) {
			throw wrong(tag, text, e);
		}
		throw wrong(tag, text, null);
	}

	private FormatException wrong(final int tag, final String text, final Exception cause) {
		return new FormatException("File \"" + file + "\" has the value \"" + text + "\" in its entry " +
			DicomInput.text(tag) + ".", cause);
	}

	private FormatException refused(final String reason) {
		return new FormatException("File \"" + file + "\" " + reason + ".");
	}
}
