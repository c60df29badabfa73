package org.swinj.workflow;

import com.google.gson.JsonObject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.swinj.data.Dataset;
import org.swinj.data.FormatException;
import org.swinj.data.PartialPlan;
import org.swinj.data.PlanJson;
import org.swinj.data.Preset;
import org.swinj.model.SwinModel;
import org.swinj.progress.Progress;

/**
 * What the user settled by a plan file or by the name of a public data set.
 *
 * @param parts of the plan; nothing if neither was given
 * @param origin where they come from, for messages
 * @param preset the public data set, {@code null} for none
 */
record GivenPlan(PartialPlan parts, String origin, Preset preset) {

	/**
	 * Reads the preset, the plan file, or the plan of a model.
	 *
	 * @throws IllegalArgumentException if there is no preset of this name
	 * @throws FormatException if there is no plan, or it has an unknown key or an impossible value
	 */
	static GivenPlan of(final FineTuneSettings settings) throws IOException {
		if (!settings.preset().isEmpty()) {
			final Preset preset = Preset.of(settings.preset());
			return new GivenPlan(preset.plan(), "preset " + preset.name(), preset);
		}
		final Path source = settings.plan();
		if (source == null) return new GivenPlan(PartialPlan.none(), "", null);
		final String name = String.valueOf(source.getFileName());
		final boolean folder = Files.isDirectory(source);
		final Path file = folder ? source.resolve(PlanJson.FILE) : source;
		final boolean model = folder ? !Files.exists(file) : name.toLowerCase(Locale.ROOT).endsWith(
			".zip");
		return new GivenPlan(model ? ofModel(source) : PlanJson.read(file), folder || model
			? "the plan of " + name : name, null);
	}

	private static PartialPlan ofModel(final Path model) throws IOException {
		final JsonObject plan = SwinModel.readCard(model).plan();
		if (plan == null) throw new FormatException("Model \"" + model
			+ "\" has no plan: it was not made by fine-tuning, or before plans were kept.");
		return PlanJson.parse(plan, model.toString());
	}

	/**
	 * The data to train on, with the names of the preset where they have none.
	 *
	 * @throws FormatException if there are none, or they do not fit the preset
	 */
	Dataset dataset(final FineTuneSettings settings, final Progress progress) throws IOException {
		if (preset != null) progress.info("Preset " + preset.name() + " is for a folder with "
			+ preset.layout() + ". " + preset.source());
		final Dataset data = Dataset.open(settings.data(), settings.ignore(), progress);
		return preset == null ? data : preset.name(data);
	}

	/** What to hold back: as the published split does, unless something else is asked for. */
	String validation(final FineTuneSettings settings, final Dataset data,
		final Progress progress)
	{
		if (preset == null || preset.validation().isEmpty() || !settings.validation().equals(
			FineTuneSettings.VALIDATION)) return settings.validation();
		final List<String> published = preset.heldBack(data.cases());
		progress.info(published.isEmpty()
			? "The published split is not used, as cases that it holds back are missing"
			: "Held back as in the published split: " + String.join(", ", published));
		return published.isEmpty() ? settings.validation() : String.join(",", published);
	}
}
