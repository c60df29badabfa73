package org.swinj.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Cases to train on and cases held back; all cases of one subject are on one side.
 *
 * @param training at least one case
 * @param validation may be empty
 */
public record Split(List<Case> training, List<Case> validation) {

	private static final Pattern LAST_NUMBER = Pattern.compile("(\\d+)\\D*$");

	/**
	 * Splits the cases.
	 *
	 * @param part share of the subjects to hold back (0 to 0.9), or their case ids separated by commas
	 * @param group how a case id names its subject: empty for one subject a case, a number k when the
	 *          cases numbered 1 … k, k + 1 … 2k and so on are one subject each, or a regular expression
	 *          whose first group (or whole match) is the subject
	 * @param limit use at most this many cases, whole subjects; if those to hold back are named, at most
	 *          this many others; 0 for all
	 * @throws IllegalArgumentException if the part, the group or an id makes no sense
	 */
	public static Split of(final List<Case> cases, final String part, final String group,
		final int limit, final long seed)
	{
		final List<List<Case>> shuffled = new ArrayList<>(subjects(cases, group).values());
		Collections.shuffle(shuffled, new Random(seed));
		final String wish = part == null ? "" : part.trim();
		if (!wish.isEmpty() && !wish.matches("[0-9.]+")) return named(shuffled, wish, limit);
		final double share = wish.isEmpty() ? 0 : Double.parseDouble(wish);
		if (!(share >= 0 && share <= 0.9)) throw new IllegalArgumentException(
			"validation must be between 0 and 0.9, or case ids separated by commas, not " + part + ".");
		final List<List<Case>> used = limited(shuffled, limit);
		final int held = share == 0 || used.size() < 2 ? 0 : (int) Math.max(1, Math.round(share * used
			.size()));
		return new Split(flat(used.subList(held, used.size())), flat(used.subList(0, held)));
	}

	/** The cases of each subject. */
	static Map<String, List<Case>> subjects(final List<Case> cases, final String group) {
		final Map<String, List<Case>> subjects = new LinkedHashMap<>();
		for (final Case c : cases)
			subjects.computeIfAbsent(subject(c.id(), group), s -> new ArrayList<>()).add(c);
		return subjects;
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

	private static String subject(final String id, final String group) {
		if (group == null || group.isEmpty()) return id;
		if (group.matches("\\d+")) {
			final Matcher number = LAST_NUMBER.matcher(id);
			if (!number.find()) throw new IllegalArgumentException("Case \"" + id
				+ "\" has no number, so group=" + group + " cannot tell its subject.");
			return String.valueOf((Long.parseLong(number.group(1)) - 1) / Integer.parseInt(group));
		}
		try {
			final Matcher match = Pattern.compile(group).matcher(id);
			if (!match.find()) throw new IllegalArgumentException("Case \"" + id
				+ "\" does not match group=" + group + ".");
			return match.groupCount() > 0 ? match.group(1) : match.group();
		}
		catch (final PatternSyntaxException e) {
			throw new IllegalArgumentException("group=" + group + " is not a regular expression: " + e
				.getDescription() + ".", e);
		}
	}

	private static List<List<Case>> limited(final List<List<Case>> subjects, final int limit) {
		if (limit == 0) return subjects;
		final List<List<Case>> used = new ArrayList<>();
		int count = 0;
		for (final List<Case> subject : subjects) {
			if (count + subject.size() > limit) continue;
			used.add(subject);
			count += subject.size();
		}
		return used;
	}

	private static List<Case> flat(final List<List<Case>> subjects) {
		return subjects.stream().flatMap(List::stream).toList();
	}
}
