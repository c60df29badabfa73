package org.swinj.fiji;

import ij.ImagePlus;
import ij.io.FileSaver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.swinj.data.FormatException;

/** Open images, saved to a temporary folder for training. */
public final class SavedImages implements AutoCloseable {

	private final Path folder;

	private SavedImages(final Path folder) {
		this.folder = folder;
	}

	/**
	 * Saves the image of this title, to be learned from without labels.
	 *
	 * @return {@code null} if no image of this title is open: it then names folders or files
	 */
	public static SavedImages of(final String image) throws IOException {
		final OpenImage source = OpenImage.find(image);
		return source == null ? null : save(source, null);
	}

	/**
	 * Saves an image and its labels.
	 *
	 * @return {@code null} if no image of the first title is open: it then names a data folder
	 * @throws FormatException if the labels are not open or have another size
	 */
	public static SavedImages of(final String image, final String labels)
		throws IOException
	{
		final OpenImage source = OpenImage.find(image);
		if (source == null) return null;
		if (labels == null || labels.isBlank()) throw new FormatException("Image \"" + image
			+ "\" is open, but no label image is named: fill in its title.");
		final OpenImage truth = OpenImage.find(labels);
		if (truth == null) throw new FormatException("Label image \"" + labels + "\" is not open.");
		return save(source, truth);
	}

	private static SavedImages save(final OpenImage source, final OpenImage truth)
		throws IOException
	{
		final SavedImages saved = new SavedImages(Files.createTempDirectory("swinj"));
		try {
			saved.save("images", source.image());
			if (truth != null) saved.save("labels", truth.image());
			return saved;
		}
		catch (final IOException e) {
			saved.close();
			throw e;
		}
	}

	/** A data folder as fine-tuning reads it; volumes are found in it too. */
	public Path folder() {
		return folder;
	}

	private void save(final String part, final ImagePlus image) throws IOException {
		final Path file = Files.createDirectories(folder.resolve(part)).resolve("open.tif");
		final FileSaver saver = new FileSaver(image);
		final boolean saved = image.getStackSize() > 1 ? saver.saveAsTiffStack(file.toString()) : saver
			.saveAsTiff(file.toString());
		if (!saved) throw new IOException("Image \"" + image.getTitle()
			+ "\" could not be saved to the temporary folder \"" + folder + "\".");
	}

	@Override
	public void close() throws IOException {
		final List<Path> all;
		try (Stream<Path> files = Files.walk(folder)) {
			all = files.sorted(Comparator.reverseOrder()).toList();
		}
		for (final Path file : all)
			Files.deleteIfExists(file);
	}
}
