package org.swinj.model;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A tensor of a checkpoint: a strided view into a storage.
 *
 * @param storages where the numbers are
 * @param storage key of the storage
 * @param storageBytes bytes that the pickle promises for it
 * @param type number format
 * @param offset first element
 * @param shape sizes, outermost first
 * @param strides elements between neighbours along each axis; 0 repeats
 */
record TorchTensor(TorchStorages storages, String storage, long storageBytes, WeightType type,
	long offset, long[] shape, long[] strides) implements LazyWeight
{

	/** @throws ModelFormatException if the view leads outside its storage */
	static TorchTensor of(final TorchStorages storages, final String storage, final long storageBytes,
		final WeightType type, final long offset, final long[] shape, final long[] strides)
		throws ModelFormatException
	{
		final TorchTensor tensor = new TorchTensor(storages, storage, storageBytes, type, offset, shape,
			strides);
		if (!tensor.isInside()) throw new ModelFormatException("Weights file \"" + storages.file()
			+ "\" is refused: a tensor " + Weight.text(shape) + " with strides " + Weight.text(strides)
			+ " at " + offset + " lies outside its storage of " + storageBytes / type.bytes()
			+ " elements.");
		return tensor;
	}

	private boolean isInside() {
		if (shape.length != strides.length || shape.length > 64 || offset < 0) return false;
		try {
			if (Math.multiplyExact(Weight.count(shape), (long) type.bytes()) > Integer.MAX_VALUE - 8)
				return false;
			long last = offset;
			for (int axis = 0; axis < shape.length; axis++) {
				if (strides[axis] < 0) return false;
				last = Math.addExact(last, Math.multiplyExact(shape[axis] - 1, strides[axis]));
			}
			return Weight.count(shape) == 0 || last < storageBytes / type.bytes();
		}
		catch (final ArithmeticException e) {
			return false;
		}
	}

	@Override
	public Weight load() throws IOException {
		final int bytes = (int) Weight.count(shape) * type.bytes();
		final ByteBuffer source = storages.load(storage, storageBytes);
		if (bytes == 0) return new Weight(type, shape, ByteBuffer.allocate(0));
		final int start = (int) (offset * type.bytes());
		if (isContiguous()) return new Weight(type, shape, source.slice(start, bytes));
		storages.take(bytes);
		final ByteBuffer copy = ByteBuffer.allocate(bytes);
		copy(source, start, 0, copy);
		return new Weight(type, shape, copy.flip());
	}

	private boolean isContiguous() {
		long expected = 1;
		for (int axis = shape.length - 1; axis >= 0; axis--) {
			if (shape[axis] != 1 && strides[axis] != expected) return false;
			expected *= shape[axis];
		}
		return true;
	}

	/** Appends the part of the view below one index of all axes before {@code axis}. */
	private void copy(final ByteBuffer source, final long start, final int axis,
		final ByteBuffer target)
	{
		if (axis == shape.length) {
			target.put(source.slice((int) start, type.bytes()));
			return;
		}
		final long step = strides[axis] * type.bytes();
		for (long i = 0; i < shape[axis]; i++)
			copy(source, start + i * step, axis + 1, target);
	}
}
