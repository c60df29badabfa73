package org.swinj.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.swinj.data.ChunkFolder;
import org.swinj.data.FormatException;
import org.swinj.data.VolumeFormat;
import org.swinj.data.VolumeWriter;

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
	 * @param input must exist
	 * @throws FormatException if there is nothing to segment or the output cannot be written
	 */
	static List<SegmentJob> find(final Path input, final Path output) throws IOException {
		if (VolumeFormat.exists(input)) {
			final boolean folder = Files.isDirectory(output) || VolumeFormat.of(output) == null;
			if (!Files.isDirectory(output)) checkName(output);
			final Path file = folder ? output.resolve(resultName(input)) : output;
			prepare(file.toAbsolutePath().getParent());
			checkDistinct(input, file);
			return List.of(new SegmentJob(input, file));
		}
		final List<Path> volumes = VolumeFormat.volumes(input);
		if (volumes.isEmpty()) ChunkFolder.refuse(input);
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

	/** @throws FormatException if there is nothing of this name */
	static void checkInput(final Path input) throws FormatException {
		if (!Files.isDirectory(input) && !VolumeFormat.exists(input)) throw new FormatException(
			"Input \"" + input + "\" does not exist: no image of this title is open, and there is no such "
				+ "file or folder.");
	}

	/** NIfTI and TIFF stay what they are; formats with an orientation become NIfTI, which keeps it. */
	private static String resultName(final Path volume) throws IOException {
		final String name = volume.getFileName().toString();
		final String base = VolumeFormat.baseName(volume);
		final VolumeFormat format = VolumeFormat.detect(volume);
		final boolean named = name.startsWith(base) && !name.equals(base); // else a folder or a dataset
		if (named && VolumeWriter.writes(volume)) return name;
		final boolean oriented = format != null && format != VolumeFormat.TIFF
			&& format != VolumeFormat.HDF5;
		return base + (oriented ? ".nii.gz" : ".tif");
	}

	/** A name such as label.png or label.nrrd is meant to be a file of that format. */
	private static void checkName(final Path output) throws FormatException {
		final String name = output.getFileName().toString();
		final boolean file = VolumeFormat.of(output) != null || name.matches(".*\\.[A-Za-z]{3,4}");
		if (file && !VolumeWriter.writes(output)) throw new FormatException("Output \"" + output
			+ "\" is no file that labels are written in: use .tif, .nii or .nii.gz, or a folder.");
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
