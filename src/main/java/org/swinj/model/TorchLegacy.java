package org.swinj.model;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The layout that torch.save wrote before 1.6: pickles of a magic number, a protocol number, facts
 * about the machine, the object and the list of storage keys; then each storage as an 8-byte element
 * count and raw data.
 */
final class TorchLegacy extends TorchStorages {

	private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
	private static final Object PROTOCOL = 1001L;

	/** Position and bytes of a storage's data. */
	private record Span(long position, long bytes) {}

	private final FileChannel channel;
	private final Map<String, Span> spans = new HashMap<>();

	private TorchLegacy(final FileChannel channel, final String file) throws IOException {
		super(file, channel.size());
		this.channel = channel;
	}

	static TorchLegacy open(final Path path) throws IOException {
		return new TorchLegacy(FileChannel.open(path), path.getFileName().toString());
	}

	@Override
	Object readRoot(final TorchObjects objects) throws IOException {
		final PickleInput in = new PickleInput(new BufferedInputStream(Channels.newInputStream(channel),
			1 << 16), channel.size(), file());
		if (!MAGIC.equals(next(in, objects))) throw new ModelFormatException("\"" + file()
			+ "\" is a Python pickle, but torch.save did not write it.");
		if (!PROTOCOL.equals(next(in, objects))) throw in.fail("its protocol is not " + PROTOCOL);
		if (next(in, objects) instanceof Map<?, ?> machine && Boolean.FALSE.equals(machine.get(
			"little_endian"))) throw in.fail("it was written on a big-endian machine");
		final Object root = next(in, objects);
		if (!(next(in, objects) instanceof List<?> keys)) throw in.fail("its list of storages is missing");
		locate(keys, in.position(), objects);
		return root;
	}

	private static Object next(final PickleInput in, final TorchObjects objects) throws IOException {
		return new PickleReader(in, objects).read();
	}

	/** Finds each storage by walking over those before it. */
	private void locate(final List<?> keys, final long start, final TorchObjects objects)
		throws IOException
	{
		long position = start;
		final ByteBuffer count = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
		for (final Object entry : keys) {
			if (!(entry instanceof String key)) throw new ModelFormatException("Weights file \"" + file()
				+ "\" is damaged: its list of storages holds something that is no text.");
			final long elementBytes = objects.elementBytes(key);
			if (elementBytes == 0 || !readFully(count.clear(), position)) throw truncated(key);
			final long elements = count.getLong(0);
			final long room = channel.size() - position - 8;
			if (elements < 0 || elements > room / elementBytes) throw truncated(key);
			spans.put(key, new Span(position + 8, elements * elementBytes));
			position += 8 + elements * elementBytes;
		}
	}

	private ModelFormatException truncated(final Object key) {
		return new ModelFormatException("Weights file \"" + file()
			+ "\" is truncated or damaged: it ends before storage " + key + " does.");
	}

	@Override
	long size(final String key) {
		final Span span = spans.get(key);
		return span == null ? -1 : span.bytes;
	}

	@Override
	byte[] read(final String key) throws IOException {
		final Span span = spans.get(key);
		final ByteBuffer data = ByteBuffer.allocate((int) span.bytes);
		if (!readFully(data, span.position)) throw truncated(key);
		return data.array();
	}

	private boolean readFully(final ByteBuffer target, final long position) throws IOException {
		final long start = position - target.position();
		while (target.hasRemaining())
			if (channel.read(target, start + target.position()) < 0) return false;
		return true;
	}

	@Override
	public void close() throws IOException {
		channel.close();
	}
}
