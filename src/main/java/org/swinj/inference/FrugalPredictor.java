package org.swinj.inference;

import java.io.IOException;
import java.util.Arrays;

import org.swinj.backend.DeviceMemory;
import org.swinj.progress.Progress;

/**
 * A predictor whose device may have too little memory: then fewer windows are predicted at once, and
 * at last another predictor goes on, each with a notice. No window is predicted twice or lost.
 */
public final class FrugalPredictor implements WindowPredictor {

	/** Another predictor of the same logits, made when it is needed. */
	@FunctionalInterface
	public interface Other {

		WindowPredictor open() throws IOException;
	}

	private final String device;
	private final Progress progress;
	private WindowPredictor predictor;
	private Other other;
	private int most = Integer.MAX_VALUE; // windows at once

	/**
	 * @param device where the predictor runs, for notices
	 * @param other what needs less of that memory, {@code null} for nothing
	 */
	public FrugalPredictor(final WindowPredictor predictor, final String device, final Other other,
		final Progress progress)
	{
		this.predictor = predictor;
		this.device = device;
		this.other = other;
		this.progress = progress;
	}

	/** @throws IOException if there is too little memory for a single window, and no other predictor */
	@Override
	public float[][] predict(final float[][] windows) throws IOException {
		final float[][] logits = new float[windows.length][];
		for (int from = 0; from < windows.length;) {
			final int count = Math.min(most, windows.length - from);
			try {
				final float[][] some = predictor.predict(Arrays.copyOfRange(windows, from, from + count));
				if (count == windows.length) return some;
				for (int i = 0; i < count; i++)
					logits[from + i] = some[i].clone();
				from += count;
			}
			catch (final RuntimeException | OutOfMemoryError e) {
				if (!DeviceMemory.isShort(e)) throw e;
				useLess(count, e);
			}
		}
		return logits;
	}

	private void useLess(final int windows, final Throwable shortage) throws IOException {
		final String begin = device + " has too little memory for " + (windows == 1 ? "a window"
			: windows + " windows at once");
		if (windows > 1) {
			most = windows / 2;
			progress.warn(begin + ": " + most + (most == 1 ? " is" : " are") + " predicted at once.");
		}
		else if (other != null) {
			progress.warn(begin + ": the CPU goes on from here, more slowly.");
			predictor = other.open();
			other = null;
			most = Integer.MAX_VALUE;
		}
		else throw new IOException(begin + ": close other programs, or use a model of smaller patches.",
			shortage);
	}
}
