package org.swinj.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.swinj.backend.Operators;
import org.swinj.backend.TrainingOperators;

/**
 * The sections of a network, whose gradients can be computed one after the other, from the last to the
 * first, instead of all by libtorch. So attention and instance norms have gradients of their own, and
 * what lies within a section need not be kept.
 */
public final class Sections {

	/** What is kept between the computation of a loss and of its gradients. */
	public enum Mode {

		/** All, and libtorch computes the gradients, as MONAI does. */
		PLAIN,

		/** All but the probabilities of attention and, in float32 on a processor, what norms are computed from. */
		KEEP,

		/**
		 * Only what goes into each section; all that lies within is computed again: activation
		 * checkpointing (Chen et al. 2016, "Training deep nets with sublinear memory cost"; MONAI
		 * {@code use_checkpoint}). Losses are those of {@link #KEEP} to the last bit.
		 */
		RECOMPUTE
	}

	private static final double LEAKY_SLOPE = 0.01;

	private final Operators ops;
	private final TrainingOperators training;
	private final List<Section> sections = new ArrayList<>();
	private final Map<NDArray, Integer> makers = new IdentityHashMap<>(); // of outputs
	private Mode mode = Mode.PLAIN;
	private List<Apart> aparts; // of the section that runs, null for none

	Sections(final Operators ops) {
		this.ops = ops;
		training = new TrainingOperators(ops);
	}

	/** Sets the mode; what was kept of a loss without its gradients is forgotten. */
	public void set(final Mode wanted) {
		mode = wanted;
		forget();
	}

	/**
	 * The output of a section, which must not change its inputs or draw random numbers.
	 *
	 * @param weights the section's own
	 * @param inputs outputs of other sections, or images
	 */
	NDArray of(final boolean recording, final Collection<Parameter> weights,
		final Function<NDArray[], NDArray> part, final NDArray... inputs)
	{
		if (mode == Mode.PLAIN || !recording) return part.apply(inputs);
		final Recorded recorded = record(part, inputs);
		final NDArray detached = recorded.output.stopGradient();
		detached.setRequiresGradient(true);
		final int[] from = Arrays.stream(inputs).mapToInt(x -> makers.getOrDefault(x, -1)).toArray();
		final NDArray[] kept = Arrays.stream(inputs).map(ops::handle).toArray(NDArray[]::new);
		if (mode == Mode.RECOMPUTE) recorded.close();
		makers.put(detached, sections.size());
		sections.add(new Section(part, weights.stream().map(Parameter::getArray).toList(), kept, from, ops
			.handle(detached), mode == Mode.RECOMPUTE ? null : recorded));
		return detached;
	}

	private Recorded record(final Function<NDArray[], NDArray> part, final NDArray[] inputs) {
		aparts = new ArrayList<>();
		try (NDArray output = part.apply(inputs)) {
			return new Recorded(ops.handle(output), aparts);
		}
		finally {
			aparts = null;
		}
	}

	/**
	 * Attention, see {@link Operators#attention}.
	 *
	 * @param masks {@code null} for none
	 */
	NDArray attention(final NDArray qkv, final NDArray bias, final NDArray masks,
		final NDArray kinds, final long[] counts, final int heads)
	{
		if (aparts == null) return masks == null ? ops.attention(qkv, bias, heads) : ops.attention(qkv,
			bias, masks, kinds, counts, heads);
		final List<NDArray> result = ops.attentionApart(qkv, bias, masks, kinds, counts, heads);
		final NDArray y = result.get(0);
		y.setRequiresGradient(true);
		aparts.add(new Attention(ops.handle(qkv), ops.handle(bias), masks, kinds == null ? null : ops
			.handle(kinds), counts, heads, ops.handle(y), ops.handle(result.get(1))));
		return y;
	}

	/** See {@link Operators#instanceNorm}; x may be overwritten, as by the two below. */
	NDArray instanceNorm(final NDArray x) {
		return overwrites(x) ? norm(x, null, 1) : ops.instanceNorm(x);
	}

	/** See {@link Operators#instanceNormLeakyRelu}. */
	NDArray instanceNormLeakyRelu(final NDArray x) {
		return overwrites(x) ? norm(x, null, LEAKY_SLOPE) : ops.instanceNormLeakyRelu(x);
	}

	/** See {@link Operators#instanceNormAddLeakyRelu}. */
	NDArray instanceNormAddLeakyRelu(final NDArray x, final NDArray y) {
		return overwrites(x) ? norm(x, y, LEAKY_SLOPE) : ops.instanceNormAddLeakyRelu(x, y);
	}

	/** What is made within a section and more than one norm or attention there depends on. */
	NDArray shared(final NDArray x) {
		if (aparts == null) return x;
		final NDArray y = x.stopGradient();
		y.setRequiresGradient(true);
		aparts.add(new Shared(ops.handle(x), ops.handle(y)));
		return y;
	}

	/** On a GPU and in bfloat16 libtorch's own norms are good enough. */
	private boolean overwrites(final NDArray x) {
		return aparts != null && x.getDataType() != DataType.BFLOAT16 && !x.getDevice().isGpu();
	}

	private NDArray norm(final NDArray x, final NDArray added, final double slope) {
		final List<NDArray> result = ops.instanceNormApart(x, added, slope);
		final NDArray y = result.get(0);
		y.setRequiresGradient(true);
		aparts.add(new InstanceNorm(ops.handle(x), added == null ? null : ops.handle(added), slope, ops
			.handle(y), ops.handle(result.get(1))));
		return y;
	}

	// ---- gradients

	/** Gradients of a scalar with respect to the parameters, zeros where it does not depend on one. */
	public List<NDArray> gradients(final NDArray loss, final List<NDArray> parameters) {
		if (sections.isEmpty()) return training.gradients(loss, parameters);
		try {
			final Map<NDArray, NDArray> found = new IdentityHashMap<>();
			final List<NDArray> inputs = new ArrayList<>(sections.stream().map(Section::output).toList());
			inputs.addAll(parameters);
			add(training.backward(List.of(loss), List.of(loss.onesLike()), inputs), inputs, found);
			for (int i = sections.size() - 1; i >= 0; i--)
				backward(sections.get(i), found);
			return new ArrayList<>(parameters.stream().map(p -> found.containsKey(p) ? found.get(p) : loss
				.getManager().zeros(p.getShape(), p.getDataType())).toList());
		}
		finally {
			forget();
		}
	}

	/** Adds the gradients of the inputs and weights of a section, given that of its output. */
	private void backward(final Section section, final Map<NDArray, NDArray> found) {
		final NDArray given = found.remove(section.output);
		if (given == null) return; // nothing came of it
		final List<NDArray> inputs = new ArrayList<>();
		final List<NDArray> outputs = new ArrayList<>(); // of other sections, which these inputs are
		for (int i = 0; i < section.inputs.length; i++)
			if (section.from[i] >= 0) {
				inputs.add(section.inputs[i]);
				outputs.add(sections.get(section.from[i]).output);
			}
		inputs.addAll(section.weights);
		outputs.addAll(section.weights);
		try (given; Recorded run = section.recorded != null ? section.recorded : record(section.part,
			section.inputs))
		{
			final int own = run.aparts.size();
			run.aparts.forEach(a -> inputs.add(0, a.y()));
			run.aparts.forEach(a -> outputs.add(0, a.y()));
			add(training.backward(List.of(run.output), List.of(given), inputs), outputs, found);
			for (int i = own - 1; i >= 0; i--) {
				inputs.remove(0);
				outputs.remove(0);
				final Apart apart = run.aparts.get(i);
				final NDArray gradient = found.remove(apart.y());
				final List<NDArray> passed = apart.backward(gradient, ops);
				add(training.backward(apart.inputs(), passed, inputs), outputs, found);
				gradient.close();
				passed.forEach(NDArray::close);
			}
		}
	}

	private static void add(final List<NDArray> gradients, final List<NDArray> of,
		final Map<NDArray, NDArray> to)
	{
		for (int i = 0; i < gradients.size(); i++)
			if (gradients.get(i) != null) to.merge(of.get(i), gradients.get(i), Sections::sum);
	}

	private static NDArray sum(final NDArray a, final NDArray b) {
		try (a; b) {
			return a.add(b);
		}
	}

	private void forget() {
		sections.clear();
		makers.clear();
	}

	/**
	 * @param part computes the output from the inputs
	 * @param from number of the section that made each input, −1 for none
	 * @param output handle of what other sections got
	 * @param recorded what libtorch knows of the computation; {@code null} to repeat it
	 */
	private record Section(Function<NDArray[], NDArray> part, List<NDArray> weights,
		NDArray[] inputs, int[] from, NDArray output, Recorded recorded)
	{}

	/** The output of a section with its history, and what in it has gradients of its own. */
	private record Recorded(NDArray output, List<Apart> aparts) implements AutoCloseable {

		@Override
		public void close() {
			output.close();
			aparts.forEach(Apart::close);
		}
	}
}
