package org.swinj.network;

import ai.djl.ndarray.NDArray;

import java.util.List;

import org.swinj.backend.Operators;

/** A computation within a section that has gradients of its own instead of libtorch's. */
interface Apart extends AutoCloseable {

	/** What it was computed from and gradients go on to. */
	List<NDArray> inputs();

	/** Its result, from which gradients are taken onwards. */
	NDArray y();

	/**
	 * Gradients of the {@link #inputs()} from that of the result, both of which nothing else needs any
	 * more: may overwrite them.
	 */
	List<NDArray> backward(NDArray gradient, Operators ops);

	/** Closes the handles that it owns. */
	@Override
	void close();
}
