package org.swinj.workflow;

import java.io.IOException;
import java.util.List;

import org.swinj.backend.Backend;

/** The processors of this machine that a run can use. The first question starts the engine. */
public final class Devices {

	private Devices() {}

	/**
	 * What the option {@code device} can be here: auto, cpu, and each GPU there is.
	 *
	 * @throws IOException if the engine cannot be started
	 */
	public static List<String> names() throws IOException {
		return Backend.deviceNames();
	}

	/**
	 * What a device is, for people: "CPU: no CUDA driver found, 2 cores".
	 *
	 * @throws IOException if the engine cannot be started
	 * @throws IllegalArgumentException if there is no such device
	 */
	public static String describe(final String device) throws IOException {
		final String reason = Backend.reason(device);
		final int cores = Runtime.getRuntime().availableProcessors();
		return reason.startsWith("CPU") ? reason + ", " + cores + (cores == 1 ? " core" : " cores")
			: reason;
	}

	/**
	 * The number format that the option {@code precision} means here, float32 or bfloat16, for a recorded
	 * line that gives the same numbers elsewhere.
	 *
	 * @throws IOException if the engine cannot be started
	 * @throws IllegalArgumentException if there is no such device or format
	 */
	public static String precision(final String device, final String precision) throws IOException {
		return Backend.precision(device, precision);
	}
}
