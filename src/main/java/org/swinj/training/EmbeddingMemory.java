package org.swinj.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import org.swinj.model.ModelFormatException;

/**
 * The latest embeddings of earlier steps, to tell new ones from when a batch has few others. They
 * are kept as they were, without gradients.
 */
final class EmbeddingMemory implements Checkpoint.Part {

	private final int length;
	private final float[] kept;
	private final int capacity;
	private int count;
	private int next;

	/**
	 * @param capacity embeddings to keep, may be 0
	 * @param length numbers in an embedding
	 */
	EmbeddingMemory(final int capacity, final int length) {
		this.capacity = capacity;
		this.length = length;
		kept = new float[capacity * length];
	}

	/** What is kept, (N, length), each of length 1; N is 0 at first. */
	NDArray tensor(final NDManager scope) {
		if (count == 0) return scope.zeros(new Shape(0, length));
		final float[] rows = new float[count * length];
		System.arraycopy(kept, 0, rows, 0, rows.length);
		return scope.create(rows, new Shape(count, length));
	}

	@Override
	public void save(final Checkpoint to) {
		to.put("memory", kept);
		to.put("memory.count", count);
		to.put("memory.next", next);
	}

	@Override
	public void restore(final Checkpoint from) throws ModelFormatException {
		System.arraycopy(from.floats("memory", kept.length), 0, kept, 0, kept.length);
		count = (int) Math.max(0, Math.min(capacity, from.number("memory.count")));
		next = (int) Math.max(0, Math.min(capacity - 1, from.number("memory.next")));
	}

	/** Keeps embeddings (N, length) in place of the oldest ones. */
	void add(final NDArray embeddings) {
		final float[] rows = embeddings.toFloatArray();
		for (int from = 0; from < rows.length && capacity > 0; from += length) {
			double squares = 0;
			for (int i = from; i < from + length; i++)
				squares += rows[i] * rows[i];
			if (!Double.isFinite(squares)) continue; // would spoil all later losses
			final float norm = (float) Math.max(1e-12, Math.sqrt(squares));
			for (int i = 0; i < length; i++)
				kept[next * length + i] = rows[from + i] / norm;
			next = (next + 1) % capacity;
			count = Math.min(capacity, count + 1);
		}
	}
}
