package org.swinj.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * The raw numbers of a checkpoint by storage key, each read once. All memory taken for them is
 * limited to a multiple of the file's length.
 */
abstract class TorchStorages implements AutoCloseable {

	private static final long MAX_EXPANSION = 8; // compressed entries and expanded views
	private static final long SMALL = 64 << 20;

	private final String file;
	private final long budget;
	private final Map<String, ByteBuffer> loaded = new HashMap<>();
	private long taken;

	/**
	 * @param file name for messages
	 * @param fileLength its bytes
	 */
	TorchStorages(final String file, final long fileLength) {
		this.file = file;
		budget = fileLength * MAX_EXPANSION + SMALL;
	}

	/** Reads the structure of the checkpoint; storages can be loaded afterwards. */
	abstract Object readRoot(TorchObjects objects) throws IOException;

	/** Bytes of a storage in the file, -1 if it is not there. */
	abstract long size(String key) throws IOException;

	/** Reads a storage that is there. */
	abstract byte[] read(String key) throws IOException;

	@Override
	public abstract void close() throws IOException;

	/** Name of the checkpoint, for messages. */
	String file() {
		return file;
	}

	/**
	 * The bytes of a storage.
	 *
	 * @param bytes how many the pickle promises
	 */
	ByteBuffer load(final String key, final long bytes) throws IOException {
		ByteBuffer data = loaded.get(key);
		if (data == null) {
			final long size = size(key);
			if (size > Integer.MAX_VALUE - 8) throw new ModelFormatException("Weights file \"" + file
				+ "\" has a storage of " + size + " bytes; at most 2 GB are supported.");
			if (size >= 0) take(size);
			data = size < 0 ? ByteBuffer.allocate(0) : ByteBuffer.wrap(read(key));
			loaded.put(key, data);
		}
		if (data.remaining() < bytes) throw new ModelFormatException("Weights file \"" + file
			+ "\" is truncated: " + data.remaining() + " of " + bytes + " bytes of storage " + key
			+ " are there.");
		return data.duplicate();
	}

	/** Accounts for memory that is about to be allocated. */
	void take(final long bytes) throws ModelFormatException {
		taken += bytes;
		if (taken > budget) throw new ModelFormatException("Weights file \"" + file
			+ "\" is refused: its contents would take more than " + MAX_EXPANSION
			+ " times the memory of the file.");
	}
}
