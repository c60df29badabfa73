package org.swinj.backend;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs the operator library's source into the archive that libtorch loads: a zip of stored entries
 * with the code, a pickled module object, no constants and the operator set version.
 */
final class OperatorArchive {

	private static final String SOURCE = "operators.torchscript";
	private static final String CLASS_NAME = "Operators";
	private static final String VERSION = "10\n"; // operator semantics without upgraders

	private OperatorArchive() {}

	/** The whole archive as bytes. */
	static byte[] bytes() throws IOException {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			store(zip, "data.pkl", modulePickle());
			store(zip, "code/__torch__.py", source());
			store(zip, "constants.pkl", new byte[] { (byte) 0x80, 2, ')', '.' });
			store(zip, "version", VERSION.getBytes(StandardCharsets.US_ASCII));
		}
		return bytes.toByteArray();
	}

	private static byte[] source() throws IOException {
		try (InputStream in = OperatorArchive.class.getResourceAsStream(SOURCE)) {
			if (in == null) throw new IOException("The operator library " + SOURCE + " is missing.");
			return in.readAllBytes();
		}
	}

	/** Pickle of {@code __torch__.Operators} with the state {@code {"training": True}}. */
	private static byte[] modulePickle() throws IOException {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(new byte[] { (byte) 0x80, 2 }); // protocol 2
		out.write(("c__torch__\n" + CLASS_NAME + "\n").getBytes(StandardCharsets.US_ASCII));
		out.write(new byte[] { 'q', 0, ')', (byte) 0x81, '}', '(', 'X', 8, 0, 0, 0 });
		out.write("training".getBytes(StandardCharsets.US_ASCII));
		out.write(new byte[] { 'q', 1, (byte) 0x88, 'u', 'b', '.' });
		return out.toByteArray();
	}

	private static void store(final ZipOutputStream zip, final String name, final byte[] data)
		throws IOException
	{
		final ZipEntry entry = new ZipEntry("operators/" + name);
		final CRC32 crc = new CRC32();
		crc.update(data);
		entry.setMethod(ZipEntry.STORED);
		entry.setSize(data.length);
		entry.setCrc(crc.getValue());
		zip.putNextEntry(entry);
		zip.write(data);
		zip.closeEntry();
	}
}
