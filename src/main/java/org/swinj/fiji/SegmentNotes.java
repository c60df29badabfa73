package org.swinj.fiji;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.scijava.prefs.PrefService;

import org.swinj.data.ImagePlusVolume;
import org.swinj.model.ModelCard;
import org.swinj.model.SwinModel;
import org.swinj.progress.Progress;
import org.swinj.workflow.Devices;
import org.swinj.workflow.SegmentForecast;

/** What the dialog of Segment says about the run; times are those of earlier runs here. */
public final class SegmentNotes {

	private final PrefService prefs;

	public SegmentNotes(final PrefService prefs) {
		this.prefs = prefs;
	}

	/**
	 * Lines about model, image, work and device.
	 *
	 * @param input title of an open image; for anything else nothing is said about it
	 * @param model {@code null} if none is chosen yet
	 */
	public List<String> lines(final String input, final Path model, final double overlap,
		final String device) throws IOException
	{
		final List<String> lines = new ArrayList<>();
		final OpenImage open = OpenImage.find(input);
		if (model == null) lines.add("Choose a model.");
		else {
			final ModelCard card = SwinModel.readCard(model);
			lines.add("Model: " + card.summary());
			if (open != null && !card.encoderOnly()) lines.addAll(work(open, card, overlap, device));
		}
		lines.add("Device: " + Devices.describe(device));
		return lines;
	}

	private List<String> work(final OpenImage open, final ModelCard card, final double overlap,
		final String device) throws IOException
	{
		final SegmentForecast forecast = forecast(open, card, overlap);
		final List<String> lines = new ArrayList<>(forecast.describe());
		final double each = prefs.getDouble(SegmentNotes.class, key(card, device), 0);
		lines.add(each > 0 ? "Time: about " + text(each * forecast.windows())
			: "Time: not known before the first run with such a model");
		return lines;
	}

	private static SegmentForecast forecast(final OpenImage open, final ModelCard card,
		final double overlap) throws IOException
	{
		return new SegmentForecast(card, ImagePlusVolume.of(open.image(), 1, Progress.silent()),
			ImagePlusVolume.frames(open.image()), overlap);
	}

	/** Keeps how long a run took, for the next dialog. */
	public void remember(final OpenImage open, final Path model, final double overlap,
		final String device, final double seconds) throws IOException
	{
		final ModelCard card = SwinModel.readCard(model);
		prefs.put(SegmentNotes.class, key(card, device), seconds / forecast(open, card, overlap)
			.windows());
	}

	private static String key(final ModelCard card, final String device) {
		return device + " " + card.architecture().featureSize() + " " + Arrays.toString(card
			.patchSize());
	}

	private static String text(final double seconds) {
		return seconds < 90 ? Math.max(1, Math.round(seconds)) + " s" : String.format(Locale.ROOT,
			"%.0f min", seconds / 60);
	}
}
