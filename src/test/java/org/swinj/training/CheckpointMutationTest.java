package org.swinj.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.fuzz.Fuzz;
import org.swinj.fuzz.Seed;
import org.swinj.model.ModelFormatException;
import org.swinj.model.Weight;
import org.swinj.progress.Progress;

/** Damaged checkpoints of a training are read or refused. */
class CheckpointMutationTest {

	private static final long BUFFERS = 2 << 20;

	@TempDir
	Path folder;

	@Test
	void checkpoints() throws IOException, InterruptedException {
		final Checkpoint checkpoint = new Checkpoint();
		checkpoint.put("step", 7);
		checkpoint.put("settings", "steps=100, seed=1");
		checkpoint.put("losses", new float[] { 3, 2, 1 });
		checkpoint.tensors().put("best/a.weight", Weight.of(new float[6], 2, 3));
		final CheckpointFile file = CheckpointFile.of(folder.resolve("m"));
		file.write(checkpoint);
		new Fuzz("checkpoint", ModelFormatException.class, BUFFERS, List.of(Seed.plain("m.checkpoint",
			Files.readAllBytes(file.latest())))).run(folder, path -> read(file));
	}

	private static long read(final CheckpointFile file) throws IOException {
		final Checkpoint read = file.read(Progress.silent());
		return Math.round(read.number("step")) + read.text("settings").length() + 4L * read.floats(
			"losses", 3).length + read.weights("best").size();
	}
}
