package org.swinj.workflow;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.swinj.data.AtomicFile;
import org.swinj.model.ModelFormatException;
import org.swinj.progress.Preview;
import org.swinj.progress.Progress;
import org.swinj.progress.TrainingWatcher;
import org.swinj.result.PreviewPicture;
import org.swinj.training.Checkpoint;
import org.swinj.training.PretextObjective;
import org.swinj.training.PretextPreview;
import org.swinj.training.TaskLosses;
import org.swinj.training.TrainingListener;

/** Watches a pretraining: records the losses of the tasks and passes on previews. */
final class PretrainCurve implements TrainingListener {

	/** In the folder of a model. */
	static final String FILE = "training.csv";

	private static final int STEPS_PER_LINE = 10;

	private PretextObjective objective;
	private final TrainingWatcher watcher;
	private final Progress progress;
	private final List<String> curve = new ArrayList<>(List.of(
		"step,seconds,loss,rate,inpainting,contrast,rotation,position"));
	private final long start = System.nanoTime();
	private double earlier; // seconds before an interruption
	private double lossSum;
	private int summed;
	private double latestRate;
	private TaskLosses latest = new TaskLosses(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
	private PretextPreview preview;

	/** @param watcher sees the losses, and at the validations of the run what the network rebuilds */
	PretrainCurve(final TrainingWatcher watcher, final Progress progress) {
		this.watcher = watcher;
		this.progress = progress;
	}

	/** The losses are those of this objective from now on. */
	void watch(final PretextObjective other) {
		objective = other;
	}

	@Override
	public void stepDone(final int step, final double loss, final double rate) {
		lossSum += loss;
		summed++;
		latestRate = rate;
		if (summed == STEPS_PER_LINE) addLine(step);
	}

	private void addLine(final int step) {
		latest = objective.takeLosses();
		curve.add(String.format(Locale.ROOT, "%d,%.1f,%.5f,%.3g,%s,%s,%s,%s", step, seconds(), lossSum
			/ summed, latestRate, text(latest.inpainting()), text(latest.contrast()), text(latest
				.rotation()), text(latest.position())));
		lossSum = 0;
		summed = 0;
		draw(step, "inpainting", latest.inpainting());
		draw(step, "contrast", latest.contrast());
		draw(step, "rotation", latest.rotation());
		draw(step, "position", latest.position());
	}

	private void draw(final int step, final String task, final double loss) {
		if (!Double.isNaN(loss)) watcher.point(task, step, loss);
	}

	private static String text(final double loss) {
		return Double.isNaN(loss) ? "" : String.format(Locale.ROOT, "%.5f", loss);
	}

	@Override
	public void validate(final int step, final boolean last) throws IOException {
		if (summed > 0) addLine(step);
		progress.info(String.format(Locale.ROOT, "Step %d: inpainting %s, contrast %s, rotation %s%s", step,
			orOff(latest.inpainting()), orOff(latest.contrast()), orOff(latest.rotation()), Double.isNaN(
				latest.position()) ? "" : ", position " + orOff(latest.position())));
		preview = objective.preview();
		if (preview != null && watcher.wantsPreviews()) show(step);
	}

	private void show(final int step) {
		watcher.preview(new Preview("A crop of the data", step, List.of("Image", "Shown to the network",
			"Rebuilt"), preview.size()[2], preview.size()[2] / 2, pictures()::slice));
	}

	private static String orOff(final double loss) {
		return Double.isNaN(loss) ? "off" : String.format(Locale.ROOT, "%.4f", loss);
	}

	@Override
	public void save(final Checkpoint to) {
		to.put("curve", String.join("\n", curve));
		to.put("curve.loss", lossSum);
		to.put("curve.summed", summed);
		to.put("curve.rate", latestRate);
		to.put("curve.seconds", seconds());
		to.put("latest.inpainting", latest.inpainting());
		to.put("latest.contrast", latest.contrast());
		to.put("latest.rotation", latest.rotation());
		to.put("latest.position", latest.position());
	}

	@Override
	public void restore(final Checkpoint from) throws ModelFormatException {
		curve.clear();
		curve.addAll(from.text("curve").lines().toList());
		lossSum = from.number("curve.loss");
		summed = (int) from.number("curve.summed");
		latestRate = from.number("curve.rate");
		earlier = from.number("curve.seconds");
		latest = new TaskLosses(from.number("latest.inpainting"), from.number("latest.contrast"), from
			.number("latest.rotation"), from.number("latest.position"));
	}

	/** What the training of a model took, as its folder tells; 0 if it does not. */
	static double seconds(final Path model) throws IOException {
		final Path file = model.resolve(FILE);
		if (!Files.isRegularFile(file)) return 0;
		final List<String> lines = Files.readAllLines(file);
		if (lines.isEmpty()) return 0;
		final String[] last = lines.get(lines.size() - 1).split(",");
		return last.length > 1 && last[1].matches("[0-9.]+") ? Double.parseDouble(last[1]) : 0;
	}

	/** Losses of the tasks in the last steps. */
	TaskLosses latest() {
		return latest;
	}

	/** Crop, what was shown of it, what was rebuilt; {@code null} without inpainting. */
	BufferedImage picture() {
		return preview == null ? null : pictures().middle();
	}

	private PreviewPicture pictures() {
		return new PreviewPicture(preview.size(), preview.image()).add(preview.masked()).add(preview
			.rebuilt());
	}

	/** The last preview, {@code null} if there was none. */
	PretextPreview preview() {
		return preview;
	}

	/** Writes the losses over the steps as CSV. */
	void write(final Path file) throws IOException {
		AtomicFile.write(file, out -> out.write((String.join("\n", curve) + "\n").getBytes(
			StandardCharsets.UTF_8)));
	}

	private double seconds() {
		return earlier + (System.nanoTime() - start) * 1e-9;
	}
}
