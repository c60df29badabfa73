package org.swinj.fiji;

import ij.IJ;
import ij.Macro;

/** Stops the macro that runs a command. */
public final class Failure {

	private Failure() {}

	/** Whether a macro, or a script by {@code IJ.run}, runs the command. */
	public static boolean inMacro() {
		return IJ.isMacro();
	}

	/** Ends the macro and tells why: in a dialog if there is a window, on the console otherwise. */
	public static void stopMacro(final String title, final String sentence) {
		try {
			IJ.error(title, sentence);
		}
		catch (final RuntimeException e) {
			if (!Macro.MACRO_CANCELED.equals(e.getMessage())) throw e; // else the macro has ended
		}
	}
}
