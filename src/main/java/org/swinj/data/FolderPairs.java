package org.swinj.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.swinj.progress.Progress;

/**
 * Finds out by their names which volumes of a folder are images and which labels belong to them:
 * in two sub-folders, or side by side with a word such as {@code label} or {@code mask} in the
 * name, or as datasets of one HDF5 file.
 */
public final class FolderPairs {

	static final List<String> IMAGE_FOLDERS = List.of("imagestr", "images", "image", "raw",
		"imgs", "img", "volumes");
	private static final List<String> LABEL_FOLDERS = List.of("labelstr", "labels", "label", "masks",
		"mask", "segmentations", "segmentation", "seg", "annotations", "gt", "groundtruth",
		"instancestr", "instances");
	private static final Set<String> LABEL_WORDS = Set.of("label", "labels", "lbl", "seg",
		"segmentation", "mask", "masks", "instance", "instances", "manual", "gt", "groundtruth", "truth",
		"annotation", "annotations", "aal");
	private static final Set<String> IMAGE_WORDS = Set.of("image", "img", "raw", "volume", "vol", "ct",
		"mr", "mri", "scan", "0000");

	/** Folders that data sets are packed in, such as RawData/Training of BTCV. */
	private static final Set<String> WRAPPERS = Set.of("rawdata", "training", "train");

	/** A word with the number of the case, such as img0001. */
	private static final Pattern NUMBERED = Pattern.compile("([a-z]+)(\\d+)");

	private final Path folder;
	private final VolumeReader reader;
	private final Progress progress;

	FolderPairs(final Path folder, final Progress progress) {
		this.folder = folder;
		this.progress = progress;
		reader = new VolumeReader(progress);
	}

	/** @throws FormatException if there is no pair, or an image could belong to several labels */
	List<Case> find() throws IOException {
		final Path images = subFolder(IMAGE_FOLDERS), labels = subFolder(LABEL_FOLDERS);
		List<Case> cases = List.of();
		if (images != null && labels != null) cases = pair(volumes(images), volumes(labels));
		if (cases.isEmpty()) cases = sideBySide();
		if (cases.isEmpty() && wrapped() != null) return new FolderPairs(wrapped(), progress).find();
		if (cases.isEmpty()) ChunkFolder.refuse(folder);
		if (cases.isEmpty()) throw new FormatException("No image with labels was found in \"" + folder +
			"\": looked for dataset.json, for two sub-folders such as imagesTr and labelsTr or images and " +
			"labels with files of the same name, for pairs such as a_image.nii.gz and a_label.nii.gz or " +
			"a_raw.tif and a_mask.tif, and for HDF5 files with the datasets raw and label.");
		return cases;
	}

	/** The only sub-folder that data sets are packed in, or {@code null}. */
	private Path wrapped() throws IOException {
		try (Stream<Path> entries = Files.list(folder)) {
			final List<Path> found = entries.filter(e -> Files.isDirectory(e) && WRAPPERS.contains(e
				.getFileName().toString().toLowerCase(Locale.ROOT))).toList();
			return found.size() == 1 ? found.get(0) : null;
		}
	}

	private List<Case> sideBySide() throws IOException {
		final List<Path> all = volumes(folder), whole = new ArrayList<>();
		for (final Path volume : all)
			if (VolumeFormat.of(volume) == VolumeFormat.HDF5 && Hdf5Reader.isLabelled(volume)) whole.add(
				volume);
		all.removeAll(whole);
		final List<Case> cases = pairs(all);
		// the same volumes are often beside them in another format
		return cases.isEmpty() ? whole.stream().map(file -> new Case(VolumeFormat.baseName(file), file,
			file)).toList() : cases;
	}

	private List<Case> pairs(final List<Path> all) throws IOException {
		final Map<Boolean, List<Path>> byKind = all.stream().collect(Collectors.partitioningBy(
			file -> isLabelName(VolumeFormat.baseName(file))));
		if (byKind.get(true).isEmpty() && all.size() == 2) return byContent(all.get(0), all.get(1));
		return pair(byKind.get(false), byKind.get(true));
	}

	/** Two volumes without telling names: the labels are the one with few whole numbers. */
	private List<Case> byContent(final Path a, final Path b) throws IOException {
		final boolean first = LabelContent.isLikely(reader.read(a));
		if (first == LabelContent.isLikely(reader.read(b))) return List.of();
		final Path image = first ? b : a;
		return List.of(new Case(VolumeFormat.baseName(image), image, first ? a : b));
	}

	private List<Case> pair(final List<Path> images, final List<Path> labels) throws IOException {
		final List<Case> cases = new ArrayList<>();
		for (final Path label : labels) {
			final Path image = imageOf(label, images);
			if (image != null) cases.add(new Case(VolumeFormat.baseName(image), image, label));
		}
		return cases;
	}

	/**
	 * The image of a label file: the one of the same name; else of the same words apart from those
	 * that mean image or labels; else one whose name begins with those words. Where several are left,
	 * their sizes decide.
	 */
	private Path imageOf(final Path label, final List<Path> images) throws IOException {
		final List<String> stem = stem(label);
		List<Path> candidates = images.stream().filter(image -> VolumeFormat.baseName(image).equals(
			VolumeFormat.baseName(label))).toList();
		if (candidates.isEmpty()) {
			refuseSplitChannels(label, images);
			candidates = images.stream().filter(image -> stem(image).equals(stem)).toList();
			// the names of pairs side by side tell less, so their sizes must agree
			if (candidates.isEmpty() || !sameSize(candidates.get(0), label)) {
				final List<Path> longer = new ArrayList<>();
				for (final Path image : images)
					if (beginsWith(stem(image), stem) && sameSize(image, label)) longer.add(image);
				if (!longer.isEmpty()) candidates = longer;
			}
		}
		if (candidates.size() > 1) throw new FormatException("Labels \"" + label.getFileName() +
			"\" could belong to " + candidates.size() + " images, among them \"" + candidates.get(0)
				.getFileName() + "\" and \"" + candidates.get(1).getFileName() +
			"\": give image and labels the same name in the folders images and labels.");
		return candidates.isEmpty() ? null : candidates.get(0);
	}

	private static void refuseSplitChannels(final Path label, final List<Path> images)
		throws FormatException
	{
		final String second = VolumeFormat.baseName(label) + "_0001";
		for (final Path image : images)
			if (VolumeFormat.baseName(image).equals(second)) throw new FormatException("Case " +
				VolumeFormat.baseName(label) + " has its channels in separate files (" + image.getFileName() +
				"): join them to one 4D file first.");
	}

	private boolean sameSize(final Path image, final Path label) throws IOException {
		final long[] a = reader.size(image), b = reader.size(label);
		return Arrays.equals(a, 0, 3, b, 0, 3);
	}

	private static boolean beginsWith(final List<String> words, final List<String> start) {
		return words.size() >= start.size() && words.subList(0, start.size()).equals(start);
	}

	/** Words of a name without those that only say image or labels. */
	private static List<String> stem(final Path file) {
		return words(file).stream().filter(word -> !LABEL_WORDS.contains(word) && !IMAGE_WORDS.contains(
			word)).toList();
	}

	private static List<String> words(final Path file) {
		return words(VolumeFormat.baseName(file));
	}

	private static List<String> words(final String name) {
		return Stream.of(name.toLowerCase(Locale.ROOT).split("[^a-z0-9]+")).filter(word -> !word
			.isEmpty()).flatMap(FolderPairs::withoutNumber).toList();
	}

	/** Parts a number from a word that only says image or labels. */
	private static Stream<String> withoutNumber(final String word) {
		final Matcher numbered = NUMBERED.matcher(word);
		if (!numbered.matches() || !LABEL_WORDS.contains(numbered.group(1)) && !IMAGE_WORDS.contains(
			numbered.group(1))) return Stream.of(word);
		return Stream.of(numbered.group(1), numbered.group(2));
	}

	/** Whether a name says that labels are meant. */
	public static boolean isLabelName(final String name) {
		return words(name).stream().anyMatch(LABEL_WORDS::contains);
	}

	/** The first sub-folder with one of these names that holds volumes, or {@code null}. */
	private Path subFolder(final List<String> names) throws IOException {
		final Map<String, Path> folders = new HashMap<>();
		try (Stream<Path> entries = Files.list(folder)) {
			entries.filter(Files::isDirectory).sorted().forEach(entry -> folders.putIfAbsent(entry
				.getFileName().toString().toLowerCase(Locale.ROOT), entry));
		}
		for (final String name : names)
			if (folders.containsKey(name) && !volumes(folders.get(name)).isEmpty()) return folders.get(
				name);
		return null;
	}

	/** Volumes of a folder by name; of several with the same name only the first. */
	static List<Path> volumes(final Path folder) throws IOException {
		final Map<String, Path> volumes = new LinkedHashMap<>();
		for (final Path volume : VolumeFormat.volumes(folder))
			volumes.putIfAbsent(VolumeFormat.baseName(volume), volume);
		return new ArrayList<>(volumes.values());
	}
}
