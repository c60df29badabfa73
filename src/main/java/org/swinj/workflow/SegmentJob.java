package org.swinj.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.swinj.data.FormatException;
import org.swinj.data.VolumeFormat;

/**
 * One volume to segment and where its labels go.
 *
 * @param input volume file
 * @param output label file; TIFF or NIfTI by its extension
 */
record SegmentJob(Path input, Path output) {

	/**
	 * The jobs of an input: a file, or the volumes directly in a folder. Results keep the base name of
	 * the input, and its format if labels can be written in it; otherwise they are TIFF.
	 *
	 * @throws FormatException if there is nothing to segment or the output cannot be written
	 */
	static List<SegmentJob> find(final Path input, final Path output) throws IOException {
		if (!Files.exists(input)) throw new FormatException("Input \"" + input + "\" does not exist.");
		if (!Files.isDirectory(input)) {
			final boolean folder = Files.isDirectory(output) || VolumeFormat.of(output) == null;
			final Path file = folder ? output.resolve(resultName(input)) : output;
			prepare(file.toAbsolutePath().getParent());
			checkDistinct(input, file);
			return List.of(new SegmentJob(input, file));
		}
		final List<Path> volumes = volumes(input);
		if (volumes.isEmpty()) throw new FormatException("Folder \"" + input
			+ "\" holds no volume that can be read.");
		if (Files.isRegularFile(output)) throw new FormatException("Output \"" + output
			+ "\" is a file, but the input is a folder with " + volumes.size() + " volumes.");
		prepare(output);
		final List<SegmentJob> jobs = new ArrayList<>();
		final Map<Path, Path> taken = new HashMap<>();
		for (final Path volume : volumes) {
			final Path file = output.resolve(resultName(volume));
			checkDistinct(volume, file);
			final Path other = taken.put(file, volume);
			if (other != null) throw new FormatException("The results of \"" + other.getFileName()
				+ "\" and \"" + volume.getFileName() + "\" would have the same name \"" + file.getFileName()
				+ "\".");
			jobs.add(new SegmentJob(volume, file));
		}
		return jobs;
	}

	private static List<Path> volumes(final Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(Files::isRegularFile).filter(VolumeFormat::isVolume).sorted().toList();
		}
	}

	private static String resultName(final Path volume) {
		final String name = volume.getFileName().toString();
		final String extension = name.substring(VolumeFormat.baseName(volume).length());
		return VolumeFormat.baseName(volume) + (extension.matches("(?i)\\.(nii|nii\\.gz|tif|tiff)")
			? extension : ".tif");
	}

	private static void checkDistinct(final Path input, final Path output) throws IOException {
		if (Files.exists(output) && Files.isSameFile(input, output)) throw new FormatException(
			"The result would replace its source \"" + input + "\": choose another output.");
	}

	/** Makes the folder of results, so that an output that cannot be written is refused early. */
	private static void prepare(final Path folder) throws IOException {
		try {
			Files.createDirectories(folder);
		}
		catch (final IOException e) {
			throw new FormatException("Output folder \"" + folder + "\" cannot be made.", e);
		}
		if (!Files.isWritable(folder)) throw new FormatException("Output folder \"" + folder
			+ "\" cannot be written to: permission is missing.");
	}
}
