package org.swinj.workflow;

/** Turns a wrong setting into one sentence for the user. */
final class Check {

	private Check() {}

	static void that(final boolean ok, final String sentence) {
		if (!ok) throw new IllegalArgumentException(sentence);
	}

	static void present(final Object value, final String name, final String meaning) {
		if (value == null || value.toString().isEmpty()) throw new IllegalArgumentException("Option "
			+ name + " is missing: " + meaning + ".");
	}
}
