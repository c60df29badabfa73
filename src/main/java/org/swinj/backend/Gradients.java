package org.swinj.backend;

import ai.djl.pytorch.jni.JniUtils;

/** The grad mode of the calling thread, restored on close. New threads record by default. */
public final class Gradients implements AutoCloseable {

	private final boolean before = JniUtils.isGradMode();

	Gradients(final boolean on) {
		JniUtils.setGradMode(on);
	}

	@Override
	public void close() {
		JniUtils.setGradMode(before);
	}
}
