package org.swinj.fiji;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.swinj.cli.TestData;
import org.swinj.command.FineTuneCommand;
import org.swinj.model.SwinModel;

/** Fiji is closed while it trains. */
class ClosingTest {

	@TempDir
	Path folder;

	private static Map<String, Object> inputs(final Path folder) {
		final Map<String, Object> inputs = new HashMap<>();
		inputs.put("data", folder.resolve("data").toString());
		inputs.put("output", folder.resolve("m").toString());
		inputs.put("validation", "0.5");
		inputs.put("steps", 10_000);
		inputs.put("feature_size", 12);
		inputs.put("patch", "32");
		inputs.put("precision", "float32");
		inputs.put("device", "cpu");
		inputs.put("checkpoint", 1e-9);
		return inputs;
	}

	/** Waits until the training has begun. */
	private static void awaitCheckpoint(final Path folder) throws InterruptedException {
		while (!Files.exists(folder.resolve("m.checkpoint")))
			Thread.sleep(20);
	}

	@Test
	void aContextThatEndsWaitsUntilTheTrainingIsKept() throws Exception {
		TestData.write(folder.resolve("data"), 2);
		final Future<CommandModule> training;
		try (Context context = new Context()) {
			training = context.service(CommandService.class).run(FineTuneCommand.class, true, inputs(
				folder));
			awaitCheckpoint(folder);
		}
		final String reason = training.get().getCancelReason();
		assertTrue(reason.matches("(?s)Cancelled after \\d+ steps: .*Go on from here with resume=true.*"),
			reason);
		assertTrue(Files.exists(folder.resolve("m.checkpoint")));
		assertTrue(Files.notExists(folder.resolve("m.lock")));
	}

	@Test
	void aJavaThatEndsKeepsTheTraining() throws IOException, InterruptedException {
		TestData.write(folder.resolve("data"), 2);
		final Process fiji = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java")
			.toString(), "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true",
			"--add-opens=java.base/java.lang=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
			Quitting.class.getName(), folder.toString()).redirectErrorStream(true).redirectOutput(folder
				.resolve("log").toFile()).start();
		assertEquals(0, fiji.waitFor(), () -> read(folder.resolve("log")));
		assertTrue(Files.exists(folder.resolve("m.checkpoint")));
		assertTrue(Files.notExists(folder.resolve("m.lock")), "the training came to its end");
		if (Files.exists(folder.resolve("m"))) SwinModel.read(folder.resolve("m"));
	}

	private static String read(final Path file) {
		try {
			return Files.readString(file);
		}
		catch (final IOException e) {
			return e.toString();
		}
	}

	/** A Fiji whose user quits while it trains. */
	static final class Quitting {

		public static void main(final String... folder) throws InterruptedException {
			new Context().service(CommandService.class).run(FineTuneCommand.class, true, inputs(Path.of(
				folder[0])));
			awaitCheckpoint(Path.of(folder[0]));
			System.exit(0);
		}
	}
}
