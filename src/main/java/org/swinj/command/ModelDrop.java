package org.swinj.command;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

import org.scijava.Priority;
import org.scijava.command.CommandService;
import org.scijava.io.AbstractIOPlugin;
import org.scijava.io.IOPlugin;
import org.scijava.io.location.FileLocation;
import org.scijava.io.location.Location;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import org.swinj.model.SwinModel;

/**
 * Takes in models and weights that are dropped on ImageJ's window or opened from its File menu: they are
 * shown in the window of models. ImageJ asks plugins that are "eager" before it looks at a file itself.
 */
@Plugin(type = IOPlugin.class, priority = Priority.HIGH, attrs = @Attr(name = "eager"))
public final class ModelDrop extends AbstractIOPlugin<ModelDrop.Taken> {

	private static final String WEIGHTS = ".*\\.(pt|pth|safetensors)";

	@Parameter(required = false)
	private CommandService commands;

	/**
	 * What was taken in.
	 *
	 * @param file model folder, zip or weights
	 */
	public record Taken(Path file) {}

	@Override
	public boolean supportsOpen(final Location source) {
		return source instanceof FileLocation local && !GraphicsEnvironment.isHeadless()
			&& commands != null && isForUs(local.getFile().toPath());
	}

	@Override
	public boolean supportsOpen(final String source) {
		try {
			return supportsOpen(new FileLocation(Path.of(source).toFile()));
		}
		catch (final InvalidPathException e) {
			return false; // an address, for instance
		}
	}

	/** Folders with a {@code model.json}, zips with one that can be read, and weights. */
	static boolean isForUs(final Path file) {
		if (Files.isDirectory(file)) return SwinModel.isModel(file);
		final String name = file.getFileName() == null ? "" : file.getFileName().toString().toLowerCase(
			Locale.ROOT);
		if (!Files.isRegularFile(file)) return false;
		return name.matches(WEIGHTS) || name.endsWith(".zip") && hasCard(file);
	}

	private static boolean hasCard(final Path zip) {
		try {
			SwinModel.readCard(zip);
			return true;
		}
		catch (final IOException e) {
			return false; // regions, images and other zips are ImageJ's
		}
	}

	@Override
	public Taken open(final Location source) {
		final Path file = ((FileLocation) source).getFile().toPath();
		new ModelsOpener(commands).show(file);
		return new Taken(file);
	}

	@Override
	public Taken open(final String source) {
		return open(new FileLocation(Path.of(source).toFile()));
	}

	@Override
	public Class<Taken> getDataType() {
		return Taken.class;
	}
}
