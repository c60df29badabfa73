package org.swinj.backend;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The processor a run uses, and why.
 *
 * @param device DJL's name for it
 * @param reason one sentence part for the log, for instance "CPU: no CUDA driver found"
 */
public record ComputeDevice(Device device, String reason) {

	private static final Pattern GPU = Pattern.compile("(?:gpu|cuda):?(\\d*)");

	private static final String NO_ENGINE =
		"there is an NVIDIA driver, but the PyTorch in use cannot use it (Plugins > SwinJ > Options)";

	/**
	 * Chooses a device.
	 *
	 * @param request auto, cpu, gpu, gpu1 … or mps
	 * @throws IllegalArgumentException if the requested device is not there
	 */
	static ComputeDevice choose(final String request, final Engine engine) {
		final String wish = request == null ? "auto" : request.trim().toLowerCase(Locale.ROOT);
		final int gpus = gpus(engine);
		final Matcher gpu = GPU.matcher(wish);
		if (wish.isEmpty() || wish.equals("auto")) return gpus > 0 ? gpu(0) : new ComputeDevice(Device
			.cpu(), "CPU: " + (NvidiaDriver.isThere() ? NO_ENGINE : "no CUDA driver found"));
		if (wish.equals("cpu")) return new ComputeDevice(Device.cpu(), "CPU: as requested");
		if (wish.equals("mps")) return new ComputeDevice(Device.of("mps", 0), "Apple GPU: as requested");
		if (!gpu.matches()) throw new IllegalArgumentException("Unknown device \"" + request
			+ "\": use auto, cpu, gpu, gpu1 or mps.");
		final int number = gpu.group(1).isEmpty() ? 0 : Integer.parseInt(gpu.group(1));
		if (number >= gpus) throw new IllegalArgumentException("Device " + request
			+ " was requested, but " + gpus + " CUDA GPUs were found.");
		return gpu(number);
	}

	/** What can be requested on this machine: auto, cpu, and each GPU. */
	static List<String> names(final Engine engine) {
		final List<String> names = new ArrayList<>(List.of("auto", "cpu"));
		final int gpus = gpus(engine);
		for (int i = 0; i < gpus; i++)
			names.add(i == 0 ? "gpu" : "gpu" + i);
		final boolean apple = System.getProperty("os.name").startsWith("Mac") && System.getProperty(
			"os.arch").equals("aarch64");
		if (apple) names.add("mps");
		return names;
	}

	/** GPUs that PyTorch can use: a PyTorch without CUDA has none, whatever is in the computer. */
	static int gpus(final Engine engine) {
		if (!engine.hasCapability(StandardCapabilities.CUDA)) return 0;
		final int counted = engine.getGpuCount(); // 0 also where CUDA's own library is not on the path
		if (counted > 0) return counted;
		try {
			DeviceProbe.run(engine, Device.gpu(0));
			return 1;
		}
		catch (final IOException e) {
			return 0;
		}
	}

	private static ComputeDevice gpu(final int number) {
		return new ComputeDevice(Device.gpu(number), "GPU " + number + ": CUDA");
	}

	/** "CPU" or "GPU 1", for sentences. */
	public String name() {
		return reason.substring(0, reason.indexOf(':'));
	}

	public boolean isCpu() {
		return device.equals(Device.cpu());
	}
}
