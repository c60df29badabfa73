package org.swinj.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.swinj.progress.Progress;

/**
 * The classes of a data set: label values as they stand in the files, which may have gaps, and the
 * contiguous class indices 0, 1, 2 … that a network uses. Class 0 is the background, value 0.
 *
 * @param values label value of each class, ascending
 * @param names name of each class
 */
public record LabelMap(List<Integer> values, List<String> names) {

	/** More classes than any semantic segmentation here has; more values mean object labels. */
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

	/** Classes including background. */
	public int classes() {
		return values.size();
	}

	/** Class index of a label value, -1 for a value that no class has. */
	public int indexOf(final int value) {
		final int at = Collections.binarySearch(values, value);
		return at < 0 ? -1 : at;
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
	 * A text file beside the first labels may name them, see {@link LabelNames}.
	 *
	 * @param ignore value of voxels that nobody annotated, which is no class; -1 for none
	 * @throws FormatException if a file holds no labels, or intensities, or so many values that they
	 *           number objects
	 */
	static LabelMap scan(final List<Case> cases, final int ignore, final Progress progress)
		throws IOException
	{
		final VolumeReader reader = new VolumeReader(progress);
		final LabelContent content = new LabelContent();
		progress.stage("Finding the classes");
		for (int i = 0; i < cases.size(); i++) {
			progress.update(i, cases.size(), cases.get(i).id());
			progress.checkCancelled();
			content.add(reader.readLabels(cases.get(i).labels()));
			check(content, cases.get(i));
		}
		warn(content.warning(ignore), progress);
		warn(content.smoothness(), progress);
		final TreeSet<Integer> found = new TreeSet<>(content.values());
		found.add(0);
		found.remove(ignore);
		final Map<Integer, String> named = LabelNames.beside(cases.get(0).labels());
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
		if (values > MOST_CLASSES) throw new FormatException("Labels of case " + last.id() +
			" bring the number of different values to " + values + ", more than " + MOST_CLASSES +
			": they seem to number objects instead of classes.");
	}
}
