package org.swinj.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Builds DICOM files of one slice, element by element. */
final class DicomBytes {

	static final String IMPLICIT = "1.2.840.10008.1.2", EXPLICIT = "1.2.840.10008.1.2.1",
			BIG = "1.2.840.10008.1.2.2";

	private final Map<Integer, byte[]> elements = new TreeMap<>();
	private final String syntax;
	private final ByteOrder order;

	DicomBytes(final String syntax) {
		this.syntax = syntax;
		order = syntax.equals(BIG) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
	}

	/** A slice of 3 × 2 signed 16-bit voxels with pixels of 0.5 mm (columns) and 0.75 mm (rows). */
	static DicomBytes slice(final String syntax, final String position) {
		return new DicomBytes(syntax).text(0x0020000e, "UI", "1.2.3").text(0x00200032, "DS", position)
			.text(0x00200037, "DS", "1\\0\\0\\0\\1\\0").number(0x00280002, 1).text(0x00280004, "CS",
				"MONOCHROME2").number(0x00280010, 2).number(0x00280011, 3).text(0x00280030, "DS", "0.75\\0.5")
			.number(0x00280100, 16).number(0x00280101, 16).number(0x00280102, 15).number(0x00280103, 1)
			.pixels(2, 0, 1, 2, 3, 4, -5);
	}

	DicomBytes text(final int tag, final String type, final String value) {
		final byte[] bytes = (value.length() % 2 == 0 ? value : value + (type.equals("UI") ? "\0" : " "))
			.getBytes(StandardCharsets.ISO_8859_1);
		return put(tag, type, bytes);
	}

	DicomBytes number(final int tag, final int value) {
		return put(tag, "US", RawBytes.of(order, 2, value));
	}

	/** @param bytes of a voxel */
	DicomBytes pixels(final int bytes, final double... values) {
		return put(0x7fe00010, bytes == 1 ? "OB" : "OW", RawBytes.of(order, bytes, values));
	}

	/** An element of any type; a length of -1 means that the value brings its own delimiter. */
	DicomBytes put(final int tag, final String type, final byte[] value) {
		elements.put(tag, element(tag, type, value, value.length));
		return this;
	}

	/** An element whose value ends with a delimiter. */
	DicomBytes undefined(final int tag, final String type, final byte[] value) {
		elements.put(tag, element(tag, type, value, -1));
		return this;
	}

	DicomBytes remove(final int tag) {
		elements.remove(tag);
		return this;
	}

	/** The bytes of an element in the syntax of this file. */
	byte[] element(final int tag, final String type, final byte[] value, final int length) {
		final ByteBuffer head = ByteBuffer.allocate(12).order(order).putShort((short) (tag >>> 16))
			.putShort((short) tag);
		if (syntax.equals(IMPLICIT) || type.isEmpty()) head.putInt(length);
		else {
			head.put(type.getBytes(StandardCharsets.US_ASCII));
			if (type.matches("O.|SQ|UN")) head.putShort((short) 0).putInt(length);
			else head.putShort((short) length);
		}
		return join(java.util.Arrays.copyOf(head.array(), head.position()), value);
	}

	static byte[] join(final byte[]... parts) {
		final ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (final byte[] part : parts)
			all.writeBytes(part);
		return all.toByteArray();
	}

	byte[] bytes() {
		final byte[] name = (syntax + (syntax.length() % 2 == 0 ? "" : "\0")).getBytes(
			StandardCharsets.US_ASCII);
		final byte[] meta = join(new byte[] { 2, 0, 0x10, 0, 'U', 'I', (byte) name.length, 0 }, name);
		final byte[] length = { 2, 0, 0, 0, 'U', 'L', 4, 0, (byte) meta.length, 0, 0, 0 };
		return join(new byte[128], "DICM".getBytes(StandardCharsets.US_ASCII), length, meta, join(elements
			.values().toArray(new byte[0][])));
	}

	Path write(final Path file) throws IOException {
		Files.createDirectories(file.getParent());
		return Files.write(file, bytes());
	}
}
