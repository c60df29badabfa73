package org.swinj.backend;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/** Whether a driver for NVIDIA's GPUs is installed, whatever PyTorch can do with it. */
final class NvidiaDriver {

	private NvidiaDriver() {}

	static boolean isThere() {
		try {
			NativeLibrary.getInstance(Platform.isWindows() ? "nvcuda" : "libcuda.so.1");
			return true;
		}
		catch (final UnsatisfiedLinkError e) {
			return false;
		}
	}
}
