package org.swinj.fiji;

import ij.IJ;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The table of an evaluation, shown where there is a window, whether it is saved or not. */
public final class ScoreWindow {

	private final boolean shown = !GraphicsEnvironment.isHeadless() && IJ.getInstance() != null
		&& !Interpreter.isBatchMode();
	private final Path wanted;
	private Path temporary;

	/** @param output CSV file that is wanted, {@code null} for none */
	public ScoreWindow(final Path output) {
		wanted = output;
	}

	/** Where the table must be written; {@code null} if it would be neither kept nor seen. */
	public Path file() throws IOException {
		if (wanted != null || !shown) return wanted;
		temporary = Files.createTempFile("evaluation", ".csv");
		temporary.toFile().deleteOnExit(); // if nothing is shown in the end
		return temporary;
	}

	/** Shows what was written. */
	public void show() throws IOException {
		final Path file = wanted != null ? wanted : temporary;
		if (shown) ResultsTable.open(file.toString()).show(wanted == null ? "Evaluation" : wanted
			.getFileName().toString());
		if (temporary != null) Files.deleteIfExists(temporary);
	}
}
