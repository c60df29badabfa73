package org.swinj.training;

import java.util.Locale;

import org.swinj.model.ModelFormatException;

/**
 * Watches for losses and gradients that are not numbers. A single one is skipped; several in a row
 * call for the last good state and half the learning rate; when that does not help again and again,
 * the training ends.
 */
final class LossGuard implements Checkpoint.Part {

	private static final int BAD_IN_A_ROW = 5;
	private static final int MOST_RESCUES = 4; // without the training being well for a while
	private static final int WELL = 100; // steps

	private double factor = 1;
	private int bad; // steps in a row
	private int good; // steps since the last rescue
	private int rescues;

	/** What the learning rate is multiplied by. */
	double factor() {
		return factor;
	}

	/** Whether the latest steps had a loss. */
	boolean isWell() {
		return bad == 0;
	}

	/**
	 * Looks at a step.
	 *
	 * @return whether the last good state is needed; the rate is lower from now on
	 * @throws ArithmeticException if that did not help several times
	 */
	boolean isRescueDue(final int step, final double loss, final double rate) {
		if (Double.isFinite(loss)) {
			bad = 0;
			if (++good == WELL) rescues = 0;
			return false;
		}
		if (++bad < BAD_IN_A_ROW) return false;
		bad = 0;
		good = 0;
		if (++rescues == MOST_RESCUES) throw new ArithmeticException(String.format(Locale.ROOT,
			"The loss was not a number in %d of the last steps up to step %d, although the learning rate " +
				"was lowered to %.2g: look for damaged intensities in the data, or give a lower rate=.",
			BAD_IN_A_ROW * MOST_RESCUES, step, rate));
		factor /= 2;
		return true;
	}

	@Override
	public void save(final Checkpoint to) {
		to.put("guard.factor", factor);
		to.put("guard.bad", bad);
		to.put("guard.good", good);
		to.put("guard.rescues", rescues);
	}

	@Override
	public void restore(final Checkpoint from) throws ModelFormatException {
		factor = from.number("guard.factor");
		bad = (int) from.number("guard.bad");
		good = (int) from.number("guard.good");
		rescues = (int) from.number("guard.rescues");
	}
}
