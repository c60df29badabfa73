package org.swinj.fiji;

import ij.IJ;

/** Shows a failure where the user looks, and stops a running macro. */
public final class Failure {

	private Failure() {}

	/** A dialog in a window, a line on the console otherwise. */
	public static void show(final String title, final String sentence) {
		IJ.error(title, sentence);
	}
}
