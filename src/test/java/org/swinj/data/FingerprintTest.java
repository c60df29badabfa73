package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.swinj.progress.RecordingProgress;

class FingerprintTest {

	@TempDir
	Path folder;

	private final RecordingProgress progress = new RecordingProgress();

	/** Facts of an empty volume of this shape. */
	private static CaseFacts shape(final String unit, final double[] spacing, final long... size) {
		return new CaseFacts(new VoxelGrid(size, Geometry.of(unit, spacing)), new float[] { 1 },
			new float[] { 1 }, 100, 10, new double[0], -1, new boolean[3]);
	}

	private static Fingerprint of(final List<CaseFacts> facts) {
		return Fingerprint.of(facts, List.of());
	}

	@Test
	void voxelSizeIsTheMedianAndSizesAreResampled() {
		final Fingerprint data = of(List.of(shape("mm", new double[] { 1, 1, 1 }, 100, 50, 30), shape(
			"mm", new double[] { 1, 2, 1 }, 100, 50, 30), shape("mm", new double[] { 3, 1, 2 }, 100, 50, 30)));
		assertArrayEquals(new double[] { 1, 1, 1 }, data.spacing());
		assertArrayEquals(new double[] { 100, 50, 30 }, data.size());
		assertFalse(data.uniform());
		assertEquals(0.1, data.foreground(), 1e-12);
		assertEquals(3, data.cases());
	}

	@Test
	void coarseAxisTakesTheTenthPercentile() {
		final List<CaseFacts> facts = new ArrayList<>();
		for (int i = 0; i <= 10; i++) // from 2 to 7 mm, median 4.5, 10 % below 2.5
			facts.add(shape("mm", new double[] { 1, 1, 2 + 0.5 * i }, 400, 400, 40));
		assertArrayEquals(new double[] { 1, 1, 2.5 }, of(facts).spacing(), 1e-12);
		final List<CaseFacts> many = facts.stream().map(f -> shape("mm", f.grid().geometry().spacing(),
			400, 400, 140)).toList();
		assertArrayEquals(new double[] { 1, 1, 4.5 }, of(many).spacing(), 1e-12, "many slices");
		final List<CaseFacts> fine = facts.stream().map(f -> shape("mm", new double[] { 1.6, 1, f.grid()
			.geometry().spacing()[2] }, 400, 400, 40)).toList();
		assertArrayEquals(new double[] { 1.6, 1, 4.5 }, of(fine).spacing(), 1e-12, "not three times");
	}

	@Test
	void volumesOfDifferentUnitsKeepTheirVoxels() {
		final Fingerprint data = of(List.of(shape("mm", new double[] { 1, 1, 1 }, 10, 10, 10), shape("µm",
			new double[] { 5, 5, 5 }, 30, 30, 30)));
		assertEquals("pixel", data.unit());
		assertArrayEquals(new double[] { 20, 20, 20 }, data.size());
		assertTrue(data.uniform());
		assertEquals("pixel", Plan.of(data).unit());
	}

	@Test
	void smallDifferencesAreUniform() {
		assertTrue(of(List.of(shape("mm", new double[] { 1, 1, 1 }, 9, 9, 9), shape("mm", new double[] {
			1.04, 1, 1 }, 9, 9, 9), shape("mm", new double[] { 1, 1, 0.96 }, 9, 9, 9))).uniform());
	}

	private static CaseFacts facts(final IntFunction<Float> value, final IntFunction<Float> label) {
		final Geometry geometry = Geometry.of("mm", 1, 1, 1);
		return CaseFacts.of(TestVolumes.of("i", geometry, value, 20, 20, 10, 1), TestVolumes.of("l",
			geometry, label, 20, 20, 10, 1), 255, 1);
	}

	@ParameterizedTest
	@CsvSource({ "'',true", "CT,true", "ct,true", "MRI,false", "T1w,false", "anything,true" })
	void wholeNumbersDownToAirAreCtUnlessTheChannelSaysOtherwise(final String name, final boolean ct) {
		final Random random = new Random(5);
		final CaseFacts facts = facts(i -> i % 3 == 0 ? -1000f : (float) random.nextInt(200),
			i -> i % 2f);
		assertEquals(ct, Fingerprint.of(List.of(facts), name.isEmpty() ? List.of() : List.of(name)).ct());
	}

	@Test
	void otherValuesAreNoCt() {
		final Random random = new Random(5);
		assertFalse(of(List.of(facts(i -> i - 2000 + 0.5f, i -> i % 2f))).ct(), "not whole");
		assertFalse(of(List.of(facts(i -> (float) random.nextInt(255), i -> i % 2f))).ct(), "positive");
		assertFalse(of(List.of(facts(i -> i == 7 ? -900f : 3, i -> i % 2f))).ct(), "one outlier");
		final CaseFacts ct = facts(i -> (float) (i - 2000), i -> i % 2f);
		assertTrue(of(List.of(ct)).ct());
		assertFalse(of(List.of(ct, facts(i -> (float) i, i -> i % 2f))).ct(), "one of two");
		assertFalse(of(List.of(facts(i -> (float) (i - 2000), i -> 0f))).ct(), "no foreground");
		assertEquals(Intensity.Scheme.ZSCORE, of(List.of(facts(i -> (float) i, i -> i % 2f))).intensity()
			.scheme());
	}

	@Test
	void ctIsClippedAndScaledByItsForeground() {
		// labelled are -500, -499 … 500 and far more voxels of air beside them
		final CaseFacts facts = facts(i -> i <= 1000 ? i - 500f : -1000f, i -> i <= 1000 ? 1f : i < 1100
			? 255f : 0f);
		assertEquals(3901, facts.annotated());
		assertEquals(1001, facts.inside());
		final Intensity intensity = of(List.of(facts)).intensity();
		assertEquals(Intensity.Scheme.CLIP_ZSCORE, intensity.scheme());
		assertEquals(-495, intensity.lower(), 1e-3);
		assertEquals(495, intensity.upper(), 1e-3);
		assertEquals(0, intensity.mean(), 1e-3);
		double square = 0;
		for (int v = -500; v <= 500; v++)
			square += Math.pow(Math.max(-495, Math.min(495, v)), 2) / 1001;
		assertEquals(Math.sqrt(square), intensity.std(), 1e-3);
	}

	@Test
	void samplesAreFairAndRepeatable() {
		final IntFunction<float[]> sample = seed -> {
			final VoxelSample values = new VoxelSample(500, new Random(seed));
			for (int i = 0; i < 100_000; i++)
				values.offer(i);
			return values.sorted();
		};
		assertArrayEquals(sample.apply(3), sample.apply(3));
		assertFalse(Arrays.equals(sample.apply(3), sample.apply(4)));
		final float[] sorted = sample.apply(3);
		assertEquals(500, sorted.length);
		for (int percent = 10; percent < 100; percent += 10) // five standard errors of a median
			assertEquals(percent * 1000, VoxelSample.percentile(sorted, percent), 11_000);
		assertEquals(7.5, VoxelSample.percentile(new float[] { 5, 10 }, 50));
		assertEquals(5, VoxelSample.percentile(new float[] { 5, 10 }, 0));
		assertEquals(10, VoxelSample.percentile(new float[] { 5, 10 }, 100));
	}

	@Test
	void casesAreReadFromFilesInRasOrder() throws IOException {
		final double[][] affine = { { 0, 0, 4, 0 }, { 1, 0, 0, 0 }, { 0, 2, 0, 0 }, { 0, 0, 0, 1 } };
		final Geometry geometry = new Geometry(Affine.spacing(affine), "mm", affine);
		final List<Case> cases = new ArrayList<>();
		for (final String id : List.of("a", "b")) {
			final Case c = new Case(id, folder.resolve(id + ".nii"), folder.resolve(id + "_label.nii"));
			cases.add(c);
			NiftiWriter.write(c.image(), TestVolumes.of(id, geometry, i -> i % 2 - 0.5f, 6, 8, 10, 1));
			NiftiWriter.write(c.labels(), TestVolumes.of(id, geometry, i -> i < 120 ? 1f : 0f, 6, 8, 10,
				1));
		}
		final Dataset dataset = Dataset.open(folder, progress);
		final VolumeReader reader = new VolumeReader(progress);
		final Fingerprint data = Fingerprint.of(dataset, dataset.cases(), -1, reader, progress);
		assertArrayEquals(new double[] { 4, 1, 2 }, data.spacing(), 1e-6);
		assertArrayEquals(new double[] { 10, 6, 8 }, data.size(), 1e-6);
		assertEquals(0.25, data.foreground(), 1e-12);
		assertTrue(data.uniform());
		assertTrue(data.describe().startsWith("2 cases, voxels of 4.00 × 1.00 × 2.00 mm, median size " +
			"10 × 6 × 8, 25 % of the voxels are of a class"), data.describe());
		NiftiWriter.write(cases.get(1).labels(), TestVolumes.random(1, 2, geometry, 6, 8, 9, 1));
		assertTrue(assertThrows(FormatException.class, () -> Fingerprint.of(dataset, dataset.cases(), -1,
			reader, progress)).getMessage().contains("6×8×10"));
	}
}
