package org.swinj.inference;

import java.io.IOException;

import org.swinj.progress.Progress;

/**
 * Applies a predictor to a volume window by window and blends the logits where windows overlap
 * (MONAI {@code sliding_window_inference}). The result is the same for every batch size.
 *
 * <pre>
 * ArgMaxSink labels = new ArgMaxSink(source.size());
 * new SlidingWindow(WindowSettings.of(new int[] { 96, 96, 96 }, 0.5), progress)
 * 	.run(source, network, 14, labels);
 * </pre>
 */
public final class SlidingWindow {

	private final WindowSettings settings;
	private final Progress progress;

	/** @param progress hears of every batch, counted in windows, and can cancel between batches */
	public SlidingWindow(final WindowSettings settings, final Progress progress) {
		this.settings = settings;
		this.progress = progress;
	}

	/**
	 * Predicts a volume. The next batch is read while the present one is predicted; predictor and sink
	 * are called by the calling thread.
	 *
	 * @param source the volume
	 * @param predictor maps windows to logits
	 * @param classes number of classes that the predictor returns
	 * @param sink takes the blended logits
	 * @throws IOException from source, predictor or sink
	 * @throws org.swinj.progress.CancelledException when the user asked to stop
	 */
	public void run(final WindowSource source, final WindowPredictor predictor, final int classes,
		final PlaneSink sink) throws IOException
	{
		final WindowGrid grid = new WindowGrid(settings.window(), source.size(), settings.overlap());
		final float[] weights = settings.weights().of(settings.window());
		try (SlabAccumulator slab = new SlabAccumulator(source.size(), settings.window(), weights, classes,
			sink); BatchReader reader = new BatchReader(source, grid, settings, progress)) {
			for (WindowBatch batch = reader.next(); !batch.isEmpty(); batch = reader.next()) {
				final float[][] predictions = predictor.predict(batch.windows());
				check(predictions, batch.windows().length, Math.multiplyExact(classes, weights.length));
				for (int i = 0; i < predictions.length; i++)
					slab.add(batch.positions()[i], predictions[i]);
				progress.update(batch.passed(), grid.count(), "Window " + batch.passed() + " of " + grid
					.count());
			}
			slab.finish();
		}
	}

	private static void check(final float[][] predictions, final int windows, final int values) {
		if (predictions.length != windows) throw new IllegalStateException("The network returned " +
			predictions.length + " predictions for " + windows + " windows.");
		for (final float[] prediction : predictions)
			if (prediction.length != values) throw new IllegalStateException("The network returned " +
				prediction.length + " values for a window instead of " + values + ".");
	}
}
