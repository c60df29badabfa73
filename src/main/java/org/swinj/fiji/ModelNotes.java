package org.swinj.fiji;

import java.io.IOException;
import java.nio.file.Path;

import org.swinj.workflow.ModelFolds;

/** What a dialog says about the model that is chosen in it. */
public final class ModelNotes {

	private ModelNotes() {}

	/**
	 * One line: classes, voxel size and channels.
	 *
	 * @param model {@code null} if none is chosen yet
	 * @throws IOException with a sentence if it is no model
	 */
	public static String of(final Path model) throws IOException {
		if (model == null) return "Choose a model.";
		final ModelFolds folds = ModelFolds.of(model);
		final int members = folds.members().size();
		return "Model: " + folds.card().summary() + (members == 1 ? "" : "; mean of " + members
			+ " models");
	}
}
