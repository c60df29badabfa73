package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class PresetTest {

	/** A data set of a folder without dataset.json. */
	private static Dataset data(final int classes, final List<String> channels, final String... ids) {
		final List<Case> cases = new ArrayList<>();
		for (final String id : ids)
			cases.add(new Case(id, Path.of(id + ".nii"), Path.of(id + ".nii")));
		return new Dataset(Path.of("mine"), cases, new LabelMap(IntStream.range(0, classes).boxed()
			.toList(), IntStream.range(0, classes).mapToObj(c -> c == 0 ? "background" : "class " + c)
				.toList()), channels, -1);
	}

	@Test
	void everyPresetIsWhole() throws IOException {
		final List<String> names = Preset.names();
		assertEquals(11, names.size());
		assertEquals(names.size(), new HashSet<>(names).size());
		for (final String name : names) {
			final Preset preset = Preset.of(name);
			assertEquals(name, preset.name());
			assertTrue(preset.classes().size() >= 2, name);
			assertEquals("background", preset.classes().get(0));
			assertEquals(preset.classes().size(), new HashSet<>(preset.classes()).size(), name);
			assertFalse(preset.channels().isEmpty(), name);
			assertTrue(preset.source().endsWith(".") && preset.layout().contains("labelsTr"), name);
		}
	}

	@Test
	void btcvHasThePublishedNumbers() throws IOException {
		final Preset btcv = Preset.of("btcv");
		final PartialPlan plan = btcv.plan();
		assertArrayEquals(new double[] { 1.5, 1.5, 2 }, plan.spacing());
		assertEquals("mm", plan.unit());
		assertEquals(Intensity.window(-175, 250), plan.intensity());
		assertArrayEquals(new int[] { 96, 96, 96 }, plan.patch());
		assertEquals(48, plan.featureSize());
		assertEquals(4, plan.batch());
		assertEquals(14, btcv.classes().size());
		assertEquals("pancreas", btcv.classes().get(11));
		assertNull(plan.rate());
		assertNull(plan.mirror());
	}

	@Test
	void tasksOfTheDecathlonHaveTheirChannels() throws IOException {
		assertEquals(List.of("FLAIR", "T1w", "t1gd", "T2w"), Preset.of("msd01-brain").channels());
		assertEquals(List.of("T2", "ADC"), Preset.of("msd05-prostate").channels());
		assertEquals(List.of("CT"), Preset.of("msd10-colon").channels());
	}

	@Test
	void namesAreGivenWhereThereAreNone() throws IOException {
		final Dataset named = Preset.of("msd03-liver").name(data(3, List.of(), "a"));
		assertEquals(List.of("background", "liver", "cancer"), named.labels().names());
		assertEquals(List.of("CT"), named.channels());
		final Dataset own = new Dataset(Path.of("mine"), named.cases(), new LabelMap(List.of(0, 1, 2),
			List.of("background", "Leber", "class 2")), List.of("ct"), -1);
		assertEquals(List.of("background", "Leber", "cancer"), Preset.of("msd03-liver").name(own)
			.labels().names());
	}

	@Test
	void anotherDataSetIsRefusedInOneSentence() {
		refused("btcv", data(3, List.of()), "Preset btcv has 14 classes with the labels 0 to 13, but "
			+ "data folder \"mine\" has 3: 0, 1, 2.");
		refused("msd01-brain", data(4, List.of("CT")),
			"has 4 channels (FLAIR, T1w, t1gd, T2w), but data folder \"mine\" has 1 channel (CT).");
		refused("msd09-spleen", data(2, List.of("MRI")),
			"has 1 channel (CT), but data folder \"mine\" has 1 channel (MRI).");
	}

	private static void refused(final String preset, final Dataset data, final String sentence) {
		final FormatException refusal = assertThrows(FormatException.class, () -> Preset.of(preset)
			.name(data));
		assertTrue(refusal.getMessage().endsWith(sentence), refusal.getMessage());
	}

	@Test
	void thePublishedSplitIsUsedIfItsCasesAreThere() throws IOException {
		final Preset btcv = Preset.of("btcv");
		final String[] held = { "label0035", "label0036", "label0037", "label0038", "label0039",
			"label0040" };
		assertEquals(List.of(), btcv.heldBack(data(14, List.of(), held).cases()), "none to train on");
		assertEquals(List.of(), btcv.heldBack(data(14, List.of(), "label0001", "label0035").cases()));
		final List<String> all = new ArrayList<>(List.of(held));
		all.add("label0001");
		assertEquals(List.of(held), btcv.heldBack(data(14, List.of(), all.toArray(String[]::new))
			.cases()));
	}

	@Test
	void anUnknownNameListsTheKnown() {
		final String sentence = assertThrows(IllegalArgumentException.class, () -> Preset.of(
			"nonsense")).getMessage();
		assertTrue(sentence.startsWith("There is no preset \"nonsense\"; there are btcv, msd01-br"),
			sentence);
	}
}
