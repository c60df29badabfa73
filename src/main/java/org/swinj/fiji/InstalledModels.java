package org.swinj.fiji;

import ij.IJ;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

import org.swinj.model.ModelLibrary;
import org.swinj.workflow.ModelFolds;

/** The models in Fiji's folder {@code models/SwinJ}, or without a Fiji in {@code .swinj/models}. */
public final class InstalledModels {

	private final ModelLibrary library;

	public InstalledModels() {
		final String fiji = IJ.getDirectory("imagej");
		library = new ModelLibrary(fiji == null ? Path.of(System.getProperty("user.home"), ".swinj",
			"models") : Path.of(fiji, "models", "SwinJ"));
	}

	/** The folder and what can be done there. */
	public ModelLibrary library() {
		return library;
	}

	/**
	 * All of them by name.
	 *
	 * @throws UncheckedIOException if the folder cannot be read
	 */
	public List<ModelLibrary.Entry> list() {
		try {
			return library.list();
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** A model of any place in a few words; its path if it cannot be read. */
	String describe(final String path) {
		try {
			return Path.of(path).getFileName() + ": " + ModelFolds.of(Path.of(path)).card().summary();
		}
		catch (final IOException | IllegalArgumentException e) {
			return path;
		}
	}
}
