package org.swinj.workflow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.swinj.backend.EngineReport;
import org.swinj.backend.Engines;
import org.swinj.progress.Progress;

/**
 * What computes: says it, and changes it when asked.
 *
 * @param engine keep, gpu to install PyTorch for CUDA, or cpu to remove it
 * @param source folder to install it from, {@code null} for none
 * @param download whether it may be downloaded, as there is no such folder
 * @param device to try
 * @param check whether every byte of the native libraries is compared
 */
public record EngineOptions(String engine, Path source, boolean download, String device, boolean check) {

	/**
	 * Installs or removes what is asked for and tries the device.
	 *
	 * @return what was found, line by line
	 * @throws IOException if something cannot be installed or the device does not work
	 * @throws IllegalArgumentException if the options contradict each other
	 */
	public List<String> run(final Progress progress) throws IOException {
		final Engines engines = Engines.standard();
		switch (engine) {
			case "gpu" -> install(engines, progress);
			case "cpu" -> engines.remove();
			case "keep" -> {
				if (source != null || download) throw new IllegalArgumentException(
					"A GPU engine is only installed when it is asked for (engine=gpu).");
			}
			default -> throw new IllegalArgumentException("Unknown engine \"" + engine
				+ "\": use keep, gpu or cpu.");
		}
		progress.stage("Trying the device");
		final List<String> lines = new ArrayList<>(EngineReport.lines(device, progress));
		if (check) lines.addAll(EngineReport.check());
		if (!engine.equals("keep")) lines.add("A running Fiji keeps the engine it began with: start it again.");
		lines.forEach(progress::info);
		return lines;
	}

	private void install(final Engines engines, final Progress progress) throws IOException {
		if (System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac"))
			throw new IllegalArgumentException("Apple's GPUs need no engine: use device=mps.");
		if (source != null) engines.install(source, progress);
		else if (download) engines.download(progress);
		else throw new IllegalArgumentException("Choose the folder that PyTorch for CUDA is in (source=), or "
			+ "allow the download of some gigabytes (download=true).");
	}
}
