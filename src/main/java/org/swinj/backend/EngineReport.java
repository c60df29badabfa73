package org.swinj.backend;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.LibUtils;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.swinj.progress.Progress;

/** What computes here, found out by computing. */
public final class EngineReport {

	private EngineReport() {}

	/**
	 * Starts the engine, if it is not running yet, and lets the device and the CPU multiply matrices.
	 *
	 * @param device auto, cpu, gpu, gpu1 … or mps
	 * @return lines for people
	 * @throws IOException if the engine cannot be started or the device computes nothing or wrong
	 * @throws IllegalArgumentException if the device is unknown or absent
	 */
	public static List<String> lines(final String device, final Progress progress) throws IOException {
		final List<String> lines = new ArrayList<>();
		final String installed = Engines.standard().activate();
		final Engine engine = Backend.engine(progress);
		final ComputeDevice chosen = ComputeDevice.choose(device, engine);
		lines.add(chosen.reason() + "; " + DeviceProbe.run(engine, chosen.device()));
		if (!chosen.isCpu()) lines.add("CPU; " + DeviceProbe.run(engine, Device.cpu()));
		lines.add("PyTorch " + engine.getVersion() + " from " + LibUtils.getLibtorchPath() + "; " + installed);
		return lines;
	}

	/**
	 * Compares every byte of the native libraries with what was shipped or installed.
	 *
	 * @throws IOException if a file cannot be read
	 */
	public static List<String> check() throws IOException {
		final NativeCache cache = NativeCache.find();
		final List<String> damage = cache.damage();
		return List.of("Libraries in " + cache.folder() + ": " + (damage.isEmpty() ? "as in their jars"
			: String.join(", ", damage)), "GPU engine: " + Engines.standard().check());
	}
}
