package org.swinj.network;

import ai.djl.ndarray.NDArray;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.swinj.backend.Operators;
import org.swinj.backend.TrainingOperators;

/**
 * Activation checkpointing (Chen et al. 2016, "Training deep nets with sublinear memory cost"; MONAI
 * {@code use_checkpoint}): where it is on, only what goes into each section of a network is kept, and
 * what lies within is computed again when its gradients are needed. Losses stay the same to the last
 * bit, a step takes about a third longer.
 */
public final class Recomputation {

	private final Operators ops;
	private final List<Section> sections = new ArrayList<>();
	private final Map<NDArray, Integer> makers = new IdentityHashMap<>(); // of outputs
	private boolean on;

	Recomputation(final Operators ops) {
		this.ops = ops;
	}

	/** Switches it on or off; what was kept of a pass without its gradients is forgotten. */
	public void set(final boolean recompute) {
		on = recompute;
		forget();
	}

	/** The output of a section, which must not change its inputs or draw random numbers. */
	NDArray of(final boolean training, final Function<NDArray[], NDArray> section,
		final NDArray... inputs)
	{
		final NDArray output = section.apply(inputs);
		if (!on || !training) return output;
		final NDArray detached = output.stopGradient();
		output.close();
		detached.setRequiresGradient(true);
		final int[] from = Arrays.stream(inputs).mapToInt(x -> makers.getOrDefault(x, -1)).toArray();
		final NDArray[] kept = Arrays.stream(inputs).map(ops::handle).toArray(NDArray[]::new);
		makers.put(detached, sections.size());
		sections.add(new Section(section, kept, from, ops.handle(detached)));
		return detached;
	}

	/** Gradients of a scalar with respect to the parameters, zeros where it does not depend on one. */
	public List<NDArray> gradients(final NDArray loss, final List<NDArray> parameters) {
		final TrainingOperators training = new TrainingOperators(ops);
		if (sections.isEmpty()) return training.gradients(loss, parameters);
		try {
			return gradients(loss, parameters, training);
		}
		finally {
			forget();
		}
	}

	private List<NDArray> gradients(final NDArray loss, final List<NDArray> parameters,
		final TrainingOperators training)
	{
		final NDArray[] ofOutputs = new NDArray[sections.size()];
		final NDArray[] ofParameters = new NDArray[parameters.size()];
		final int[] all = new int[sections.size()];
		Arrays.setAll(all, i -> i);
		final List<NDArray> outputs = sections.stream().map(Section::output).toList();
		share(training.backward(loss, loss.onesLike(), joined(outputs, parameters)), all, ofOutputs,
			ofParameters);
		for (int i = sections.size() - 1; i >= 0; i--) {
			if (ofOutputs[i] == null) continue;
			final Section section = sections.get(i);
			final int[] from = Arrays.stream(section.from).filter(k -> k >= 0).toArray();
			try (NDArray output = section.part.apply(section.inputs); NDArray gradient = ofOutputs[i]) {
				share(training.backward(output, gradient, joined(section.differentiable(), parameters)),
					from, ofOutputs, ofParameters);
			}
			section.output.close();
		}
		for (int i = 0; i < ofParameters.length; i++)
			if (ofParameters[i] == null) ofParameters[i] = loss.getManager().zeros(parameters.get(i)
				.getShape(), parameters.get(i).getDataType());
		return new ArrayList<>(Arrays.asList(ofParameters));
	}

	private static List<NDArray> joined(final List<NDArray> first, final List<NDArray> second) {
		final List<NDArray> both = new ArrayList<>(first);
		both.addAll(second);
		return both;
	}

	/** Adds gradients to those of the outputs with these numbers, and then of all parameters. */
	private static void share(final List<NDArray> gradients, final int[] numbers,
		final NDArray[] ofOutputs, final NDArray[] ofParameters)
	{
		for (int i = 0; i < gradients.size(); i++) {
			final boolean output = i < numbers.length;
			add(gradients.get(i), output ? ofOutputs : ofParameters, output ? numbers[i] : i
				- numbers.length);
		}
	}

	private static void add(final NDArray gradient, final NDArray[] to, final int index) {
		if (gradient == null) return;
		final NDArray before = to[index];
		to[index] = before == null ? gradient : before.add(gradient);
	}

	private void forget() {
		sections.clear();
		makers.clear();
	}

	/**
	 * @param part computes the output from the inputs
	 * @param from number of the section that made each input, −1 for none
	 */
	private record Section(Function<NDArray[], NDArray> part, NDArray[] inputs, int[] from,
		NDArray output)
	{

		List<NDArray> differentiable() {
			final List<NDArray> list = new ArrayList<>();
			for (int i = 0; i < inputs.length; i++)
				if (from[i] >= 0) list.add(inputs[i]);
			return list;
		}
	}
}
