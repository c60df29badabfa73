package org.swinj.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The cases of each subject: what is nearly the same image must not be on both sides of a split.
 *
 * @param cases of each subject, by its name
 */
record Subjects(Map<String, List<Case>> cases) {

	private static final Pattern LAST_NUMBER = Pattern.compile("(\\d+)\\D*$");

	/** Time points such as Emb01_t401, and the names of the Brain Imaging Data Structure, sub-01_ses-2. */
	private static final Pattern REPEATED = Pattern.compile(
		"(?i)(sub-[^_]+)_.*|(.+?)[_-](?:t|tp|time|timepoint|frame|ses|visit)[_-]?\\d+");

	/**
	 * @param group how a case id names its subject: a number k when the cases numbered 1 … k, k + 1 … 2k and
	 *          so on are one subject each, a regular expression whose first group (or whole match) is the
	 *          subject, or empty for one subject a case but for time points and visits, which stay together
	 * @throws IllegalArgumentException if the group makes no sense
	 */
	static Subjects of(final List<Case> cases, final String group) {
		final boolean free = group == null || group.isEmpty();
		final Map<String, List<Case>> subjects = new LinkedHashMap<>();
		for (final Case c : cases)
			subjects.computeIfAbsent(free ? usual(c.id()) : subject(c.id(), group), s -> new ArrayList<>())
				.add(c);
		if (!free || subjects.size() > 1) return new Subjects(subjects);
		subjects.clear(); // one series of time points
		cases.forEach(c -> subjects.put(c.id(), List.of(c)));
		return new Subjects(subjects);
	}

	/** A sentence if subjects without being asked for have several cases, else {@code null}. */
	static String notice(final List<Case> all, final String group) {
		if (group != null && !group.isEmpty()) return null;
		return of(all, group).cases.entrySet().stream().filter(s -> s.getValue().size() > 1).findFirst()
			.map(s -> "Cases of one subject, such as " + s.getValue().get(0).id() + " and " + s.getValue().get(
				1).id() + ", stay together when some are held back; group=(.+) would part them").orElse(null);
	}

	private static String usual(final String id) {
		final Matcher match = REPEATED.matcher(id);
		if (!match.matches()) return id;
		return match.group(1) != null ? match.group(1) : match.group(2);
	}

	private static String subject(final String id, final String group) {
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
}
