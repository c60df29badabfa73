package org.swinj.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.swinj.backend.TrainingOperators;
import org.swinj.model.ModelFormatException;

/** Adam with decoupled weight decay (Loshchilov and Hutter 2019), numerically as in torch.optim. */
public final class AdamW implements Checkpoint.Part {

	/** Parameters that learn at one rate, and their moments. */
	private record Group(double rate, List<Integer> at, List<NDArray> parameters, List<NDArray> means,
		List<NDArray> squares, List<NDArray> steps)
	{}

	private final TrainingOperators ops;
	private final double decay;
	private final List<Group> groups = new ArrayList<>();

	/**
	 * @param parameters tensors to train, float32
	 * @param rates relative learning rate of each of them; empty for the full rate
	 * @param decay weight decay, applied to all of them
	 * @param manager owner of the two moments of each parameter
	 */
	public AdamW(final List<NDArray> parameters, final List<Double> rates, final double decay,
		final TrainingOperators ops, final NDManager manager)
	{
		this.decay = decay;
		this.ops = ops;
		final Map<Double, List<Integer>> byRate = new TreeMap<>();
		for (int i = 0; i < parameters.size(); i++)
			byRate.computeIfAbsent(rates.isEmpty() ? 1.0 : rates.get(i), r -> new ArrayList<>()).add(i);
		byRate.forEach((rate, at) -> {
			final List<NDArray> some = at.stream().map(parameters::get).toList();
			groups.add(new Group(rate, at, some, zeros(some, manager), zeros(some, manager), some.stream()
				.map(p -> manager.zeros(new Shape())).toList()));
		});
	}

	private static List<NDArray> zeros(final List<NDArray> like, final NDManager manager) {
		return like.stream().map(p -> manager.zeros(p.getShape())).toList();
	}

	/** Moves the parameters against the gradients. */
	public void step(final List<NDArray> gradients, final double rate) {
		for (final Group g : groups)
			ops.adamW(g.parameters, g.at.stream().map(gradients::get).toList(), g.means, g.squares,
				g.steps, rate * g.rate, decay);
	}

	@Override
	public void save(final Checkpoint to) {
		for (int i = 0; i < groups.size(); i++) {
			to.put("adamw." + i + ".mean", groups.get(i).means);
			to.put("adamw." + i + ".square", groups.get(i).squares);
			to.put("adamw." + i + ".steps", groups.get(i).steps);
		}
	}

	@Override
	public void restore(final Checkpoint from) throws ModelFormatException {
		for (int i = 0; i < groups.size(); i++) {
			from.get("adamw." + i + ".mean", groups.get(i).means);
			from.get("adamw." + i + ".square", groups.get(i).squares);
			from.get("adamw." + i + ".steps", groups.get(i).steps);
		}
	}
}
