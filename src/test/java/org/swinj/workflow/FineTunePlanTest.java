package org.swinj.workflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.swinj.data.Fingerprint;
import org.swinj.data.FormatException;
import org.swinj.data.Intensity;
import org.swinj.data.PartialPlan;
import org.swinj.data.PlanJson;
import org.swinj.network.SwinConfig;

/** Settings go before a given plan, and a given plan before what the data decide. */
class FineTunePlanTest {

	private static final int CLASSES = 3;
	private static final FineTuneSettings SETTINGS = FineTuneSettings.of(Path.of("data"), Path.of(
		"model"));
	private static final String FILE = "{\"voxel_size\": [1500, 1500, 2000], \"unit\": \"um\", " +
		"\"patch_size\": [96, 96, 96], \"feature_size\": 48, \"batch\": 2, \"foreground\": 0.5, " +
		"\"intensity\": {\"scheme\": \"window\", \"lower\": -175, \"upper\": 250}, " +
		"\"mirror\": [true, false, true], \"rate\": 0.002, \"window_size\": 7, \"minutes\": 5}";

	private static Fingerprint data(final boolean uniform, final String unit) {
		return new Fingerprint(5, new double[] { 0.7, 0.7, 3 }, unit, uniform, new double[] { 400, 400,
			90 }, 0.01, true, Intensity.clipZScore(-100, 200, 40, 30), false, new boolean[] { true, false,
				false }, -1, new double[] { 0.95, 0.9, 0.89, 0.88, 0.7 });
	}

	private static PartialPlan parse(final String json) throws IOException {
		return PlanJson.parse(JsonParser.parseString(json).getAsJsonObject(), "p.json");
	}

	private static FineTunePlan plan(final FineTuneSettings settings, final String json)
		throws IOException
	{
		return FineTunePlan.of(settings, parse(json), data(false, "mm"), CLASSES, 0, 2);
	}

	private static JsonObject json(final FineTunePlan plan) {
		return plan.json(SwinConfig.monai(1, CLASSES, plan.plan().featureSize()).withWindow(plan.plan()
			.window()));
	}

	/** Settings that set all that a plan sets, too. */
	private static FineTuneSettings asking() {
		return new FineTuneSettings(Path.of("data"), Path.of("model"), null, 0, 77, "0.2", 0, "", null,
			"", 12, "64,64,32", new double[] { 1, 1, 3 }, 4, 0.003, 0, -1, false, 0, 0, false, 0, 1, "cpu",
			"float32");
	}

	@ParameterizedTest
	@ValueSource(strings = { "mm true true", "mm false true", "mm false false", "pixel true true" })
	void aWrittenPlanGivesItself(final String kind) throws IOException {
		final String[] words = kind.split(" ");
		final Fingerprint data = data(words[1].equals("true"), words[0]);
		final boolean slow = words[2].equals("true");
		for (final FineTuneSettings settings : List.of(SETTINGS, asking(), SETTINGS.withMinutes(3))) {
			final JsonObject first = json(FineTunePlan.of(settings, PartialPlan.none(), data, CLASSES, 0,
				slow ? 2 : 0));
			final JsonObject again = json(FineTunePlan.of(SETTINGS, PlanJson.parse(first, "p.json"), data,
				CLASSES, 0, slow ? 0 : 2));
			assertEquals(PlanJson.text(first), PlanJson.text(again));
		}
	}

	@Test
	void aFileReplacesWhatTheDataDecide() throws IOException {
		final FineTunePlan plan = plan(SETTINGS, FILE);
		assertArrayEquals(new double[] { 1.5, 1.5, 2 }, plan.plan().spacing(), 1e-12);
		assertEquals("mm", plan.plan().unit());
		assertArrayEquals(new int[] { 96, 96, 96 }, plan.plan().patch());
		assertEquals(48, plan.plan().featureSize());
		assertEquals(7, plan.plan().window());
		assertEquals(2, plan.plan().batch());
		assertEquals(0.5, plan.plan().foreground());
		assertEquals(Intensity.window(-175, 250), plan.plan().intensity());
		assertArrayEquals(new boolean[] { true, false, true }, plan.mirror());
		assertEquals(0.002, plan.rate());
		assertEquals(5, plan.minutes());
		assertEquals(0, plan.plan().steps());
	}

	@Test
	void settingsReplaceAFile() throws IOException {
		final FineTunePlan plan = plan(asking(), FILE);
		assertArrayEquals(new double[] { 1, 1, 3 }, plan.plan().spacing());
		assertArrayEquals(new int[] { 64, 64, 32 }, plan.plan().patch());
		assertEquals(12, plan.plan().featureSize());
		assertEquals(4, plan.plan().batch());
		assertEquals(0.003, plan.rate());
		assertEquals(77, plan.plan().steps());
		assertEquals(0, plan.minutes());
		assertEquals(Intensity.window(-175, 250), plan.plan().intensity(), "nothing else asked for");
	}

	@Test
	void whatNobodySetIsAsWithoutAFile() throws IOException {
		final JsonObject automatic = json(plan(SETTINGS, "{}"));
		final JsonObject edited = json(plan(SETTINGS, "{\"batch\": 3}"));
		assertEquals(3, edited.remove("batch").getAsInt());
		automatic.remove("batch");
		assertEquals(automatic, edited);
		assertEquals("[false,true,true]", automatic.get("mirror").toString());
		assertEquals(30, automatic.get("minutes").getAsInt());
		assertEquals(4000, automatic.get("steps").getAsInt());
	}

	@Test
	void oneLimitOfTheLengthIsEnough() throws IOException {
		final FineTunePlan steps = plan(SETTINGS, "{\"steps\": 200}");
		assertEquals(200, steps.plan().steps());
		assertEquals(0, steps.minutes());
		final FineTunePlan none = plan(SETTINGS, "{\"steps\": 0, \"minutes\": 0}");
		assertEquals(4000, none.plan().steps());
		assertEquals(30, none.minutes());
	}

	@Test
	void aLengthThatTheVolumesLackIsRefused() {
		assertThrows(FormatException.class, () -> FineTunePlan.of(SETTINGS, parse(FILE), data(true,
			"pixel"), CLASSES, 0, 2));
	}

	@Test
	void theReportSaysWhoDecided() throws IOException {
		final Fingerprint data = data(false, "mm");
		final GivenPlan given = new GivenPlan(parse(FILE), "p.json", null);
		final String byFile = report(SETTINGS, given, data);
		assertTrue(byFile.contains("voxels of 1.5 × 1.5 × 2 mm: from p.json"), byFile);
		assertTrue(byFile.contains("Network of 48 features: from p.json"), byFile);
		assertTrue(byFile.contains("Examples are mirrored along X, Z: from p.json"), byFile);
		assertTrue(byFile.contains("5 minutes: from p.json"), byFile);
		final String asked = report(asking(), given, data);
		assertTrue(asked.contains("Learning rate up to 0.003: as asked for"), asked);
		assertTrue(asked.contains("77 steps: as asked for"), asked);
		final String automatic = report(SETTINGS, new GivenPlan(PartialPlan.none(), "", null), data);
		assertTrue(automatic.contains("Intensities are clipped to -100 … 200, then taken by the "
			+ "mean 40 and the deviation 30: values of CT mean"), automatic);
		assertTrue(automatic.contains("4000 steps or 30 minutes, whichever end first"), automatic);
		assertTrue(automatic.contains("classes would change places along the other axes"), automatic);
	}

	private static String report(final FineTuneSettings settings, final GivenPlan given,
		final Fingerprint data) throws IOException
	{
		final FineTunePlan plan = FineTunePlan.of(settings, given.parts(), data, CLASSES, 0, 2);
		return String.join("\n", new PlanReport(settings, given, data).lines(plan, SwinConfig.monai(1,
			CLASSES, plan.plan().featureSize())));
	}

	@Test
	void aGpuGetsAWiderNetworkUnlessAsked() throws IOException {
		final Fingerprint data = data(true, "mm");
		assertEquals(48, FineTunePlan.of(SETTINGS, PartialPlan.none(), data, CLASSES, 0, 0).plan()
			.featureSize());
		assertEquals(12, FineTunePlan.of(asking(), PartialPlan.none(), data, CLASSES, 0, 0).plan()
			.featureSize());
	}

	/** What bears which rate is the network that is trained, not the one that would have been built. */
	@Test
	void theRateFitsTheNetworkToStartFrom() throws IOException {
		final Fingerprint data = data(false, "mm");
		final double wide = FineTunePlan.of(SETTINGS, PartialPlan.none(), data, CLASSES, 24, 2).rate();
		final double narrow = FineTunePlan.of(SETTINGS, PartialPlan.none(), data, CLASSES, 12, 2)
			.rate();
		assertTrue(narrow > wide, narrow + " and " + wide);
	}

	@Test
	void scansOfABodyAreNotTurnedUpsideDownWhereStepsAreFew() throws IOException {
		final boolean[] none = new boolean[3];
		assertArrayEquals(new boolean[] { true, false, false }, mirror(true, none, true));
		assertArrayEquals(new boolean[] { true, true, true }, mirror(true, none, false));
		assertArrayEquals(new boolean[] { true, true, true }, mirror(false, none, true));
		assertArrayEquals(new boolean[3], mirror(true, new boolean[] { true, false, false }, true));
	}

	private static boolean[] mirror(final boolean oriented, final boolean[] twins, final boolean slow)
		throws IOException
	{
		final Fingerprint data = new Fingerprint(5, new double[] { 1, 1, 1 }, "mm", true, new double[] { 40, 40,
			40 }, 0.1, false, Intensity.zScore(), oriented, twins, -1, new double[] { 0.95, 0.9, 0.89,
				0.88, 0.7 });
		return FineTunePlan.of(SETTINGS, PartialPlan.none(), data, CLASSES, 0, slow ? 2 : 0).mirror();
	}
}
