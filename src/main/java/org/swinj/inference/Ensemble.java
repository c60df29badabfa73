package org.swinj.inference;

import java.io.IOException;
import java.util.List;

/**
 * The mean prediction of several networks, for instance of those of the folds of a data set.
 *
 * @param members at least one
 */
public record Ensemble(List<WindowPredictor> members) implements WindowPredictor {

	public Ensemble {
		members = List.copyOf(members);
		if (members.isEmpty()) throw new IllegalArgumentException("An ensemble needs a member.");
	}

	@Override
	public float[][] predict(final float[][] windows) throws IOException {
		final float[][] sums = members.get(0).predict(windows);
		for (final WindowPredictor other : members.subList(1, members.size())) {
			final float[][] logits = other.predict(windows);
			for (int i = 0; i < sums.length; i++)
				for (int v = 0; v < sums[i].length; v++)
					sums[i][v] += logits[i][v];
		}
		for (final float[] sum : sums)
			for (int v = 0; v < sum.length; v++)
				sum[v] /= members.size();
		return sums;
	}
}
