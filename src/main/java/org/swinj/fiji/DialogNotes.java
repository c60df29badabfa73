package org.swinj.fiji;

import java.io.IOException;
import java.util.List;

/** A command that says in its dialog what is going to happen. */
public interface DialogNotes {

	/**
	 * Short lines about a run with the present values; asked in the background whenever one changes.
	 *
	 * @throws IOException if a file that is named cannot be used; the message is shown instead
	 * @throws IllegalArgumentException if a value is wrong; the message is shown instead
	 */
	List<String> notes() throws IOException;

	/** The page of the documentation about the command, from the root of the repository. */
	String page();
}
