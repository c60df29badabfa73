package org.swinj.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether label values number objects, such as the cells of each volume, instead of naming classes. A
 * class is the same in all volumes; the numbers of objects are not, or run from 1 to another count in each.
 */
final class ObjectNumbers {

	/** Fewer values are taken for classes. */
	private static final int FEW = 32;
	private static final String NAME = "instance";
	private static final double SHARED = 0.5, SAME_COUNT = 0.8;

	private final List<Set<Integer>> volumes = new ArrayList<>();
	private final Set<Integer> all = new HashSet<>();
	private boolean body; // whether one is a scan of a body

	/**
	 * Adds a volume.
	 *
	 * @param values without that of the background and of what nobody annotated
	 * @param oriented whether it is known how it lies in space, as of scans of a body, where so many values
	 *          may be the regions of an atlas
	 */
	void add(final Set<Integer> values, final boolean oriented) {
		body |= oriented;
		if (values.isEmpty()) return;
		volumes.add(values);
		all.addAll(values);
	}

	/** Different values of all volumes. */
	int count() {
		return all.size();
	}

	/** Whether a file or its folder says so, as {@code instancesTr/a.tif} does. */
	static boolean isNamed(final Path labels) {
		final Path folder = labels.toAbsolutePath().getParent();
		return labels.getFileName().toString().toLowerCase(Locale.ROOT).contains(NAME) || folder != null
			&& folder.getFileName() != null && folder.getFileName().toString().toLowerCase(Locale.ROOT)
				.startsWith(NAME);
	}

	boolean isLikely() {
		if (all.size() <= FEW) return false;
		if (!body || all.size() >= LabelMap.MOST_CLASSES) return true;
		return volumes.size() > 1 && (isCounted() || shared() < SHARED);
	}

	/** Whether each volume has the values 1 … n, with an n of its own. */
	private boolean isCounted() {
		int least = Integer.MAX_VALUE;
		for (final Set<Integer> values : volumes) {
			if (values.stream().anyMatch(v -> v > values.size())) return false;
			least = Math.min(least, values.size());
		}
		return least < SAME_COUNT * all.size();
	}

	/** Mean share of the values of a volume that half of the others, or more, have too. */
	private double shared() {
		double sum = 0;
		for (final Set<Integer> values : volumes)
			sum += (double) values.stream().filter(v -> 2 * (having(v) - 1) >= volumes.size() - 1).count()
				/ values.size();
		return sum / volumes.size();
	}

	private long having(final int value) {
		return volumes.stream().filter(v -> v.contains(value)).count();
	}
}
