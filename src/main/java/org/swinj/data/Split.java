package org.swinj.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Cases to train on and cases held back; all cases of one subject are on one side.
 *
 * @param training at least one case
 * @param validation may be empty
 */
public record Split(List<Case> training, List<Case> validation) {

	/**
	 * Splits the cases.
	 *
	 * @param part share of the subjects to hold back (0 to 0.9), or their case ids separated by commas
	 * @param group how a case id names its subject, see {@link Subjects#of}
	 * @param limit use at most this many cases, whole subjects; if those to hold back are named, at most
	 *          this many others; 0 for all
	 * @throws IllegalArgumentException if the part, the group or an id makes no sense
	 */
	public static Split of(final List<Case> cases, final String part, final String group,
		final int limit, final long seed)
	{
		final List<List<Case>> shuffled = new ArrayList<>(Subjects.of(cases, group).cases()
			.values());
		Collections.shuffle(shuffled, new Random(seed));
		if (isNamed(part)) return named(shuffled, part, limit);
		final double share = share(part);
		final List<List<Case>> used = limited(shuffled, limit);
		final int held = share == 0 || used.size() < 2 ? 0 : (int) Math.max(1, Math.round(share * used
			.size()));
		return new Split(flat(used.subList(held, used.size())), flat(used.subList(0, held)));
	}

	/**
	 * Share of the subjects that is to be held back.
	 *
	 * @param part as given to {@link #of}
	 * @return 0 for none, or where cases are named
	 */
	public static double share(final String part) {
		if (part == null || part.isBlank() || isNamed(part)) return 0;
		final double share = Double.parseDouble(part.trim());
		if (!(share >= 0 && share <= 0.9)) throw new IllegalArgumentException(
			"validation must be between 0 and 0.9, or case ids separated by commas, not " + part + ".");
		return share;
	}

	private static boolean isNamed(final String part) {
		return part != null && !part.isBlank() && !part.trim().matches("[0-9.]+");
	}

	/**
	 * A sentence for the log if cases stay together without being asked to, else {@code null}.
	 *
	 * @param group as given to {@link #of}
	 */
	public static String notice(final List<Case> cases, final String group) {
		return Subjects.notice(cases, group);
	}

	private static Split named(final List<List<Case>> subjects, final String ids, final int limit) {
		final List<Case> cases = flat(subjects);
		final List<String> wanted = Arrays.stream(ids.split(",")).map(String::trim).toList();
		for (final String id : wanted)
			if (cases.stream().noneMatch(c -> c.id().equals(id))) throw new IllegalArgumentException(
				"validation names the case \"" + id + "\", which is not in the data folder.");
		final List<List<Case>> others = subjects.stream().filter(s -> s.stream().noneMatch(c -> wanted
			.contains(c.id()))).toList();
		if (others.isEmpty()) throw new IllegalArgumentException("validation holds back all " + cases
			.size() + " cases: none is left to train on.");
		return new Split(flat(limited(others, limit)), cases.stream().filter(c -> wanted.contains(c
			.id())).toList());
	}

	/** As many whole subjects as fit; where not even one does, a part of the first. */
	private static List<List<Case>> limited(final List<List<Case>> subjects, final int limit) {
		if (limit == 0) return subjects;
		final List<List<Case>> used = new ArrayList<>();
		int count = 0;
		for (final List<Case> subject : subjects) {
			if (count + subject.size() > limit) continue;
			used.add(subject);
			count += subject.size();
		}
		if (used.isEmpty() && !subjects.isEmpty()) used.add(subjects.get(0).subList(0, limit));
		return used;
	}

	private static List<Case> flat(final List<List<Case>> subjects) {
		return subjects.stream().flatMap(List::stream).toList();
	}
}
