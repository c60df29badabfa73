package org.swinj.command;

import java.io.IOException;
import java.util.List;

import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;

import org.swinj.fiji.DeviceWidget;
import org.swinj.fiji.NotesWidget;
import org.swinj.progress.Progress;
import org.swinj.workflow.EngineOptions;

/** Tells what computes, after trying it, and installs PyTorch for CUDA on request. */
@Plugin(type = Command.class, name = "options",
	description = "Tells what computes here, after trying it, and installs PyTorch for CUDA on request.",
	menu = { @Menu(label = "Plugins"), @Menu(label = "SwinJ"), @Menu(label = "SwinJ Options...",
		weight = 90) })
public final class OptionsCommand extends SwinCommand {

	@Parameter(label = "Device to try", persist = false, style = DeviceWidget.DEVICE,
		description = "auto, cpu, gpu, gpu1 or mps")
	private String device = "auto";
	@Parameter(label = "Engine", persist = false, choices = { "keep", "gpu", "cpu" },
		description = "keep what is there; gpu: install PyTorch for CUDA; cpu: remove it")
	private String engine = "keep";
	@Parameter(label = "Install from folder", persist = false, required = false, style = "path", description =
		"PyTorch 2.7.1 for CUDA that was brought here: site-packages of a Python, or its torch/lib")
	private String source = "";
	@Parameter(label = "Download it", persist = false, style = "once",
		description = "some gigabytes, from DJL's server; only if no folder is given")
	private boolean download = false;
	@Parameter(label = "Check all files", persist = false, style = "once",
		description = "compares every byte of the native libraries with what was shipped or installed")
	private boolean check = false;
	@Parameter(label = "This run", persist = false, style = NotesWidget.NOTES,
		description = "opens the documentation")
	private Button notes;

	@Override
	public Summary execute(final Progress progress) throws IOException {
		final long start = System.nanoTime();
		final List<String> lines = new EngineOptions(engine, path(source), download, device, check).run(
			progress);
		return Summary.of(null).with("seconds", (System.nanoTime() - start) * 1e-9).with("device", lines.get(
			0));
	}

	/** The device that a run takes, tried. */
	@Override
	public List<String> notes() throws IOException {
		return new EngineOptions("keep", null, false, device, false).run(Progress.silent());
	}

	@Override
	public String page() {
		return "docs/fiji.md#options";
	}
}
