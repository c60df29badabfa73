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

	private final List<Path> files = new ArrayList<>();
	private final List<Long> bytes = new ArrayList<>(); // of each volume
	private final Intensity intensity;
	private final long limit;
	private final Progress progress;
	private final VolumeReader reader;
	private final Map<Integer, UnlabelledVolume> kept = new LinkedHashMap<>(16, 0.75f, true);

	/**
	 * Looks at the headers of the files.
	 *
	 * @param limit bytes of intensities to keep in memory; the volume in use is kept in any case
	 * @param progress hears of files that are no volumes, which are left out
	 * @throws FormatException if no file is a volume, or one has other channels than the first
	 */
	public UnlabelledFiles(final List<Path> files, final Intensity intensity, final long limit,
		final Progress progress) throws IOException
	{
		this.intensity = intensity;
		this.limit = limit;
		this.progress = progress;
		reader = new VolumeReader(progress);
		long channels = 0;
		FormatException refused = null;
		for (final Path file : files) {
			progress.checkCancelled();
			final long[] size;
			try {
				size = reader.size(file);
			}
			catch (final FormatException e) {
				refused = e;
				leaveOut(e);
				continue;
			}
			if (this.files.isEmpty()) channels = size[3];
			if (size[3] != channels) throw new FormatException("Volume \"" + file.getFileName()
				+ "\" has " + size[3] + " channels, but \"" + this.files.get(0).getFileName() + "\" has "
				+ channels + ": pretrain on volumes of one kind.");
			this.files.add(file);
			bytes.add(Float.BYTES * size[0] * size[1] * size[2] * size[3]);
		}
		refuseNone(refused);
	}

	/**
	 * Reads volumes from the beginning and leaves out those that cannot be learned from.
	 *
	 * @param most usable volumes to find
	 * @throws FormatException if there is none
	 */
	public void check(final int most) throws IOException {
		FormatException refused = null;
		for (int i = 0; i < Math.min(most, files.size());) {
			progress.update(i, Math.min(most, files.size()), files.get(i).getFileName().toString());
			progress.checkCancelled();
			try {
				open(i);
				i++;
			}
			catch (final FormatException e) {
				refused = e;
				leaveOut(e);
				files.remove(i);
				bytes.remove(i);
			}
		}
		refuseNone(refused);
	}

	private void leaveOut(final FormatException reason) {
		progress.warn(reason.getMessage() + " It is left out.");
	}

	private void refuseNone(final FormatException reason) throws FormatException {
		if (files.isEmpty()) throw new FormatException("There is no volume to learn from. "
			+ (reason == null ? "" : reason.getMessage()));
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
				+ place + "\" does not exist, and no image of this title is open.");
			final List<Path> here = Files.isDirectory(place) ? inFolder(place) : List.of(place);
			if (here.isEmpty()) ChunkFolder.refuse(place);
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

	/** The volumes that are used. */
	public List<Path> paths() {
		return List.copyOf(files);
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

	/** @throws FormatException if the volume is damaged or constant */
	@Override
	public synchronized UnlabelledVolume open(final int index) throws IOException {
		final UnlabelledVolume known = kept.get(index);
		if (known != null) return known;
		makeRoom(bytes.get(index));
		final UnlabelledVolume volume = new UnlabelledVolume(reader.read(files.get(index)), intensity);
		if (volume.isConstant()) throw new FormatException("Volume \"" + files.get(index).getFileName()
			+ "\" shows nothing: all its voxels have the same value.");
		kept.put(index, volume);
		return volume;
	}

	/** Forgets the volumes that were not used for longest. */
	private void makeRoom(final long needed) {
		long sum = needed;
		for (final int index : kept.keySet())
			sum += bytes.get(index);
		final var oldest = kept.keySet().iterator();
		while (sum > limit && oldest.hasNext()) {
			sum -= bytes.get(oldest.next());
			oldest.remove();
		}
	}
}
