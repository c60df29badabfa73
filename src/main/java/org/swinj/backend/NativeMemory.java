package org.swinj.backend;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/**
 * Settings of the C library that libtorch finds when it loads. Large freed tensors stay inside the
 * process: glibc's default gives them back to the kernel, and the page faults of the next tensor cost
 * up to half of a forward pass on a CPU. Threads that wait for each other sleep instead of spinning,
 * without which another busy program slows every operator down by an order of magnitude.
 */
final class NativeMemory {

	private static final int M_TRIM_THRESHOLD = -1;
	private static final int M_TOP_PAD = -2;
	private static final int M_MMAP_MAX = -4;
	private static final int M_ARENA_MAX = -8;

	private NativeMemory() {}

	/** Has an effect on glibc only; without it everything works, slower. */
	static void tune() {
		if (!Platform.isLinux()) return;
		try {
			NativeLibrary.getInstance("c").getFunction("setenv").invokeInt(new Object[] {
				"OMP_WAIT_POLICY", "PASSIVE", 0 }); // 0: what the user set stays
			final Function mallopt = NativeLibrary.getInstance("c").getFunction("mallopt");
			mallopt.invokeInt(new Object[] { M_ARENA_MAX, 1 });
			mallopt.invokeInt(new Object[] { M_MMAP_MAX, 0 });
			mallopt.invokeInt(new Object[] { M_TRIM_THRESHOLD, Integer.MAX_VALUE });
			mallopt.invokeInt(new Object[] { M_TOP_PAD, 256 << 20 });
		}
		catch (final UnsatisfiedLinkError e) {
			// musl and other C libraries have no mallopt: nothing to tune
		}
	}

	/** Gives what was freed back to the system, so that it knows what is free; on glibc only. */
	static void trim() {
		if (!Platform.isLinux()) return;
		try {
			NativeLibrary.getInstance("c").getFunction("malloc_trim").invokeInt(new Object[] { 0L });
		}
		catch (final UnsatisfiedLinkError e) {
			// another C library
		}
	}
}
