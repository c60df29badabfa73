package org.swinj.site;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which of SwinJ's jars an update site must bring, as this Fiji lacks them.
 *
 * @param missing those
 * @param kept Fiji's jar in place of each of SwinJ's that it has already, in whatever version
 * @param logger one of Fiji's jars that logs, in place of SwinJ's; {@code null} if none does
 */
public record SiteJars(List<Library> missing, Map<Library, Library> kept, Library logger) {

	/**
	 * Compares jars.
	 *
	 * @throws IOException if the updater would take two different libraries for one
	 */
	public static SiteJars of(final List<Library> ours, final List<Library> fiji) throws IOException {
		final List<Library> missing = new ArrayList<>();
		final Map<Library, Library> kept = new TreeMap<>((a, b) -> a.file().compareTo(b.file()));
		final Library logger = fiji.stream().filter(Library::isLogger).findFirst().orElse(null);
		for (final Library library : ours) {
			final List<Library> same = fiji.stream().filter(other -> other.artifact().equals(library
				.artifact())).toList();
			final Library version = same.stream().filter(library::isVersionOf).findFirst().orElse(null);
			if (version != null) kept.put(library, version);
			else if (!same.isEmpty()) throw new IOException("\"" + library + "\" and Fiji's \"" + same.get(
				0) + "\" are different libraries, but ImageJ's updater takes them for one.");
			else if (!library.isLogger() || logger == null) missing.add(library);
		}
		return new SiteJars(missing, kept, logger);
	}
}
