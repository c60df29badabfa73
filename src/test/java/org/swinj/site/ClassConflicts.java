package org.swinj.site;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Classes that two jars have with different content: which one runs is chance. */
public final class ClassConflicts {

	private ClassConflicts() {}

	/** One sentence for each pair of a new jar and another that disagree. */
	public static List<String> find(final List<Library> added, final Collection<Library> others) {
		final List<String> conflicts = new ArrayList<>();
		final List<Library> all = new ArrayList<>(others);
		for (final Library library : added) {
			for (final Library other : all) {
				final List<String> classes = differing(library, other);
				if (!classes.isEmpty()) conflicts.add(String.format(Locale.ROOT,
					"%s and %s have %d classes with different content, such as %s.", library, other, classes
						.size(), classes.get(0).replace('/', '.').replace(".class", "")));
			}
			all.add(library);
		}
		return conflicts;
	}

	private static List<String> differing(final Library a, final Library b) {
		return a.classes().entrySet().stream().filter(entry -> b.classes().containsKey(entry.getKey())
			&& !b.classes().get(entry.getKey()).equals(entry.getValue())).map(entry -> entry.getKey())
			.toList();
	}
}
