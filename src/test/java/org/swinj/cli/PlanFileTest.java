package org.swinj.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.swinj.model.SwinModel;

/** A fine-tuning writes its plan, and another one follows it. */
class PlanFileTest {

	@TempDir
	private Path folder;
	private Path data;

	@BeforeEach
	void prepare() throws IOException {
		data = TestData.write(folder.resolve("data"), 2);
	}

	private Shell train(final String output, final String... more) {
		final List<String> arguments = new ArrayList<>(List.of("fine-tune", "data=" + data, "output="
			+ folder.resolve(output), "validation=0", "device=cpu", "precision=float32"));
		arguments.addAll(List.of(more));
		return Shell.run(arguments.toArray(String[]::new));
	}

	@Test
	void aPlanGivenBackIsFollowedToTheLetter() throws IOException {
		final Shell first = train("first", "steps=1", "feature_size=12", "rate=0.002");
		assertEquals(0, first.code, first.err);
		final Path plan = folder.resolve("first/plan.json");
		final String text = Files.readString(plan);
		assertTrue(text.contains("\"steps\": 1,") && text.contains("\"feature_size\": 12,"), text);
		assertTrue(first.err.contains("Network of 12 features: as asked for"), first.err);
		final Shell again = train("again.zip", "plan=" + plan);
		assertEquals(0, again.code, again.err);
		assertTrue(again.err.contains("Network of 12 features: from plan.json"), again.err);
		assertEquals(SwinModel.readCard(folder.resolve("first")).weightsSha256(), SwinModel.readCard(
			folder.resolve("again.zip")).weightsSha256());
		Files.writeString(plan, text.replace("\"batch\": 1,", "\"batch\": 2,"));
		assertEquals(0, train("edited", "plan=" + folder.resolve("first")).code);
		assertEquals(Files.readString(plan), Files.readString(folder.resolve("edited/plan.json")));
		final Shell ofZip = train("fourth", "plan=" + folder.resolve("again.zip"), "rate=0.001");
		assertEquals(0, ofZip.code, ofZip.err);
		assertEquals(text.replace("\"rate\": 0.002,", "\"rate\": 0.001,"), Files.readString(folder
			.resolve("fourth/plan.json")));
		final JsonObject kept = SwinModel.readCard(folder.resolve("again.zip")).plan();
		assertEquals(0.002, kept.get("rate").getAsDouble());
	}

	@Test
	void aWrongPlanWritesNothing() throws IOException {
		final Path plan = Files.writeString(folder.resolve("wrong.json"),
			"{\"patch_size\": [96, 96, 50]}");
		final Shell shell = train("model", "plan=" + plan);
		assertEquals(1, shell.code);
		final String sentence = shell.json().get("message").getAsString();
		assertEquals("Plan \"" + plan + "\": \"patch_size\" must be three numbers, each a multiple of "
			+ "32 up to 1024, not [96,96,50].", sentence);
		assertEquals(1, train("model", "plan=" + folder.resolve("none.json")).code);
		assertEquals(1, train("model", "plan=" + data).code);
		try (Stream<Path> files = Files.list(folder)) {
			assertFalse(files.anyMatch(f -> f.getFileName().toString().startsWith("model")));
		}
	}
}
