package org.swinj.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A data set dealt into parts, each of which is held back once.
 *
 * @param splits one for each part; every case is held back in exactly one of them
 */
public record Folds(List<Split> splits) {

	/**
	 * Deals the subjects out at random, so that the parts have about as many.
	 *
	 * @param group how a case id names its subject, see {@link Subjects#of}
	 * @return {@code null} if there are fewer subjects than parts
	 */
	public static Folds of(final List<Case> cases, final int count, final String group,
		final long seed)
	{
		final List<List<Case>> subjects = new ArrayList<>(Subjects.of(cases, group).cases()
			.values());
		if (subjects.size() < count) return null;
		Collections.shuffle(subjects, new Random(seed));
		final List<Split> splits = new ArrayList<>();
		for (int part = 0; part < count; part++) {
			final List<Case> held = new ArrayList<>();
			for (int i = part; i < subjects.size(); i += count)
				held.addAll(subjects.get(i));
			splits.add(new Split(cases.stream().filter(c -> !held.contains(c)).toList(), held));
		}
		return new Folds(List.copyOf(splits));
	}
}
