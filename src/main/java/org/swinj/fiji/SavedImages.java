package org.swinj.fiji;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import ij.ImagePlus;
import ij.io.FileSaver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.swinj.data.FormatException;
import org.swinj.result.LabelImage;

/** Open images, saved to a temporary folder for training. */
public final class SavedImages implements AutoCloseable {

	private static final String IMAGES = "images", LABELS = "labels";

	private final Path folder;
	private Path image;

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
		checkSize(source.image(), truth.image());
		return save(source, truth);
	}

	private static void checkSize(final ImagePlus image, final ImagePlus labels)
		throws FormatException
	{
		if (!size(image).equals(size(labels))) throw new FormatException("Image \"" + image.getTitle()
			+ "\" has " + size(image) + " voxels, but label image \"" + labels.getTitle() + "\" has "
			+ size(labels) + ".");
	}

	private static String size(final ImagePlus image) {
		final int depth = image.getStackSize() / image.getNChannels();
		return image.getWidth() + "×" + image.getHeight() + "×" + depth;
	}

	private static SavedImages save(final OpenImage source, final OpenImage truth)
		throws IOException
	{
		final SavedImages saved = new SavedImages(Files.createTempDirectory("swinj"));
		try {
			saved.image = saved.save(IMAGES, source.image());
			if (truth != null) saved.pair(saved.image, saved.save(LABELS, truth.image()), NamedLabels.of(
				truth.image()));
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

	/** The file of the image. */
	public Path image() {
		return image;
	}

	/** Saves an image under its title, which messages about it then name. */
	private Path save(final String part, final ImagePlus image) throws IOException {
		final String name = LabelImage.baseName(image.getTitle()).replaceAll("[^\\p{L}\\p{N} _.-]+", "_");
		final Path file = Files.createDirectories(folder.resolve(part)).resolve(name + ".tif");
		final FileSaver saver = new FileSaver(image);
		final boolean saved = image.getStackSize() > 1 ? saver.saveAsTiffStack(file.toString()) : saver
			.saveAsTiff(file.toString());
		if (!saved) throw new IOException("Image \"" + image.getTitle()
			+ "\" could not be saved to the temporary folder \"" + folder + "\".");
		return file;
	}

	/** Says that a file of labels belongs to an image although its name differs, and what they mean. */
	private void pair(final Path image, final Path labels, final Map<Integer, String> names)
		throws IOException
	{
		final JsonObject entry = new JsonObject();
		entry.addProperty("image", IMAGES + "/" + image.getFileName());
		entry.addProperty("label", LABELS + "/" + labels.getFileName());
		final JsonArray all = new JsonArray();
		all.add(entry);
		final JsonObject json = new JsonObject();
		json.add("training", all);
		final JsonObject classes = new JsonObject();
		names.forEach((value, name) -> classes.addProperty(String.valueOf(value), name));
		json.add("labels", classes);
		Files.writeString(folder.resolve("dataset.json"), json.toString());
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
