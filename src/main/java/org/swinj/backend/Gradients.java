package org.swinj.backend;

import ai.djl.pytorch.jni.JniUtils;

/** The grad mode of the calling thread, restored on close. New threads record by default. */
public final class Gradients implements AutoCloseable {

	private final boolean before = JniUtils.isGradMode();

	Gradients(final boolean on) {
		// TorchScript would run an operator otherwise once it has profiled it: with other rounding, so
		// that results depended on what ran before
		JniUtils.setGraphExecutorOptimize(false);
		JniUtils.setGradMode(on);
	}

	@Override
	public void close() {
		JniUtils.setGradMode(before);
	}
}
