package org.swinj.workflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.swinj.model.ModelCard;
import org.swinj.model.ModelFormatException;
import org.swinj.model.SwinModel;
import org.swinj.progress.Progress;

/**
 * Looks whether a model could have come from what it says: compares the files it was trained on with
 * their hashes, and repeats the first steps of its training.
 */
public final class Verify {

	private static final int MOST_NAMES = 5;

	private final VerifySettings settings;
	private final Progress progress;
	private final List<String> changed = new ArrayList<>();
	private final List<String> missing = new ArrayList<>();

	public Verify(final VerifySettings settings, final Progress progress) {
		this.settings = settings;
		this.progress = progress;
	}

	/**
	 * Verifies; writes nothing.
	 *
	 * @throws ModelFormatException if the model is damaged or has no manifest
	 * @throws IOException if the data cannot be trained on any more
	 * @throws org.swinj.progress.CancelledException when the user asked to stop
	 */
	public VerifyResult run() throws IOException {
		final ModelCard card = SwinModel.readCard(settings.model());
		final Manifest manifest = Manifest.of(card, settings.model());
		final JsonObject options = options(manifest);
		final Path folder = folder(options);
		if (!Files.isDirectory(folder)) return failed(manifest, "the folder \"" + folder
			+ "\" of its data is not there: data= says where they are now; copies of open images are gone");
		compareFiles(manifest, folder);
		if (!missing.isEmpty()) return failed(manifest, names(missing, "missing"));
		if (!changed.isEmpty()) return failed(manifest, names(changed, "not as it was"));
		tellOtherVersions(manifest);
		final int steps = Math.min(settings.steps(), manifest.losses().size());
		final String files = manifest.files().size() + (manifest.files().size() == 1
			? " input file is unchanged" : " input files are unchanged");
		if (steps == 0) return settings.steps() == 0 ? new VerifyResult("Verified: " + files + ".", true,
			manifest.files().size(), changed, missing, 0, 0, "") : failed(manifest, files
				+ ", but the model has no first losses that can be repeated");
		return compare(manifest, new Repetition(settings.model(), manifest, options, progress), steps,
			files);
	}

	private VerifyResult failed(final Manifest manifest, final String reason) {
		return new VerifyResult("Not verified: " + reason + ".", false, manifest.files().size(), changed,
			missing, 0, 0, "");
	}

	private VerifyResult compare(final Manifest manifest, final Repetition repetition,
		final int steps, final String files) throws IOException
	{
		final List<Double> losses = repetition.losses(steps);
		int equal = 0;
		while (equal < steps && losses.get(equal).equals(manifest.losses().get(equal)))
			equal++;
		final boolean all = equal == steps;
		final String verdict = all ? "Verified: " + files + ", and the first " + (steps == 1 ? "loss is"
			: steps + " losses are") + " equal to the last bit." : "Not verified: " + files
				+ ", but the loss of step " + (equal + 1) + " is " + losses.get(equal) + " instead of " + manifest
					.losses().get(equal) + " (recorded on " + manifest.device() + ").";
		return new VerifyResult(verdict, all, manifest.files().size(), changed, missing, steps, equal,
			manifest.device());
	}

	/** The settings of the training, with the data folder where it is now. */
	private JsonObject options(final Manifest manifest) {
		final JsonObject options = manifest.options().deepCopy();
		if (settings.data() == null) return options;
		final String place = settings.data().toAbsolutePath().normalize().toString();
		if (options.get("data") instanceof JsonArray) {
			final JsonArray places = new JsonArray();
			places.add(place);
			options.add("data", places);
		}
		else options.addProperty("data", place);
		return options;
	}

	/** What names of files are relative to. */
	private Path folder(final JsonObject options) throws ModelFormatException {
		final JsonElement data = options.get("data");
		try {
			return InputFiles.folder(Path.of(data instanceof JsonArray places ? places.get(0)
				.getAsString() : data.getAsString()));
		}
		catch (final RuntimeException e) {
			throw new ModelFormatException("Model \"" + settings.model()
				+ "\" is damaged: its manifest names no data.", e);
		}
	}

	private void compareFiles(final Manifest manifest, final Path folder) throws IOException {
		final List<Path> present = new ArrayList<>();
		for (final InputFile file : manifest.files()) {
			final Path path = folder.resolve(file.path());
			if (!Files.isRegularFile(path)) missing.add(file.path());
			else if (file.sha256().isEmpty() || Files.size(path) != file.bytes()) changed.add(file.path());
			else present.add(path);
		}
		if (!missing.isEmpty() || !changed.isEmpty()) return;
		final List<String> hashes = InputFiles.hashes(present, progress);
		for (int i = 0; i < hashes.size(); i++)
			if (!hashes.get(i).equals(manifest.files().get(i).sha256())) changed.add(manifest.files().get(i)
				.path());
	}

	private static String names(final List<String> files, final String what) {
		final String few = String.join(", ", files.subList(0, Math.min(MOST_NAMES, files.size())));
		return files.size() == 1 ? "1 input file is " + what + ": " + few : files.size()
			+ " input files are " + what + ": " + few + (files.size() > MOST_NAMES ? " and others" : "");
	}

	private void tellOtherVersions(final Manifest manifest) {
		for (final Map.Entry<String, JsonElement> now : Provenance.versionsByName().entrySet()) {
			final JsonElement then = manifest.versions().get(now.getKey());
			if (!now.getValue().equals(then)) progress.info(now.getKey() + " is " + now.getValue()
				.getAsString() + "; the model was trained with " + (then == null ? "another" : then
					.getAsString()));
		}
	}
}
