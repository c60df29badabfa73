package org.swinj.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.swinj.progress.Progress;

/**
 * The classes of a data set: label values as they stand in the files, which may have gaps, and the
 * contiguous class indices 0, 1, 2 … that a network uses. Class 0 is the background, value 0.
 *
 * @param values label value of each class, ascending
 * @param names name of each class
 * @param objects whether the values in the files number objects, which are one class, value 1
 */
public record LabelMap(List<Integer> values, List<String> names, boolean objects) {

	/** More classes than any semantic segmentation here has; more values number objects. */
	static final int MOST_CLASSES = 512;

	/** More classes than most have who do not name them. */
	private static final int MANY_CLASSES = 32;

	public LabelMap {
		values = List.copyOf(values);
		names = List.copyOf(names);
		if (values.size() != names.size()) throw new IllegalArgumentException(values.size() +
			" label values have " + names.size() + " names.");
		for (int i = 1; i < values.size(); i++)
			if (values.get(i) <= values.get(i - 1)) throw new IllegalArgumentException(
				"Label values must ascend, but " + values.get(i) + " follows " + values.get(i - 1) + ".");
	}

	/** The map of labels whose values are the classes. */
	public LabelMap(final List<Integer> values, final List<String> names) {
		this(values, names, false);
	}

	/** Classes including background. */
	public int classes() {
		return values.size();
	}

	/** Class index of a label value, -1 for a value that no class has. */
	public int indexOf(final int value) {
		if (objects) return value == 0 ? 0 : 1;
		final int at = Collections.binarySearch(values, value);
		return at < 0 ? -1 : at;
	}

	/**
	 * Labels with the values of the classes, where they number objects; between objects that touch is
	 * background then.
	 *
	 * @param ignore value that stays as it is, -1 for none
	 */
	public Volume classesOf(final Volume labels, final int ignore) {
		return objects ? ObjectGaps.of(labels, ignore) : labels;
	}

	/** Label value of a class index. */
	public int valueOf(final int index) {
		return values.get(index);
	}

	/** Whether label values and class indices are the same numbers. */
	public boolean isContiguous() {
		return values.isEmpty() || values.get(0) == 0 && values.get(values.size() - 1) == values.size() -
			1;
	}

	/**
	 * Finds the classes by reading all labels of a data set. Background is added if no voxel has it.
	 * A text file beside the first labels may name them, see {@link LabelNames}. Values without names
	 * that number objects are one class.
	 *
	 * @param ignore value of voxels that nobody annotated, which is no class; -1 for none
	 * @throws FormatException if a file holds no labels, or intensities
	 */
	static LabelMap scan(final List<Case> cases, final int ignore, final Progress progress)
		throws IOException
	{
		final VolumeReader reader = new VolumeReader(progress);
		final LabelContent content = new LabelContent();
		final ObjectNumbers numbers = new ObjectNumbers();
		progress.stage("Finding the classes");
		for (int i = 0; i < cases.size(); i++) {
			progress.update(i, cases.size(), cases.get(i).id());
			progress.checkCancelled();
			final LabelContent one = new LabelContent();
			final Volume labels = reader.readLabels(cases.get(i).labels());
			one.add(labels);
			content.add(one);
			check(content, cases.get(i));
			final Set<Integer> values = new HashSet<>(one.values());
			values.removeAll(List.of(0, ignore));
			numbers.add(values, labels.geometry().isOriented());
		}
		warn(content.warning(ignore), progress);
		warn(content.smoothness(), progress);
		final TreeSet<Integer> found = new TreeSet<>(content.values());
		found.add(0);
		found.remove(ignore);
		final Map<Integer, String> named = LabelNames.beside(cases.get(0).labels());
		if (named.isEmpty() && (numbers.isLikely() || numbers.count() > 1 && ObjectNumbers.isNamed(cases
			.get(0).labels())))
		{
			progress.warn("Labels have " + numbers.count() + " different values that number objects, so all of "
				+ "them are one class, \"object\", with a gap where they touch, so that Segment's "
				+ "objects=components numbers them. If they are classes, name them in a text file beside the "
				+ "labels, a line such as \"1 nucleus\" for each.");
			return new LabelMap(List.of(0, 1), List.of("background", "object"), true);
		}
		if (found.size() > MANY_CLASSES && named.isEmpty()) progress.warn("Labels have " + found.size() +
			" different values without names, and each is a class: if they number objects such as cells, " +
			"make one class of them first.");
		final List<String> names = new ArrayList<>();
		for (final int value : found)
			names.add(value == 0 ? "background" : named.getOrDefault(value, "class " + value));
		return new LabelMap(new ArrayList<>(found), names);
	}

	private static void warn(final String sentence, final Progress progress) {
		if (sentence != null) progress.warn(sentence);
	}

	private static void check(final LabelContent content, final Case last) throws FormatException {
		final int values = content.values().size();
		if (content.isScattered()) throw new FormatException("Labels \"" + last.labels().getFileName() +
			"\" bring the number of different values to " + values + ", which are scattered like " +
			"intensities: image and labels may be swapped.");
	}
}
