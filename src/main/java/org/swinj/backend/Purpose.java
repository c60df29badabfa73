package org.swinj.backend;

/** What a backend is opened for; the best number format depends on it. */
public enum Purpose {
	TRAINING, INFERENCE
}
