package org.swinj.site;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Member;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** Whether jars find in other versions of libraries all that they were compiled against. */
public final class LinkCheck {

	private final Map<String, ClassOutline> classes = new HashMap<>();
	private final Set<String> packages = new HashSet<>();

	/** @param libraries versions that are there when the program runs */
	public LinkCheck(final Collection<Library> libraries) throws IOException {
		for (final Library library : libraries)
			for (final ClassOutline outline : outlines(library)) {
				classes.put(outline.name(), outline);
				packages.add(folder(outline.name()));
			}
	}

	/** One line for each field or method of the libraries that a jar needs and is not there. */
	public Set<String> missing(final Library user) throws IOException {
		final Map<String, ClassOutline> all = new HashMap<>(classes);
		final List<ClassOutline> outlines = outlines(user);
		outlines.forEach(outline -> all.put(outline.name(), outline));
		final Set<String> missing = new TreeSet<>();
		for (final ClassOutline outline : outlines)
			for (final ClassOutline.Use use : outline.uses())
				if (!has(all, use.owner(), use.member())) missing.add(user + " needs " + use.owner().replace(
					'/', '.') + "." + use.member() + ".");
		return missing;
	}

	/** Whether a class or one of its parents has a member; classes of other libraries may have any. */
	private boolean has(final Map<String, ClassOutline> all, final String name, final String member) {
		final ClassOutline outline = all.get(name);
		if (outline == null) return !packages.contains(folder(name)) && hasElsewhere(name, member);
		if (outline.members().contains(member)) return true;
		return !member.startsWith("<init>") && outline.parents().stream().anyMatch(parent -> has(all,
			parent, member));
	}

	private static boolean hasElsewhere(final String name, final String member) {
		try {
			if (name.startsWith("[")) return true;
			final Class<?> type = Class.forName(name.replace('/', '.'), false, ClassLoader
				.getPlatformClassLoader());
			final String wanted = member.substring(0, member.indexOf(' '));
			return wanted.equals("<init>") || Stream.<Class<?>> iterate(type, Objects::nonNull,
				Class::getSuperclass).flatMap(own -> Stream.<Member[]> of(own.getMethods(), own
					.getDeclaredMethods(), own.getDeclaredFields())).flatMap(Arrays::stream).anyMatch(
						own -> own.getName().equals(wanted));
		}
		catch (final ClassNotFoundException e) {
			return true;
		}
	}

	private static List<ClassOutline> outlines(final Library library) throws IOException {
		final List<ClassOutline> outlines = new ArrayList<>();
		try (ZipFile zip = new ZipFile(library.file().toFile())) {
			for (final String path : library.classes().keySet())
				try (InputStream in = new BufferedInputStream(zip.getInputStream(zip.getEntry(path)))) {
					outlines.add(ClassOutline.read(in));
				}
		}
		return outlines;
	}

	private static String folder(final String name) {
		return name.substring(0, Math.max(0, name.lastIndexOf('/')));
	}
}
