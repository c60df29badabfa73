package org.swinj.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes an array as NumPy's {@code .npy}, version 1. */
public final class NumpyFile {

	private static final byte[] MAGIC = { (byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0 };
	private static final int ALIGNED = 64;

	private NumpyFile() {}

	/**
	 * @param values row-major
	 * @param out is not closed
	 */
	public static void write(final float[] values, final long[] shape, final OutputStream out)
		throws IOException
	{
		final String sizes = Arrays.stream(shape).mapToObj(n -> n + ", ").collect(Collectors.joining());
		final String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + sizes + "), }";
		final int length = MAGIC.length + 2 + header.length() + 1;
		final int padding = (ALIGNED - length % ALIGNED) % ALIGNED;
		final ByteBuffer bytes = ByteBuffer.allocate(length + padding + values.length * Float.BYTES).order(
			ByteOrder.LITTLE_ENDIAN);
		bytes.put(MAGIC).putShort((short) (header.length() + padding + 1));
		bytes.put((header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII));
		bytes.asFloatBuffer().put(values);
		out.write(bytes.array());
	}
}
