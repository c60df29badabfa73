package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.IntFunction;

import org.junit.jupiter.api.Test;
import org.swinj.progress.RecordingProgress;

class ContrastTest {

	private static final int EDGE = 40;

	private final RecordingProgress progress = new RecordingProgress();

	private List<String> warnings(final Intensity intensity, final IntFunction<Float> value,
		final int channels)
	{
		Contrast.check(TestVolumes.of("v", Geometry.unknown(), value, EDGE, EDGE, EDGE, channels),
			intensity, progress);
		return progress.warnings;
	}

	@Test
	void aConstantChannelIsNamed() {
		assertEquals(List.of("Channel 2 of volume \"v\" shows nothing: all its voxels have the value 3.0."),
			warnings(Intensity.window(0, 1), i -> i < EDGE * EDGE * EDGE ? (float) i : 3f, 2));
	}

	@Test
	void brightStructuresAreNotExtreme() {
		assertEquals(List.of(), warnings(Intensity.zScore(), i -> i % 500 == 0 ? 60_000f : i % 10, 1));
	}

	@Test
	void fewExtremeValuesAreCountedIfTheyMatter() {
		final IntFunction<Float> value = i -> i % 20_000 == 7 ? -1e9f : i % 10;
		assertEquals(List.of(), warnings(Intensity.window(0, 10), value, 1));
		final String sentence = warnings(Intensity.zScore(), value, 1).get(0);
		assertTrue(sentence.startsWith("Volume \"v\" has 4 of 64000 voxels with extreme values, from "
			+ "-1.000e+09 to 9"), sentence);
		assertTrue(sentence.endsWith("as 99 % of all lie between 0.000 and 9.000."), sentence);
	}
}
