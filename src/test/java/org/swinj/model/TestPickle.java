package org.swinj.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Assembles pickles opcode by opcode, and checkpoints around them. */
final class TestPickle {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	TestPickle() {
		op(0x80, 2);
	}

	/** Appends opcodes and their arguments. */
	TestPickle op(final int... codes) {
		for (final int code : codes)
			bytes.write(code);
		return this;
	}

	TestPickle text(final String text) {
		final byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
		op('X', utf8.length, utf8.length >> 8, 0, 0);
		bytes.writeBytes(utf8);
		return this;
	}

	TestPickle global(final String module, final String name) {
		op('c');
		bytes.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
		return this;
	}

	TestPickle number(final long value) {
		op(0x8a, 8);
		for (int i = 0; i < 8; i++)
			op((int) (value >> 8 * i) & 0xFF);
		return this;
	}

	TestPickle tuple(final long... values) {
		op('(');
		for (final long value : values)
			number(value);
		return op('t');
	}

	/** A float32 tensor that views storage 0. */
	TestPickle tensor(final long numel, final long offset, final long[] shape,
		final long[] strides)
	{
		global("torch._utils", "_rebuild_tensor_v2").op('(', '(').text("storage").global("torch",
			"FloatStorage").text("0").text("cpu").number(numel).op('t', 'Q');
		return number(offset).tuple(shape).tuple(strides).op(0x89).global("collections", "OrderedDict")
			.op(')', 'R', 't', 'R');
	}

	/** The pickle with its STOP. */
	byte[] bytes() {
		final byte[] whole = Arrays.copyOf(bytes.toByteArray(), bytes.size() + 1);
		whole[whole.length - 1] = '.';
		return whole;
	}

	/** Writes a checkpoint in the zip layout whose storage 0 has these bytes. */
	Path write(final Path file, final byte[] storage) throws IOException {
		zip(file, Map.of("stem/data.pkl", bytes(), "stem/data/0", storage));
		return file;
	}

	static void zip(final Path file, final Map<String, byte[]> entries) throws IOException {
		try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(
			out))
		{
			for (final Map.Entry<String, byte[]> entry : entries.entrySet()) {
				zip.putNextEntry(new ZipEntry(entry.getKey()));
				zip.write(entry.getValue());
			}
		}
	}
}
