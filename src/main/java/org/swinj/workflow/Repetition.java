package org.swinj.workflow;

import com.google.gson.JsonObject;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.swinj.backend.ThreadCount;
import org.swinj.model.ModelFormatException;
import org.swinj.progress.Progress;

/**
 * Repeats the first steps of the training that a model came from.
 *
 * @param model whose plan is followed
 * @param manifest of the model
 * @param options settings of the training
 */
record Repetition(Path model, Manifest manifest, JsonObject options, Progress progress) {

	private static final int MOST_THREADS = 1024;

	/** @return loss of each of the first steps, NaN for one that was skipped */
	List<Double> losses(final int steps) throws IOException {
		final JsonObject same = options.deepCopy();
		same.addProperty("precision", manifest.precision()); // what "auto" was then
		final List<Double> rates = manifest.rates().subList(0, steps);
		Provenance.versions(); // starts the engine
		try (ThreadCount threads = new ThreadCount(Math.max(1, Math.min(MOST_THREADS, manifest
			.threads()))))
		{
			if (manifest.kind().equals(FineTune.KIND)) return new FineTune(fineTuning(same), progress).replay(
				rates);
			if (manifest.kind().equals(Pretrain.KIND)) return new Pretrain(RecordJson.read(same,
				PretrainSettings.class), progress).replay(rates);
		}
		catch (final IllegalArgumentException e) {
			throw new ModelFormatException("Model \"" + model + "\" cannot be verified: " + e.getMessage(), e);
		}
		throw new ModelFormatException("Model \"" + model + "\" is damaged: its manifest is of the kind \""
			+ manifest.kind() + "\".");
	}

	/** By the plan in the model; a preset says more than the plan. */
	private FineTuneSettings fineTuning(final JsonObject same) {
		final boolean preset = !same.get("preset").getAsString().isEmpty();
		if (!preset) {
			same.addProperty("plan", model.toAbsolutePath().toString());
			same.addProperty("patch", ""); // which may have become smaller
		}
		return RecordJson.read(same, FineTuneSettings.class);
	}
}
