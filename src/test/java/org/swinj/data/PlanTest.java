package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {

	private static final double LONG = 3600; // seconds

	private static Fingerprint data(final double[] spacing, final double foreground,
		final boolean uniform, final double... size)
	{
		return new Fingerprint(5, spacing, "mm", uniform, size, foreground, false, Intensity.window(-5,
			5), false, new boolean[3], -1, new double[] { 0.95, 0.9, 0.89, 0.88, 0.7 });
	}

	@ParameterizedTest
	@CsvSource({ "100,100,100,1,1,1", "120,120,120,1,1.5,1.5", "200,200,150,1,2,2", "150,150,60,2,1.5,2",
		"900,900,900,1,3,3" })
	void quickPlansEnlargeVoxelsAsFarAsLabelsSurvive(final double x, final double y, final double z,
		final double depth, final double width, final double newDepth)
	{
		final Fingerprint data = data(new double[] { 1, 1, depth }, 0.01, true, x, y, z);
		assertArrayEquals(new double[] { width, width, newDepth }, Plan.quick(data, 2, LONG).spacing(), 1e-9);
		assertArrayEquals(new double[] { 1, 1, depth }, Plan.of(data).spacing());
	}

	@ParameterizedTest
	@CsvSource({ "36,50,36,1,32,64,32", "500,500,500,1,64,64,64", "500,500,60,5,96,96,32",
		"500,500,60,1,64,64,64", "500,500,60,2,96,96,32", "10,500,500,1,32,96,96",
		"300,300,300,0.5,64,64,64", "200,100,40,1,96,96,32", "100,64,40,1,96,64,32" })
	void cropsFollowTheVolumesAndTheirVoxels(final double x, final double y, final double z,
		final double depth, final int a, final int b, final int c)
	{
		assertArrayEquals(new int[] { a, b, c }, Plan.of(data(new double[] { 1, 1, depth }, 0.01, true, x,
			y, z)).patch());
	}

	/** The published network and crops, as far as volumes are as large. */
	@ParameterizedTest
	@CsvSource({ "500,500,500,1,96,96,96", "500,500,60,5,96,96,64", "36,50,36,1,32,64,32" })
	void aGpuGetsThePublishedSize(final double x, final double y, final double z, final double depth,
		final int a, final int b, final int c)
	{
		final Plan plan = Plan.large(data(new double[] { 1, 1, depth }, 0.01, true, x, y, z));
		assertArrayEquals(new int[] { a, b, c }, plan.patch());
		assertEquals(48, plan.featureSize());
	}

	/** As for regions of a brain: nearly the whole in a crop, even if the labels suffer a little. */
	@Test
	void cropsOfManyClassesShowNearlyAll() {
		final Fingerprint data = data(new double[] { 1, 1, 1 }, 0.2, true, 181, 217, 181);
		final Plan plan = Plan.quick(data, 117, LONG);
		assertArrayEquals(new double[] { 3, 3, 3 }, plan.spacing(), 1e-9);
		assertArrayEquals(new int[] { 64, 64, 64 }, plan.patch());
		assertEquals(12, plan.featureSize());
		assertTrue(plan.rate(117) > plan.rate(3) && plan.rate(3) > Plan.of(data).rate(117));
		assertEquals(24, Plan.quick(data, 3, LONG).featureSize());
	}

	@Test
	void shortTrainingsAreNarrow() {
		final Fingerprint large = data(new double[] { 1, 1, 1 }, 0.2, true, 96, 96, 64);
		final Fingerprint small = data(new double[] { 1, 1, 1 }, 0.2, true, 32, 64, 32);
		assertEquals(12, Plan.quick(large, 3, 300).featureSize());
		assertEquals(24, Plan.quick(small, 3, 300).featureSize(), "a step is short");
		assertEquals(24, Plan.quick(large, 3, Double.POSITIVE_INFINITY).featureSize(), "steps are given");
		assertTrue(Plan.quick(large, 3, 300).rate(3) > Plan.quick(large, 3, LONG).rate(3));
	}

	@Test
	void cropsOfBareSizesAreAsBefore() {
		final Plan plan = Plan.of(List.of(new long[] { 500, 500, 40 }));
		assertArrayEquals(new int[] { 64, 96, 32 }, plan.patch());
		assertEquals("pixel", plan.unit());
	}

	/** Tokens of a stage are an eighth of those before; padding in the last costs next to nothing. */
	@ParameterizedTest
	@CsvSource({ "32,32,32,4", "64,64,64,4", "32,64,32,4", "96,96,96,6", "96,96,32,4", "128,64,32,4",
		"96,64,64,4", "192,192,96,6", "160,64,64,4" })
	void windowsDivideTheTokens(final int x, final int y, final int z, final int window) {
		assertEquals(window, Plan.of(List.of(new long[] { 64, 64, 64 })).withPatch(x, y, z).window());
	}

	@Test
	void volumesOfUniformVoxelsKeepThem() {
		final double[] spacing = { 0.7, 0.7, 3 };
		final Plan uniform = Plan.of(data(spacing, 0.01, true, 200, 200, 50));
		assertEquals("pixel", uniform.unit());
		final Plan mixed = Plan.of(data(spacing, 0.01, false, 200, 200, 50));
		assertEquals("mm", mixed.unit());
		assertSame(spacing, mixed.spacing());
		assertEquals(Intensity.window(-5, 5), mixed.intensity());
		assertTrue(mixed.describe().contains("of 0.700 × 0.700 × 3.00 mm each"), mixed.describe());
		assertFalse(uniform.describe().contains("mm"));
	}

	@Test
	void denseForegroundNeedsFewerCropsOnIt() {
		final double[] spacing = { 1, 1, 1 };
		final double sparse = Plan.of(data(spacing, 0.001, true, 99, 99, 99)).foreground();
		final double dense = Plan.of(data(spacing, 0.5, true, 99, 99, 99)).foreground();
		assertTrue(dense < sparse && dense >= 0.3, dense + " and " + sparse);
	}

	@Test
	void changesKeepTheRest() {
		final Plan plan = Plan.of(data(new double[] { 0.7, 0.7, 3 }, 0.01, false, 200, 200, 50));
		final Plan changed = plan.withBatch(3).withFeatureSize(48).withIntensity(Intensity.zScore())
			.withPatch(32, 32, 64).withWindow(7);
		assertEquals(3, changed.batch());
		assertEquals(48, changed.featureSize());
		assertEquals(7, changed.window());
		assertEquals(Intensity.zScore(), changed.intensity());
		assertArrayEquals(new int[] { 32, 32, 64 }, changed.patch());
		assertSame(plan.spacing(), changed.spacing());
		assertEquals("mm", changed.unit());
		assertEquals(plan.steps(), changed.steps());
		assertEquals(plan.foreground(), changed.foreground());
	}
}
