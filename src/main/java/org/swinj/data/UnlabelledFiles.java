package org.swinj.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.swinj.progress.Progress;

/**
 * Files with volumes of any kind, read when they are asked for; as many as fit are kept in memory,
 * those used last.
 */
public final class UnlabelledFiles implements UnlabelledSource {

	private final List<Path> files;
	private final Intensity intensity;
	private final long limit;
	private final VolumeReader reader;
	private final long[] bytes; // of each volume
	private final Map<Integer, UnlabelledVolume> kept = new LinkedHashMap<>(16, 0.75f, true);

	/**
	 * Looks at the headers of the files.
	 *
	 * @param limit bytes of intensities to keep in memory; the volume in use is kept in any case
	 * @throws FormatException if a file is no volume, or has other channels than the first
	 */
	public UnlabelledFiles(final List<Path> files, final Intensity intensity, final long limit,
		final Progress progress) throws IOException
	{
		this.files = List.copyOf(files);
		this.intensity = intensity;
		this.limit = limit;
		reader = new VolumeReader(progress);
		bytes = new long[files.size()];
		long channels = 0;
		for (int i = 0; i < bytes.length; i++) {
			progress.checkCancelled();
			final long[] size = reader.size(files.get(i));
			bytes[i] = Float.BYTES * size[0] * size[1] * size[2] * size[3];
			if (i == 0) channels = size[3];
			if (size[3] != channels) throw new FormatException("Volume \"" + files.get(i).getFileName()
				+ "\" has " + size[3] + " channels, but \"" + files.get(0).getFileName() + "\" has "
				+ channels + ": pretrain on volumes of one kind.");
		}
	}

	/**
	 * The volumes of files and folders. Of a folder those of its image folders (imagesTr, imagesTs,
	 * images …) count, or else all in the folder whose names do not say that they are labels.
	 *
	 * @throws FormatException if a place does not exist or holds no volume
	 */
	public static List<Path> find(final List<Path> places) throws IOException {
		final List<Path> found = new ArrayList<>();
		for (final Path place : places) {
			if (!Files.exists(place) && !VolumeFormat.exists(place)) throw new FormatException("Data \""
				+ place + "\" does not exist.");
			final List<Path> here = Files.isDirectory(place) ? inFolder(place) : List.of(place);
			if (here.isEmpty()) throw new FormatException("No volume was found in \"" + place
				+ "\": looked for folders such as imagesTr and images, and for volumes in the folder itself.");
			for (final Path file : here)
				if (!found.contains(file)) found.add(file);
		}
		return found;
	}

	private static List<Path> inFolder(final Path folder) throws IOException {
		final List<Path> folders = new ArrayList<>();
		try (Stream<Path> entries = Files.list(folder)) {
			entries.filter(Files::isDirectory).filter(UnlabelledFiles::holdsImages).sorted().forEach(
				folders::add);
		}
		final List<Path> found = new ArrayList<>();
		for (final Path images : folders)
			found.addAll(FolderPairs.volumes(images));
		if (!found.isEmpty()) return found;
		return FolderPairs.volumes(folder).stream().filter(file -> !FolderPairs.isLabelName(
			VolumeFormat.baseName(file))).toList();
	}

	private static boolean holdsImages(final Path folder) {
		final String name = folder.getFileName().toString().toLowerCase(Locale.ROOT);
		return name.startsWith("images") || FolderPairs.IMAGE_FOLDERS.contains(name);
	}

	@Override
	public int count() {
		return files.size();
	}

	/** Whether all volumes can be kept in memory together. */
	public boolean fits() {
		long sum = 0;
		for (final long volume : bytes)
			sum += volume;
		return sum <= limit;
	}

	@Override
	public synchronized UnlabelledVolume open(final int index) throws IOException {
		final UnlabelledVolume known = kept.get(index);
		if (known != null) return known;
		makeRoom(bytes[index]);
		final UnlabelledVolume volume = new UnlabelledVolume(reader.read(files.get(index)), intensity);
		kept.put(index, volume);
		return volume;
	}

	/** Forgets the volumes that were not used for longest. */
	private void makeRoom(final long needed) {
		long sum = needed;
		for (final int index : kept.keySet())
			sum += bytes[index];
		final var oldest = kept.keySet().iterator();
		while (sum > limit && oldest.hasNext()) {
			sum -= bytes[oldest.next()];
			oldest.remove();
		}
	}
}
