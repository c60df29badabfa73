package org.swinj.model;

import java.io.IOException;

/**
 * A model or weights file is damaged, foreign, unsafe, or does not fit. The message is one sentence
 * that names the file and what is wrong, fit to be shown to a user as it stands.
 */
public final class ModelFormatException extends IOException {

	private static final long serialVersionUID = 1L;

	public ModelFormatException(final String sentence) {
		super(sentence);
	}

	public ModelFormatException(final String sentence, final Throwable cause) {
		super(sentence, cause);
	}
}
