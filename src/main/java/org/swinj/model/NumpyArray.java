package org.swinj.model;

import java.nio.ByteBuffer;

/** A {@code numpy.ndarray}; empty until the pickle gives its state. */
final class NumpyArray implements LazyWeight {

	private final TorchStorages storages;
	private NumpyType type;
	private long[] shape = { 0 };
	private boolean columnMajor;
	private byte[] data = {};

	/** @param storages account for the memory of copies */
	NumpyArray(final TorchStorages storages) {
		this.storages = storages;
	}

	/** @return whether type, shape and data fit together */
	boolean setState(final NumpyType newType, final long[] newShape, final boolean fortran,
		final byte[] newData)
	{
		try {
			final long bytes = newType.type().bytes();
			if (Math.multiplyExact(Weight.count(newShape), bytes) != newData.length) return false;
		}
		catch (final ArithmeticException e) {
			return false;
		}
		type = newType;
		shape = newShape;
		columnMajor = fortran;
		data = newData;
		return true;
	}

	@Override
	public long[] shape() {
		return shape;
	}

	@Override
	public Weight load() throws ModelFormatException {
		if (type == null) return Weight.of(new float[0], 0);
		storages.take(data.length);
		final byte[] elements = type.littleEndian(data);
		return new Weight(type.type(), shape, ByteBuffer.wrap(columnMajor ? rowMajor(elements)
			: elements));
	}

	private byte[] rowMajor(final byte[] elements) {
		final int size = type.type().bytes();
		final byte[] sorted = new byte[elements.length];
		for (int i = 0; i < elements.length / size; i++) {
			int rest = i;
			long source = 0;
			long stride = Weight.count(shape);
			for (int axis = shape.length - 1; axis >= 0; axis--) {
				stride /= shape[axis];
				source += rest % shape[axis] * stride;
				rest /= (int) shape[axis];
			}
			System.arraycopy(elements, (int) source * size, sorted, i * size, size);
		}
		return sorted;
	}
}
