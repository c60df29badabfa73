package org.swinj.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.swinj.GoldenFolder;

/** Learning rates against those of the published schedules. */
class LearningRateGoldenTest {

	private static final Pattern SCHEDULE = Pattern.compile(
		"(\\w+)\\(base=([^,]+),warmup=(\\d+),(?:max|total)=(\\d+)\\)");

	@Test
	void schedules() throws IOException {
		final List<Path> files = GoldenFolder.files("schedules*.json");
		System.out.println("schedules: " + files);
		assertFalse(files.isEmpty(), "No schedules in " + GoldenFolder.dir());
		for (final Path file : files) {
			final JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
			for (final Map.Entry<String, JsonElement> schedule : json.entrySet())
				check(schedule.getKey(), schedule.getValue().getAsJsonObject());
		}
	}

	private static void check(final String name, final JsonObject rates) {
		final LearningRate schedule = schedule(name);
		for (final Map.Entry<String, JsonElement> rate : rates.entrySet()) {
			final double expected = rate.getValue().getAsDouble();
			assertEquals(expected, schedule.at(Integer.parseInt(rate.getKey())), 1e-9 * expected + 1e-20,
				name + " at " + rate.getKey());
		}
	}

	private static LearningRate schedule(final String name) {
		final Matcher m = SCHEDULE.matcher(name);
		if (!m.matches()) throw new IllegalArgumentException("Unknown schedule " + name);
		final double base = Double.parseDouble(m.group(2));
		final int warmup = Integer.parseInt(m.group(3));
		final int end = Integer.parseInt(m.group(4));
		return switch (m.group(1)) {
			case "WarmupCosineSchedule" -> new LearningRate.WarmupCosine(base, warmup, end);
			case "LinearWarmupCosineAnnealingLR" -> new LearningRate.EpochWarmupCosine(base, warmup, end);
			default -> throw new IllegalArgumentException("Unknown schedule " + name);
		};
	}
}
