package org.swinj.workflow;

import java.io.IOException;

import org.swinj.network.SwinUnetr;
import org.swinj.progress.TrainingWatcher;

/** Shows a watcher of a fine-tuning what the network finds in one volume. */
final class FineTunePreview {

	private final Validation validation;
	private final boolean heldBack;
	private final int[] colors;
	private final TrainingWatcher watcher;

	/**
	 * @param validation of the volumes of which the first is shown
	 * @param heldBack whether the training validates with it, so that predictions are there
	 * @param colors of the classes as 0xrrggbb
	 */
	FineTunePreview(final Validation validation, final boolean heldBack, final int[] colors,
		final TrainingWatcher watcher)
	{
		this.validation = validation;
		this.heldBack = heldBack;
		this.colors = colors;
		this.watcher = watcher;
	}

	/** Shows image and labels, without a prediction. */
	void begin() {
		if (watcher.wantsPreviews()) show(0, validation.firstBlock());
	}

	/** Shows what is predicted now. */
	void show(final int step, final SwinUnetr network) throws IOException {
		if (watcher.wantsPreviews()) show(step, heldBack ? validation.latest() : validation.predictFirst(
			network));
	}

	private void show(final int step, final PredictedBlock block) {
		watcher.preview(block.preview("\"" + block.volume().id() + "\", " + (heldBack ? "held back"
			: "one of the training"), step, colors));
	}
}
