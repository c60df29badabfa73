package org.swinj.training;

import java.util.ArrayList;
import java.util.List;

import org.swinj.model.ModelFormatException;

/** Losses and learning rates of the first steps of a training, by which it can be verified. */
public final class FirstSteps implements Checkpoint.Part {

	/** So many steps are recorded. */
	public static final int MOST = 20;

	private final List<Double> losses = new ArrayList<>();
	private final List<Double> rates = new ArrayList<>();
	private boolean repeatable = true;

	void add(final double loss, final double rate) {
		if (losses.size() == MOST) return;
		losses.add(loss);
		rates.add(rate);
	}

	/** Other crops are drawn from here on, so that a repetition would differ. */
	void forget() {
		losses.clear();
		rates.clear();
		repeatable = false;
	}

	boolean isOver() {
		return losses.size() == MOST || !repeatable;
	}

	/** Loss of each step, NaN for a step that was skipped. */
	public List<Double> losses() {
		return List.copyOf(losses);
	}

	/** Learning rate of each step. */
	public List<Double> rates() {
		return List.copyOf(rates);
	}

	@Override
	public void save(final Checkpoint to) {
		to.put("first.losses", losses.toString());
		to.put("first.rates", rates.toString());
		to.put("first.repeatable", String.valueOf(repeatable));
	}

	@Override
	public void restore(final Checkpoint from) throws ModelFormatException {
		losses.clear();
		rates.clear();
		losses.addAll(numbers(from.text("first.losses")));
		rates.addAll(numbers(from.text("first.rates")));
		repeatable = Boolean.parseBoolean(from.text("first.repeatable"));
	}

	private static List<Double> numbers(final String list) throws ModelFormatException {
		final List<Double> numbers = new ArrayList<>();
		try {
			for (final String number : list.replaceAll("[\\[\\]\\s]", "").split(","))
				if (!number.isEmpty()) numbers.add(Double.valueOf(number));
			return numbers;
		}
		catch (final NumberFormatException e) {
			throw new ModelFormatException("The checkpoint is damaged: its first losses are no numbers.",
				e);
		}
	}
}
