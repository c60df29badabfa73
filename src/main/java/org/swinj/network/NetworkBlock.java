package org.swinj.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.training.initializer.UniformInitializer;
import ai.djl.util.PairList;

import java.util.function.Supplier;

import org.swinj.backend.Operators;

/**
 * A DJL block whose parameters carry their MONAI state-dict keys as names, at any depth. Weights
 * start as in torch: uniform within ±1/√fan_in.
 */
public abstract class NetworkBlock extends AbstractBlock {

	final Operators ops;

	NetworkBlock(final Operators ops) {
		this.ops = ops;
	}

	/**
	 * Runs the block on one tensor.
	 *
	 * @return the output, which belongs to the manager of {@code x}
	 * @throws UnsupportedOperationException for parts that need more than one tensor
	 */
	public NDArray forward(final NDArray x, final boolean training) {
		throw new UnsupportedOperationException(getClass().getSimpleName()
			+ " runs only as a part of its network.");
	}

	/** Runs a computation and frees every tensor made on the way except its result. */
	static NDArray scoped(final Supplier<NDArray> computation) {
		final NDArray result;
		try (NDScope scope = new NDScope()) {
			scope.suppressNotUsedWarning();
			result = computation.get();
			NDScope.unregister(result);
		}
		NDScope.register(result);
		return result;
	}

	// ---- parameters

	/** A weight whose fan-in is the product of all axes but the first, as torch computes it. */
	final Parameter weight(final String key, final long... shape) {
		return add(key, Parameter.Type.WEIGHT, uniform(fanIn(shape)), shape);
	}

	/** A bias of length {@code n} that belongs to a weight with this fan-in. */
	final Parameter bias(final String key, final long n, final long fanIn) {
		return add(key, Parameter.Type.BIAS, uniform(fanIn), n);
	}

	final Parameter ones(final String key, final long n) {
		return add(key, Parameter.Type.GAMMA, Initializer.ONES, n);
	}

	final Parameter zeros(final String key, final long n) {
		return add(key, Parameter.Type.BETA, Initializer.ZEROS, n);
	}

	/** Normal with σ = 0.02; MONAI truncates it at ±2, that is never. */
	final Parameter normal(final String key, final long... shape) {
		return add(key, Parameter.Type.OTHER, new NormalInitializer(0.02f), shape);
	}

	private Parameter add(final String key, final Parameter.Type type, final Initializer initializer,
		final long... shape)
	{
		return addParameter(Parameter.builder().setName(key).setType(type).optShape(new Shape(shape))
			.optInitializer(initializer).build());
	}

	private static Initializer uniform(final long fanIn) {
		return new UniformInitializer((float) (1 / Math.sqrt(fanIn)));
	}

	static long fanIn(final long... shape) {
		long product = 1;
		for (int i = 1; i < shape.length; i++)
			product *= shape[i];
		return product;
	}

	// ---- DJL

	/** All parameters under their MONAI keys, in MONAI's order of construction. */
	@Override
	public final ParameterList getParameters() {
		final ParameterList all = new ParameterList();
		parameters.forEach(all::add);
		children.forEach(child -> all.addAll(child.getValue().getParameters()));
		return all;
	}

	@Override
	protected final NDList forwardInternal(final ParameterStore store, final NDList inputs,
		final boolean training, final PairList<String, Object> options)
	{
		return new NDList(forward(inputs.singletonOrThrow(), training));
	}

	/** Most blocks keep the shape of their input. */
	@Override
	public Shape[] getOutputShapes(final Shape[] inputs) {
		return inputs;
	}
}
