package org.swinj.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.swinj.GoldenFolder;

/** Learning rates against numbers measured by running the schedules of the original trainers. */
class LearningRateGoldenTest {

	private static final double RELATIVE = 1e-9;
	private static final double OF_PEAK = 1e-15; // rounding near the zero of the cosine

	/** A name such as {@code WarmupCosineSchedule(base=4e-4,warmup=500,total=100000)}. */
	private static final Pattern NAME = Pattern.compile(
		"(\\w+)\\(base=([^,]+),warmup=(\\d+),(?:total|max)=(\\d+)\\)");

	@Test
	void ratesAreThoseOfTheTrainers() throws IOException {
		final List<String> checked = new ArrayList<>();
		for (final Path file : GoldenFolder.files("*.json"))
			for (final Map.Entry<String, JsonElement> entry : JsonParser.parseString(Files.readString(
				file)).getAsJsonObject().entrySet())
			{
				final Matcher name = NAME.matcher(entry.getKey());
				if (!name.matches()) continue;
				compare(entry.getKey(), schedule(name), Double.parseDouble(name.group(2)), entry.getValue()
					.getAsJsonObject());
				checked.add(file.getFileName() + " " + entry.getKey());
			}
		checked.forEach(line -> System.out.println("learning rates: " + line));
		assertFalse(checked.isEmpty(), "no schedule in " + GoldenFolder.dir());
	}

	private static LearningRate schedule(final Matcher name) {
		final double peak = Double.parseDouble(name.group(2));
		final int warmup = Integer.parseInt(name.group(3));
		final int end = Integer.parseInt(name.group(4));
		return switch (name.group(1)) {
			case "WarmupCosineSchedule" -> new LearningRate.WarmupCosine(peak, warmup, end);
			case "LinearWarmupCosineAnnealingLR" -> new LearningRate.EpochWarmupCosine(peak, warmup, end);
			default -> throw new IllegalArgumentException("Unknown schedule " + name.group());
		};
	}

	private static void compare(final String name, final LearningRate schedule, final double peak,
		final JsonObject rates)
	{
		for (final String step : rates.keySet()) {
			final double expected = rates.get(step).getAsDouble();
			assertEquals(expected, schedule.at(Integer.parseInt(step)), Math.max(RELATIVE * expected,
				OF_PEAK * peak), () -> name + " at " + step);
		}
	}
}
