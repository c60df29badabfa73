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
	 * @throws IllegalArgumentException if there is too little memory left
	 */
	public FloatStore(final int count, final int length, final String what) {
		final double bytes = (double) Float.BYTES * count * length;
		if (bytes > SHARE * Runtime.getRuntime().maxMemory()) {
			NativeMemory.trim();
			if (length <= Integer.MAX_VALUE / Float.BYTES && bytes < MainMemory.free() && allocate(count, length))
				return;
			if (bytes > free()) throw new IllegalArgumentException(String.format(Locale.ROOT,
				"%s needs %.1f GB of memory, but the computer has %.1f GB left, and Java %.1f GB.", what, bytes / 1e9,
				MainMemory.free() / 1e9, free() / 1e9));
		}
		allocateInJava(count, length);
	}

	/** Arrays of either kind. */
	FloatStore(final boolean nativeMemory, final int count, final int length) {
		if (nativeMemory) allocate(count, length);
		else allocateInJava(count, length);
	}

	private void allocateInJava(final int count, final int length) {
		for (int i = 0; i < count; i++)
			arrays.add(FloatBuffer.allocate(length));
	}

	/** What Java may still take. */
	private static double free() {
		final Runtime java = Runtime.getRuntime();
		return java.maxMemory() - (java.totalMemory() - java.freeMemory());
	}

	/** Whether there is native memory for all arrays. */
	private boolean allocate(final int count, final int length) {
		try {
			for (int i = 0; i < count; i++)
				arrays.add(allocate(length));
			return true;
		}
		catch (final OutOfMemoryError e) { // the system refuses
			close();
			return false;
		}
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
