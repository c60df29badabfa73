package org.swinj.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;

import java.nio.FloatBuffer;

import org.swinj.network.NetworkBlock;

/** Moves weights between a network's tensors and a state dict, by their MONAI keys. */
public final class NetworkWeights {

	private NetworkWeights() {}

	/** A copy of all parameters of a network, float32. */
	public static StateDict of(final NetworkBlock network) {
		final StateDict weights = new StateDict();
		for (final Pair<String, Parameter> p : network.getParameters()) {
			final NDArray array = p.getValue().getArray();
			weights.put(p.getKey(), Weight.of(array.toFloatArray(), array.getShape().getShape()));
		}
		return weights;
	}

	/**
	 * Copies weights into the parameters of the same key.
	 *
	 * @return number of parameters set; the others keep their values
	 * @throws ModelFormatException if a weight has another shape than its parameter
	 */
	public static int load(final StateDict weights, final NetworkBlock network)
		throws ModelFormatException
	{
		int loaded = 0;
		for (final Pair<String, Parameter> p : network.getParameters()) {
			if (!weights.contains(p.getKey())) continue;
			final Weight weight = weights.get(p.getKey());
			final NDArray array = p.getValue().getArray();
			if (!weight.hasShape(array.getShape().getShape())) throw new ModelFormatException("Weight "
				+ p.getKey() + " has the shape " + weight.shapeText() + ", but the network needs " + array
					.getShape() + ".");
			array.set(FloatBuffer.wrap(weight.toFloats()));
			loaded++;
		}
		return loaded;
	}
}
