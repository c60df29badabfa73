package org.swinj.backend;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Carries voxels between Java arrays (x fastest, then y, z, channel) and the network's tensors
 * (B, C, X, Y, Z): the one place where the two axis orders meet. The buffer is reused, so a tensor
 * made here is valid only until the next one is made.
 */
public final class HostTensor {

	private ByteBuffer buffer = ByteBuffer.allocateDirect(0);

	/**
	 * Images as a tensor (B, C, X, Y, Z), float32.
	 *
	 * @param images one array of C·Z·Y·X values for each sample
	 * @param size edge lengths X, Y, Z
	 */
	public NDArray images(final NDManager scope, final float[][] images, final int channels,
		final int[] size)
	{
		final long values = (long) images.length * images[0].length;
		reserve(values * Float.BYTES);
		for (int i = 0; i < images.length; i++)
			buffer.slice(i * images[0].length * Float.BYTES, images[i].length * Float.BYTES).order(
				ByteOrder.nativeOrder()).asFloatBuffer().put(images[i]);
		return scope.create(buffer, new Shape(images.length, channels, size[2], size[1], size[0]),
			DataType.FLOAT32).transpose(0, 1, 4, 3, 2);
	}

	/**
	 * Class indices as a tensor (1, X, Y, Z), int64; negative ones become
	 * {@link TrainingOperators#IGNORED}.
	 *
	 * @param labels Z·Y·X values
	 */
	public NDArray labels(final NDManager scope, final short[] labels, final int[] size) {
		reserve((long) labels.length * Long.BYTES);
		for (int i = 0; i < labels.length; i++)
			buffer.putLong(i * Long.BYTES, labels[i] < 0 ? TrainingOperators.IGNORED : labels[i]);
		return scope.create(buffer, new Shape(1, size[2], size[1], size[0]), DataType.INT64).transpose(
			0, 3, 2, 1);
	}

	/** A tensor (B, C, X, Y, Z), float32, as one array of C·Z·Y·X values for each sample. */
	public static float[][] toArrays(final NDArray tensor) {
		final int batch = (int) tensor.getShape().get(0);
		final float[][] samples = new float[batch][Math.toIntExact(tensor.size() / batch)];
		fill(samples, tensor);
		return samples;
	}

	/** The same in arrays that are there already. */
	public static void fill(final float[][] samples, final NDArray tensor) {
		final NDArray dense = tensor.transpose(0, 1, 4, 3, 2).reshape(tensor.size()).toDevice(Device.cpu(),
			false);
		final FloatBuffer values = dense.toByteBuffer(true).asFloatBuffer(); // of native memory, not copied
		for (int i = 0; i < samples.length; i++)
			values.get(i * samples[i].length, samples[i]);
	}

	private void reserve(final long bytes) {
		final int size = Math.toIntExact(bytes);
		if (buffer.capacity() < size) buffer = ByteBuffer.allocateDirect(size).order(ByteOrder
			.nativeOrder());
		buffer.clear().limit(size);
	}
}
