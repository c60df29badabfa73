package org.swinj.training;

import java.io.IOException;

import org.swinj.data.DiskSpace;
import org.swinj.progress.Progress;

/**
 * Writes the checkpoints of a training when they are due. A disk that is full or gone costs the new
 * checkpoint, which is said, but neither the one before nor the training.
 */
final class Keeper {

	/** Seconds before the first checkpoint, so that there is a good state to return to. */
	private static final double FIRST = 30;

	private final CheckpointFile file;
	private final double interval;
	private final Progress progress;
	private double next; // seconds of training at which one is due
	private boolean any; // whether the file is of this training

	/** @param interval seconds between two checkpoints */
	Keeper(final CheckpointFile file, final double interval, final Progress progress) {
		this.file = file;
		this.interval = interval;
		this.progress = progress;
	}

	/** The training begins, maybe where the checkpoint in the file was written. */
	void begin(final double seconds, final boolean resumed) {
		any = resumed;
		next = seconds + Math.min(FIRST, interval);
	}

	boolean isDue(final double seconds) {
		return seconds >= next;
	}

	/** @param seconds of training so far */
	void write(final Checkpoint checkpoint, final double seconds) {
		next = seconds + interval;
		final boolean interrupted = Thread.interrupted(); // would close the file
		try {
			DiskSpace.require(file.latest(), checkpoint.bytes(), "A checkpoint");
			file.write(checkpoint);
			any = true;
		}
		catch (final IOException e) {
			progress.warn("The checkpoint \"" + file.latest() + "\" could not be written: " + DiskSpace
				.reason(e) + (any ? " The one before is kept, and the training goes on."
					: " The training goes on."));
		}
		finally {
			if (interrupted) Thread.currentThread().interrupt();
		}
	}

	/** Whether there is a checkpoint of this training. */
	boolean hasAny() {
		return any;
	}

	/** The last checkpoint of this training, {@code null} if there is none. */
	Checkpoint last() throws IOException {
		return any ? file.read(progress) : null;
	}
}
