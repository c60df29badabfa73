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
import org.swinj.progress.Progress;
import org.swinj.workflow.Devices;
import org.swinj.workflow.ModelFolds;
import org.swinj.workflow.SegmentForecast;
import org.swinj.workflow.Segmenter;

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
		final boolean mirror, final String device) throws IOException
	{
		final List<String> lines = new ArrayList<>();
		final OpenImage open = OpenImage.find(input);
		lines.add(ModelNotes.of(model));
		if (model != null) {
			final ModelFolds folds = ModelFolds.of(model);
			if (open != null && !folds.card().encoderOnly()) lines.addAll(work(open, folds, overlap, mirror,
				device));
		}
		lines.add("Device: " + Devices.describe(device));
		return lines;
	}

	private List<String> work(final OpenImage open, final ModelFolds folds, final double overlap,
		final boolean mirror, final String device) throws IOException
	{
		final SegmentForecast forecast = forecast(open, folds.card(), overlap);
		final List<String> lines = new ArrayList<>(forecast.describe());
		final double each = prefs.getDouble(SegmentNotes.class, key(folds.card(), device), 0);
		lines.add(each > 0 ? "Time: about " + text(each * predictions(forecast, folds, mirror))
			: "Time: not known before the first run with such a model");
		return lines;
	}

	/** How often a network is used. */
	private static long predictions(final SegmentForecast forecast, final ModelFolds folds,
		final boolean mirror) throws IOException
	{
		return forecast.windows() * folds.members().size() * (mirror ? Segmenter.mirrorImages(folds
			.card()) : 1);
	}

	private static SegmentForecast forecast(final OpenImage open, final ModelCard card,
		final double overlap) throws IOException
	{
		return new SegmentForecast(card, ImagePlusVolume.of(open.image(), 1, Progress.silent()),
			ImagePlusVolume.frames(open.image()), overlap);
	}

	/** Keeps how long a run took, for the next dialog. */
	public void remember(final OpenImage open, final Path model, final double overlap,
		final boolean mirror, final String device, final double seconds) throws IOException
	{
		final ModelFolds folds = ModelFolds.of(model);
		prefs.put(SegmentNotes.class, key(folds.card(), device), seconds / predictions(forecast(open, folds
			.card(), overlap), folds, mirror));
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
