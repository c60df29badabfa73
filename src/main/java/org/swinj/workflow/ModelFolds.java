package org.swinj.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.swinj.model.ModelCard;
import org.swinj.model.ModelFormatException;
import org.swinj.model.SwinModel;

/**
 * A model, or the models that a cross-validation left in {@code fold-1}, {@code fold-2} … of a folder.
 *
 * @param members models that take the same images and give the same classes, at least one
 * @param card of the first
 */
public record ModelFolds(List<Path> members, ModelCard card) {

	/**
	 * Finds the models.
	 *
	 * @throws ModelFormatException if there is none, or they do not belong together
	 */
	public static ModelFolds of(final Path model) throws IOException {
		final List<Path> members = new ArrayList<>();
		for (int i = 1; SwinModel.isModel(fold(model, i)); i++)
			members.add(fold(model, i));
		if (members.isEmpty() || SwinModel.isModel(model)) return new ModelFolds(List.of(model), SwinModel
			.readCard(model));
		final ModelCard first = SwinModel.readCard(members.get(0));
		for (final Path member : members) {
			final String differs = first.differs(SwinModel.readCard(member));
			if (differs != null) throw new ModelFormatException("Models \"" + members.get(0) + "\" and \""
				+ member + "\" cannot be averaged: they differ in " + differs + ".");
		}
		return new ModelFolds(members, first);
	}

	/** Where a cross-validation keeps the model of a fold, counted from 1. */
	static Path fold(final Path folder, final int number) {
		return folder.resolve("fold-" + number);
	}
}
