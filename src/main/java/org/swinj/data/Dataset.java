package org.swinj.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.swinj.progress.Progress;

/**
 * Labelled volumes found in a folder.
 *
 * @param folder where they are
 * @param cases image and labels of each volume, at least one
 * @param labels the classes, from dataset.json or else found by reading the labels
 * @param channels name of each image channel; empty if nothing tells them
 * @param ignore label value of voxels that nobody annotated, by dataset.json; -1 for none
 */
public record Dataset(Path folder, List<Case> cases, LabelMap labels, List<String> channels,
	int ignore)
{

	public Dataset {
		cases = List.copyOf(cases);
		channels = List.copyOf(channels);
	}

	/**
	 * Finds the labelled volumes of a folder: by its dataset.json (Medical Segmentation Decathlon or
	 * nnU-Net), or in two sub-folders for images and labels, or side by side in the folder itself.
	 *
	 * @throws FormatException if no image with labels is found, or dataset.json makes no sense
	 */
	public static Dataset open(final Path folder, final Progress progress) throws IOException {
		return open(folder, -1, progress);
	}

	/**
	 * The same for labels in which a value stands for voxels that nobody annotated.
	 *
	 * @param ignore that value; -1 for the one that dataset.json tells, if any
	 */
	public static Dataset open(final Path folder, final int ignore, final Progress progress)
		throws IOException
	{
		if (!Files.isDirectory(folder)) throw new FormatException("Data folder \"" + folder +
			"\" does not exist, and no image of this title is open.");
		final Path json = folder.resolve(DatasetJson.FILE);
		if (Files.isRegularFile(json)) {
			final DatasetJson description = DatasetJson.read(json);
			List<Case> cases = description.cases(progress);
			if (cases.isEmpty()) cases = new FolderPairs(folder, progress).find();
			return of(folder, cases, description.labels(), description.channels(), ignore >= 0 ? ignore
				: description.ignore(), progress);
		}
		return of(folder, new FolderPairs(folder, progress).find(), null, List.of(), ignore,
			progress);
	}

	private static Dataset of(final Path folder, final List<Case> cases, final LabelMap labels,
		final List<String> channels, final int ignore, final Progress progress) throws IOException
	{
		final Set<String> ids = new HashSet<>();
		for (final Case c : cases)
			if (!ids.add(c.id())) throw new FormatException("Data folder \"" + folder +
				"\" has more than one case named " + c.id() + ".");
		return new Dataset(folder, cases, labels == null ? LabelMap.scan(cases, ignore, progress)
			: labels, channels, ignore);
	}

	/** The files that describe the data set, if there are any. */
	public List<Path> descriptions() {
		final Path json = folder.resolve(DatasetJson.FILE);
		return Files.isRegularFile(json) ? List.of(json) : List.of();
	}
}
