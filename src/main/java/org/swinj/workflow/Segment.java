package org.swinj.workflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

import org.swinj.data.FormatException;
import org.swinj.data.Volume;
import org.swinj.data.VolumeReader;
import org.swinj.progress.Progress;
import org.swinj.result.LabelImage;
import org.swinj.result.ObjectLabels;
import org.swinj.result.ResultFiles;
import org.swinj.result.SegmentedFrame;

/**
 * Segments volume files and writes label volumes and, beside them, regions, tables and pictures.
 *
 * <pre>
 * new Segment(SegmentSettings.of(input, model, output), progress).run();
 * </pre>
 */
public final class Segment {

	private final SegmentSettings settings;
	private final VolumeReader reader;
	private final Progress progress;
	private final long start = System.nanoTime();
	private final List<String> failures = new ArrayList<>();
	private final BatchReport report = new BatchReport();
	private long voxels;
	private int volumes;

	/** @throws IllegalArgumentException if the input is missing */
	public Segment(final SegmentSettings settings, final Progress progress) {
		this(settings, new VolumeReader(progress), progress);
	}

	/**
	 * @param reader opens the volumes
	 * @throws IllegalArgumentException if the input is missing
	 */
	public Segment(final SegmentSettings settings, final VolumeReader reader,
		final Progress progress)
	{
		Check.present(settings.input(), "input", "the volume or folder to segment");
		this.settings = settings;
		this.reader = settings.replaceNan() ? reader : reader.strict();
		this.progress = progress;
	}

	/**
	 * Segments one file, or every volume of a folder; a volume of a folder that cannot be segmented is
	 * reported and left out. What became of each is in {@code segmentation.csv} of the output folder.
	 *
	 * @throws FormatException if there is no volume, or the only one cannot be read
	 * @throws IllegalArgumentException if the output is missing
	 * @throws org.swinj.model.ModelFormatException if the model is damaged, foreign or cannot segment
	 * @throws org.swinj.progress.CancelledException when the user asked to stop; volumes that were
	 *           finished stay
	 */
	public SegmentResult run() throws IOException {
		SegmentJob.checkInput(settings.input());
		Check.present(settings.output(), "output", "where to save the labels");
		ModelFolds.of(settings.model());
		final List<SegmentJob> jobs = SegmentJob.find(settings.input(), settings.output());
		try (Segmenter segmenter = Segmenter.open(settings.model(), settings.device(), settings
			.precision(), progress))
		{
			for (int i = 0; i < jobs.size(); i++) {
				progress.checkCancelled();
				final String name = jobs.get(i).input().getFileName().toString();
				progress.stage(jobs.size() == 1 ? "Segmenting " + name : "Segmenting " + name + " (" + (i + 1)
					+ " of " + jobs.size() + ")");
				runOne(jobs.get(i), segmenter, jobs.size() > 1);
			}
			if (Files.isDirectory(settings.input())) report.write(settings.output());
			return new SegmentResult(settings.output(), volumes, failures, voxels, (System.nanoTime()
				- start) * 1e-9, segmenter.device());
		}
	}

	private void runOne(final SegmentJob job, final Segmenter segmenter, final boolean goOn)
		throws IOException
	{
		final String name = job.input().getFileName().toString();
		if (settings.resume() && isFinished(job.output())) {
			progress.info("\"" + name + "\" is finished already");
			report.add(name, "finished before", 0, "");
			return;
		}
		final long begin = System.nanoTime();
		try {
			try {
				segment(job, segmenter);
			}
			catch (final UncheckedIOException e) { // of planes that are read late
				throw e.getCause();
			}
			volumes++;
			report.add(name, "done", (System.nanoTime() - begin) * 1e-9, "");
		}
		catch (final FormatException | IllegalArgumentException | ArithmeticException e) {
			if (!goOn) throw e;
			progress.warn(e.getMessage());
			failures.add(e.getMessage());
			report.add(name, "failed", (System.nanoTime() - begin) * 1e-9, e.getMessage());
		}
	}

	/** Whether the labels are there and all that is written after them. */
	private boolean isFinished(final Path labels) {
		return Files.exists(labels) && (!settings.rois() || isThere(labels, ResultFiles.ROIS))
			&& (!settings.table() || isThere(labels, ResultFiles.TABLE)) && (!settings.overlay() || isThere(
				labels, ResultFiles.OVERLAY)) && (!settings.hasObjects() || isThere(labels, ResultFiles.OBJECTS));
	}

	private static boolean isThere(final Path labels, final String ending) {
		return Files.exists(ResultFiles.beside(labels, ending));
	}

	private void segment(final SegmentJob job, final Segmenter segmenter) throws IOException {
		final List<Volume> frames = reader.readFrames(job.input());
		final String name = job.input().getFileName().toString();
		ResultFiles.checkTimePoints(job.output(), name, frames.size());
		final List<LabelImage> labels = new ArrayList<>();
		final List<SegmentedFrame> measured = new ArrayList<>();
		RandomAccessibleInterval<FloatType> probabilities = null; // of the first frame
		for (final Volume frame : frames) {
			final Segmentation found = segmenter.segment(frame, settings.overlap(), settings.mirror(), settings
				.probabilities() && labels.isEmpty(), settings.table());
			if (labels.isEmpty()) probabilities = found.probabilities();
			measured.add(new SegmentedFrame(frame, found.confidence()));
			labels.add(LabelImage.of(name, found.labels(), frame.geometry()));
			voxels += frame.size()[0] * frame.size()[1] * frame.size()[2];
		}
		progress.stage("Writing " + job.output().getFileName());
		final LabelImage all = LabelImage.series(labels);
		final ResultFiles files = new ResultFiles(all, CardClasses.of(segmenter.card()), measured, job
			.output(), progress);
		files.writeLabels(); // first, so that a disk that is full leaves all earlier results as they were
		final ObjectLabels objects = settings.hasObjects() ? ObjectLabels.of(all, settings.objects(),
			progress) : null;
		if (settings.rois()) files.writeRois(objects);
		if (settings.table()) files.writeTable();
		if (settings.overlay()) files.writeOverlay();
		if (objects != null) files.writeObjects(objects);
		if (settings.probabilities()) files.writeProbabilities(probabilities);
	}
}
