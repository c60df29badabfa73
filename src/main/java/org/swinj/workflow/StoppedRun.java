package org.swinj.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.swinj.data.DiskSpace;
import org.swinj.data.FormatException;
import org.swinj.model.ModelCard;
import org.swinj.model.SwinModel;
import org.swinj.model.Training;
import org.swinj.progress.Progress;
import org.swinj.training.Checkpoint;
import org.swinj.training.CheckpointFile;
import org.swinj.training.Trainer;

/**
 * What an earlier training of the same output left.
 *
 * @param file where checkpoints of the output are kept
 * @param checkpoint what to go on from, {@code null} for a new beginning
 * @param finished the training of the model that is there already, {@code null} if there is something
 *          to do
 */
record StoppedRun(CheckpointFile file, Checkpoint checkpoint, Training finished) {

	private static final String OPTION = "resume=true (field \"Go on with a stopped training\")";

	private static final String GO_ON = "Go on from here with " + OPTION + ".";

	private static final double DEFAULT_MINUTES = 5;

	/**
	 * Looks for it, and clears up where a process was killed while it wrote.
	 *
	 * @param resume whether to go on from a checkpoint, or to leave a finished model as it is
	 */
	static StoppedRun of(final Path output, final boolean resume, final Progress progress)
		throws IOException
	{
		final CheckpointFile file = CheckpointFile.of(output);
		SwinModel.recover(output);
		file.clear();
		if (!resume) {
			if (file.exists()) progress.warn("A stopped training of \"" + output
				+ "\" is replaced in a few minutes; " + OPTION + " would go on with it.");
			else if (Files.exists(output)) progress.warn("Output \"" + output
				+ "\" holds a model, which is replaced when this training ends.");
			return new StoppedRun(file, null, null);
		}
		final Checkpoint checkpoint = file.read(progress);
		if (checkpoint != null || !Files.exists(output)) {
			if (checkpoint == null) progress.info("No training of \"" + output
				+ "\" was stopped: a new one begins");
			return new StoppedRun(file, checkpoint, null);
		}
		final ModelCard card = SwinModel.readCard(output);
		progress.info("Training of \"" + output + "\" was finished already");
		return new StoppedRun(file, null, card.training());
	}

	/** How to go on with the training, for dialogs and the shell; empty if nothing was kept. */
	String goOn() {
		return file.exists() ? " " + GO_ON : "";
	}

	/**
	 * Says if the disk has no room for checkpoints.
	 *
	 * @param checkpoint bytes of one
	 * @param model bytes of what is to be written besides
	 */
	void checkSpace(final Path output, final long checkpoint, final long model,
		final Progress progress) throws IOException
	{
		try {
			DiskSpace.require(output, 2 * checkpoint + model, "Training with checkpoints"); // old and new
		}
		catch (final FormatException e) {
			progress.warn(e.getMessage() + " There may be no checkpoint to go on from.");
		}
	}

	/** A model that could not be written, and what there still is. */
	IOException notWritten(final Path output, final IOException failure) {
		return new IOException("The model \"" + output + "\" could not be written: " + DiskSpace.reason(
			failure) + (file.exists() ? " The last checkpoint is kept. " + GO_ON : ""), failure);
	}

	/** The trainer, beginning there and keeping checkpoints. */
	Trainer prepare(final Trainer trainer, final String identity, final double minutes) {
		return trainer.from(checkpoint).withCheckpoints(file, identity, 60 * (minutes > 0 ? minutes
			: DEFAULT_MINUTES));
	}
}
