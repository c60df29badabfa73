package org.swinj.result;

import java.util.Locale;

/** How the voxels of a class are told apart as objects. */
public enum ObjectMethod {

	/** Not at all. */
	NONE,

	/** What hangs together over faces, edges or corners is one object. */
	COMPONENTS,

	/** The same, cut where it is narrow: for objects that touch. */
	WATERSHED;

	/** The name used in macros. */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * The method of this name. {@code true} and {@code false}, which macros have from the time when there
	 * was one method, mean components and none.
	 *
	 * @throws IllegalArgumentException if there is none
	 */
	public static ObjectMethod of(final String name) {
		final String wish = name == null ? "" : name.trim().toLowerCase(Locale.ROOT);
		if (wish.isEmpty() || wish.equals("false")) return NONE;
		if (wish.equals("true")) return COMPONENTS;
		for (final ObjectMethod method : values())
			if (method.id().equals(wish)) return method;
		throw new IllegalArgumentException("objects must be none, components or watershed, not \"" + name
			+ "\".");
	}
}
