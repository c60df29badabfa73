package org.swinj.backend;

import ai.djl.pytorch.jni.JniUtils;

import java.util.List;

/** Tells failures for want of memory, of a GPU, the system or Java, from others. */
public final class DeviceMemory {

	/** What libtorch and the libraries below it say then. */
	private static final List<String> MESSAGES = List.of("out of memory", "can't allocate memory",
		"not enough memory", "std::bad_alloc", "STATUS_ALLOC_FAILED");

	private DeviceMemory() {}

	/** Whether this failure or what caused it is want of memory. */
	public static boolean isShort(final Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof OutOfMemoryError) return true;
			final String message = String.valueOf(cause.getMessage());
			if (MESSAGES.stream().anyMatch(message::contains)) return true;
		}
		return false;
	}

	/** Gives a GPU's memory back that libtorch keeps although no tensor needs it. */
	public static void release(final ComputeDevice device) {
		System.gc(); // tensors whose owners are gone
		if (device.device().isGpu()) JniUtils.emptyCudaCache();
	}
}
