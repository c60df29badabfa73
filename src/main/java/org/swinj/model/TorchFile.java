package org.swinj.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a state dict as {@code torch.save} does since PyTorch 1.6, so that {@code torch.load} reads
 * it, with {@code weights_only=True} too.
 */
public final class TorchFile {

	/** As PyTorch has it, so that equal weights give equal files. */
	private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

	private static final String STEM = "weights/";

	// opcodes of pickle protocol 2
	private static final byte[] PROTOCOL = { (byte) 0x80, 2 };
	private static final int MARK = '(', TUPLE = 't', EMPTY_TUPLE = ')', REDUCE = 'R', GLOBAL = 'c',
			UNICODE = 'X', INT = 'J', FALSE = 0x89, PERSISTENT = 'Q', SET_ITEMS = 'u', STOP = '.';

	private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();

	private TorchFile() {}

	/**
	 * Writes a complete file; tensors that are neither float32 nor int64 are written as float32.
	 *
	 * @param weights tensors by name, in their order
	 * @param out is not closed
	 */
	public static void write(final StateDict weights, final OutputStream out) throws IOException {
		final ZipOutputStream zip = new ZipOutputStream(out);
		zip.setMethod(ZipOutputStream.STORED); // torch maps the entries into memory
		add(zip, "data.pkl", ByteBuffer.wrap(new TorchFile().dictionary(weights)));
		add(zip, "byteorder", ByteBuffer.wrap("little".getBytes(StandardCharsets.US_ASCII)));
		int key = 0;
		for (final String name : weights.names())
			add(zip, "data/" + key++, plain(weights.get(name)).data());
		add(zip, "version", ByteBuffer.wrap("3\n".getBytes(StandardCharsets.US_ASCII)));
		zip.finish();
	}

	private static Weight plain(final Weight weight) {
		final boolean known = weight.type() == WeightType.F32 || weight.type() == WeightType.I64;
		return known ? weight : Weight.of(weight.toFloats(), weight.shape());
	}

	private static void add(final ZipOutputStream zip, final String name, final ByteBuffer content)
		throws IOException
	{
		final ZipEntry entry = new ZipEntry(STEM + name);
		entry.setTimeLocal(NO_TIME);
		final CRC32 check = new CRC32();
		check.update(content.duplicate());
		entry.setSize(content.remaining());
		entry.setCompressedSize(content.remaining());
		entry.setCrc(check.getValue());
		zip.putNextEntry(entry);
		final WritableByteChannel channel = Channels.newChannel(zip);
		while (content.hasRemaining())
			channel.write(content);
		zip.closeEntry();
	}

	private byte[] dictionary(final StateDict weights) {
		pickle.writeBytes(PROTOCOL);
		emptyDictionary();
		pickle.write(MARK);
		int key = 0;
		for (final String name : weights.names()) {
			text(name);
			tensor(plain(weights.get(name)), String.valueOf(key++));
		}
		pickle.write(SET_ITEMS);
		pickle.write(STOP);
		return pickle.toByteArray();
	}

	private void emptyDictionary() {
		global("collections", "OrderedDict");
		pickle.write(EMPTY_TUPLE);
		pickle.write(REDUCE);
	}

	private void tensor(final Weight weight, final String key) {
		global("torch._utils", "_rebuild_tensor_v2");
		pickle.write(MARK);
		pickle.write(MARK);
		text("storage");
		global("torch", weight.type() == WeightType.I64 ? "LongStorage" : "FloatStorage");
		text(key);
		text("cpu");
		number(weight.numel());
		pickle.write(TUPLE);
		pickle.write(PERSISTENT);
		number(0); // offset
		numbers(weight.shape());
		numbers(strides(weight.shape()));
		pickle.write(FALSE); // needs no gradient
		emptyDictionary(); // of hooks
		pickle.write(TUPLE);
		pickle.write(REDUCE);
	}

	private static long[] strides(final long[] shape) {
		final long[] strides = new long[shape.length];
		long stride = 1;
		for (int axis = shape.length - 1; axis >= 0; axis--) {
			strides[axis] = stride;
			stride *= shape[axis];
		}
		return strides;
	}

	private void numbers(final long[] values) {
		pickle.write(MARK);
		for (final long value : values)
			number(Math.toIntExact(value));
		pickle.write(TUPLE);
	}

	private void number(final int value) {
		pickle.write(INT);
		pickle.writeBytes(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value)
			.array());
	}

	private void text(final String text) {
		final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		pickle.write(UNICODE);
		pickle.writeBytes(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(
			bytes.length).array());
		pickle.writeBytes(bytes);
	}

	private void global(final String module, final String name) {
		pickle.write(GLOBAL);
		pickle.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
	}
}
