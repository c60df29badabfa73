package org.swinj.workflow;

import com.google.gson.JsonObject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import org.swinj.data.FormatException;
import org.swinj.data.PartialPlan;
import org.swinj.data.PlanJson;
import org.swinj.model.SwinModel;

/**
 * What the user settled of a plan by a file.
 *
 * @param parts nothing if no file was given
 * @param origin where it comes from, for messages
 */
record GivenPlan(PartialPlan parts, String origin) {

	/**
	 * Reads a plan file, or the plan of a model.
	 *
	 * @param source {@code null} for none
	 * @throws FormatException if there is no plan, or it has an unknown key or an impossible value
	 */
	static GivenPlan read(final Path source) throws IOException {
		if (source == null) return new GivenPlan(PartialPlan.none(), "");
		final String name = String.valueOf(source.getFileName());
		final boolean folder = Files.isDirectory(source);
		final Path file = folder ? source.resolve(PlanJson.FILE) : source;
		final boolean model = folder ? !Files.exists(file) : name.toLowerCase(Locale.ROOT).endsWith(
			".zip");
		return new GivenPlan(model ? ofModel(source) : PlanJson.read(file), name);
	}

	private static PartialPlan ofModel(final Path model) throws IOException {
		final JsonObject plan = SwinModel.readCard(model).plan();
		if (plan == null) throw new FormatException("Model \"" + model
			+ "\" has no plan: it was not made by fine-tuning, or before plans were kept.");
		return PlanJson.parse(plan, model.toString());
	}
}
