package org.swinj.workflow;

/** Turns a wrong setting into one sentence for the user. */
final class Check {

	private Check() {}

	static void that(final boolean ok, final String sentence) {
		if (!ok) throw new IllegalArgumentException(sentence);
	}

	/**
	 * Asks for a setting that is missing.
	 *
	 * @param name of the option in macros and the shell
	 * @param meaning what to choose, for people in front of a dialog
	 */
	static void present(final Object value, final String name, final String meaning) {
		that(value != null && !value.toString().isEmpty(), "Choose " + meaning + " (" + name + "=).");
	}
}
