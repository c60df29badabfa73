package org.swinj.data;

import java.io.IOException;

/**
 * A file is not what it claims to be, or does not fit the task. The message is one sentence that
 * names the file and the number that is wrong, fit to be shown to a user as it stands.
 */
public class FormatException extends IOException {

	private static final long serialVersionUID = 1L;

	public FormatException(final String sentence) {
		super(sentence);
	}

	public FormatException(final String sentence, final Throwable cause) {
		super(sentence, cause);
	}
}
