package org.swinj.backend;

import ai.djl.pytorch.jni.JniUtils;

/**
 * Another number of CPU threads in an operator, until it is closed. Sums are split among the threads,
 * so that the last bits of a result depend on their number.
 */
public final class ThreadCount implements AutoCloseable {

	private final int before = JniUtils.getNumThreads();

	/** @param count at least 1 */
	public ThreadCount(final int count) {
		JniUtils.setNumThreads(count);
	}

	@Override
	public void close() {
		JniUtils.setNumThreads(before);
	}
}
