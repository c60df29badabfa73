package org.swinj.backend;

import com.sun.jna.Memory;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Arrays of floats of one length, all 0 at first: Java's where they take a small part of its memory, else
 * native ones, which are not limited by what Java may take and are freed by {@link #close()}.
 */
public final class FloatStore implements AutoCloseable {

	/** Share of Java's memory that the arrays may take. */
	private static final double SHARE = 0.0625;

	private final List<FloatBuffer> arrays = new ArrayList<>();
	private final List<Memory> memory = new ArrayList<>(); // empty if they are Java's

	/**
	 * @param count of the arrays
	 * @param length of each
	 * @param what they are for, as a sentence begins
	 * @throws IllegalArgumentException if the computer has too little memory left
	 */
	public FloatStore(final int count, final int length, final String what) {
		this((double) Float.BYTES * count * length > SHARE * Runtime.getRuntime().maxMemory() && length
			<= Integer.MAX_VALUE / Float.BYTES, count, length, what);
	}

	/** @param nativeMemory whether the arrays are native */
	FloatStore(final boolean nativeMemory, final int count, final int length, final String what) {
		final double bytes = (double) Float.BYTES * count * length;
		if (nativeMemory && bytes > MainMemory.free()) throw new IllegalArgumentException(String.format(
			Locale.ROOT, "%s needs %.1f GB of memory, but %.1f GB are free.", what, bytes / 1e9, MainMemory
				.free() / 1e9));
		for (int i = 0; i < count; i++)
			arrays.add(nativeMemory ? allocate(length) : FloatBuffer.allocate(length));
	}

	private FloatBuffer allocate(final int length) {
		final Memory block = new Memory((long) Float.BYTES * length);
		memory.add(block);
		block.clear();
		return block.getByteBuffer(0, block.size()).order(ByteOrder.nativeOrder()).asFloatBuffer();
	}

	/** An array; must not be used after {@link #close()}. */
	public FloatBuffer get(final int index) {
		return arrays.get(index);
	}

	/** Frees the memory. */
	@Override
	public void close() {
		arrays.clear();
		memory.forEach(Memory::close);
		memory.clear();
	}
}
