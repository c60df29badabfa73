package org.swinj.result;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import net.imglib2.img.array.ArrayImgs;

import net.imglib2.view.Views;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.swinj.data.FormatException;
import org.swinj.data.Geometry;
import org.swinj.data.ImagePlusVolume;
import org.swinj.data.Volume;
import org.swinj.progress.CancelledException;
import org.swinj.progress.Progress;

import ij.IJ;
import ij.ImagePlus;

class MeasurementsTest {

	private static List<Measurement> measure(final LabelImage labels, final Volume source) {
		return Measurements.of(labels, 1, TestLabels.CLASSES, source == null ? null : new SegmentedFrame(
			source, null), Progress.silent());
	}

	@ParameterizedTest
	@CsvSource({ "1, 1, 1, 20", "0.5, 0.5, 0.5, 10", "1, 1, 2.5, 20", "0.8, 1.2, 2, 25" })
	void ball(final double x, final double y, final double z, final double radius) {
		final double[] center = { radius + 2.3, radius + 3.1, radius + 4.2 };
		final LabelImage labels = TestLabels.of(Geometry.of("mm", x, y, z), (int) (2 * center[0] / x),
			(int) (2 * center[1] / y), (int) (2 * center[2] / z), TestLabels.ball(center, radius, x, y, z));
		final Measurement ball = measure(labels, null).get(0);
		assertEquals("liver", ball.labelClass().name());
		assertEquals(ball.voxels() * x * y * z, ball.volume(), 1e-9);
		assertEquals(1, ball.volume() / (4.0 / 3 * Math.PI * Math.pow(radius, 3)), 0.005);
		assertEquals(1, ball.surfaceArea() / (4 * Math.PI * radius * radius), 0.02);
		assertArrayEquals(center, ball.centroid(), 0.03 * radius / 20);
		final double[] spacing = { x, y, z };
		for (int d = 0; d < 3; d++) {
			// first and last voxel centre inside, then half a voxel lower index: corners are voxel borders
			assertEquals(Math.ceil((center[d] - radius) / spacing[d]) * spacing[d], ball.boxMin()[d],
				spacing[d] + 1e-9);
			assertEquals(2 * radius, ball.boxMax()[d] - ball.boxMin()[d], 2 * spacing[d] + 1e-9);
		}
		assertEquals("mm", ball.unit());
	}

	@ParameterizedTest
	@CsvSource({ "1, 1, 1", "0.5, 1, 3" })
	void box(final double sx, final double sy, final double sz) {
		final LabelImage labels = TestLabels.of(Geometry.of("µm", sx, sy, sz), 30, 30, 30, (x, y,
			z) -> x >= 4 && x < 24 && y >= 5 && y < 15 && z >= 6 && z < 21 ? 2 : 0);
		final Measurement box = measure(labels, null).get(1);
		assertEquals(20 * 10 * 15, box.voxels());
		assertEquals(3000 * sx * sy * sz, box.volume(), 1e-9);
		assertArrayEquals(new double[] { 13.5 * sx, 9.5 * sy, 13 * sz }, box.centroid(), 1e-9);
		assertArrayEquals(new double[] { 4 * sx, 5 * sy, 6 * sz }, box.boxMin(), 1e-9);
		assertArrayEquals(new double[] { 24 * sx, 15 * sy, 21 * sz }, box.boxMax(), 1e-9);
		assertEquals(croftonArea(new int[] { 20, 10, 15 }, new double[] { sx, sy, sz }), box
			.surfaceArea(), 1e-6);
	}

	/** What 13 directions see of a box: along each, the voxels whose neighbour lies outside. */
	private static double croftonArea(final int[] size, final double[] spacing) {
		double area = 0;
		for (int step = 0; step < 27; step++) {
			int inside = 1, kind = 0;
			double square = 0;
			for (int d = 0, rest = step; d < 3; d++, rest /= 3) {
				final int length = Math.abs(rest % 3 - 1);
				inside *= size[d] - length;
				kind |= length << d;
				square += length * spacing[d] * spacing[d];
			}
			if (kind != 0) area += 2 * CroftonWeights.weight(kind, spacing) * (size[0] * size[1] * size[2] -
				inside) * spacing[0] * spacing[1] * spacing[2] / Math.sqrt(square);
		}
		return area;
	}

	@Test
	void placeInTheImageDoesNotMatter() {
		final Random random = new Random(3);
		final int[] noise = random.ints(6 * 5 * 4, 0, 3).toArray();
		final LabelImage tight = TestLabels.of(Geometry.of("mm", 1, 2, 3), 6, 5, 4, (x, y, z) -> noise[x +
			6 * (y + 5 * z)]);
		final LabelImage wide = TestLabels.of(Geometry.of("mm", 1, 2, 3), 16, 15, 14, (x, y, z) -> x < 3
			|| x > 8 || y < 4 || y > 8 || z < 5 || z > 8 ? 0 : noise[x - 3 + 6 * (y - 4 + 5 * (z - 5))]);
		for (int i = 0; i < 2; i++) {
			final Measurement a = measure(tight, null).get(i), b = measure(wide, null).get(i);
			assertEquals(a.voxels(), b.voxels());
			assertEquals(a.surfaceArea(), b.surfaceArea(), 1e-9);
			for (int d = 0; d < 3; d++)
				assertEquals(a.centroid()[d] + (3 + d) * (1 + d), b.centroid()[d], 1e-9);
		}
	}

	@Test
	void absentClassesAreEmptyAndUnknownLabelsAreListed() {
		final LabelImage labels = TestLabels.of(Geometry.unknown(), 4, 1, 1, (x, y, z) -> x == 3 ? 50000
			: x % 2);
		final List<Measurement> all = measure(labels, TestLabels.volume(Geometry.unknown(), 4, 1, 1, (x,
			y, z) -> x));
		assertEquals(List.of(1, 2, 50000), all.stream().map(each -> each.labelClass().value()).toList());
		assertEquals(List.of(1L, 0L, 1L), all.stream().map(Measurement::voxels).toList());
		final Measurement absent = all.get(1);
		assertEquals(0, absent.volume());
		assertEquals(0, absent.surfaceArea());
		for (final double[] place : List.of(absent.centroid(), absent.boxMin(), absent.boxMax()))
			assertArrayEquals(new double[] { Double.NaN, Double.NaN, Double.NaN }, place);
		assertEquals(new IntensityStatistics(Double.NaN, Double.NaN, Double.NaN, Double.NaN), absent
			.intensities().get(0));
		assertEquals(new IntensityStatistics(3, 0, 3, 3), all.get(2).intensities().get(0));
	}

	@Test
	void intensitiesOfEveryChannel() {
		final Random random = new Random(9);
		final int[] label = random.ints(4 * 3 * 2, 0, 3).toArray();
		final float[] data = new float[2 * label.length];
		for (int i = 0; i < data.length; i++)
			data[i] = (float) (1e6 + random.nextGaussian());
		final LabelImage labels = TestLabels.of(Geometry.unknown(), 4, 3, 2, (x, y, z) -> label[x + 4 *
			(y + 3 * z)]);
		final List<Measurement> all = measure(labels, new Volume("two channels", ArrayImgs.floats(data, 4,
			3, 2, 2), Geometry.unknown()));
		for (int value = 1; value <= 2; value++)
			for (int c = 0; c < 2; c++) {
				final List<Double> inside = new ArrayList<>();
				for (int i = 0; i < label.length; i++)
					if (label[i] == value) inside.add((double) data[c * label.length + i]);
				assertStatistics(inside, all.get(value - 1).intensities().get(c));
			}
	}

	private static void assertStatistics(final List<Double> values,
		final IntensityStatistics statistics)
	{
		final double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
		assertEquals(mean, statistics.mean(), 1e-6);
		assertEquals(Math.sqrt(values.stream().mapToDouble(v -> (v - mean) * (v - mean)).average()
			.orElseThrow()), statistics.stdDev(), 1e-6);
		assertEquals(values.stream().mapToDouble(v -> v).max().orElseThrow(), statistics.max());
		assertEquals(values.stream().mapToDouble(v -> v).min().orElseThrow(), statistics.min());
	}

	/** Reads up to the last voxel of lazy planes, and only the time point that was asked for. */
	@Test
	void openImagesAreMeasuredFrameByFrame() throws FormatException {
		final ImagePlus image = IJ.createHyperStack("i", 3, 2, 2, 2, 2, 8);
		for (int n = 1; n <= image.getStackSize(); n++)
			image.getStack().getProcessor(n).add(n);
		final LabelImage one = TestLabels.of(Geometry.unknown(), 3, 2, 2, (x, y, z) -> 1);
		final LabelImage two = TestLabels.of(Geometry.unknown(), 3, 2, 2, (x, y, z) -> z == 1 ? 2 : 0);
		final Measurement last = Measurements.of(LabelImage.series(List.of(one, two)), 2,
			TestLabels.CLASSES, new SegmentedFrame(ImagePlusVolume.of(image, 2, Progress.silent()), null),
			Progress.silent()).get(1);
		assertEquals(2, last.frame());
		assertEquals(6, last.voxels());
		assertEquals(List.of(new IntensityStatistics(7, 0, 7, 7), new IntensityStatistics(8, 0, 8, 8)),
			last.intensities());
	}

	@Test
	void confidenceIsTheMeanOverTheVoxelsOfAClass() {
		final LabelImage labels = TestLabels.of(Geometry.unknown(), 2, 2, 2, (x, y, z) -> z == 0 ? 1 : 0);
		final Volume source = TestLabels.volume(Geometry.unknown(), 2, 2, 2, (x, y, z) -> 100);
		final Volume sure = TestLabels.volume(Geometry.unknown(), 2, 2, 2, (x, y, z) -> z == 1 ? 9 : 0.5 + 0.25
			* x);
		final List<Measurement> rows = Measurements.of(labels, 1, TestLabels.CLASSES, new SegmentedFrame(
			source, Views.hyperSlice(sure.image(), 3, 0)), Progress.silent());
		assertEquals(0.625, rows.get(0).confidence().orElseThrow());
		assertEquals(1, rows.get(0).intensities().size());
		assertEquals(100, rows.get(0).intensities().get(0).mean());
		assertTrue(Double.isNaN(rows.get(1).confidence().orElseThrow()), "an absent class");
		assertTrue(measure(labels, source).get(0).confidence().isEmpty());
	}

	@Test
	void otherSizesAreRefusedAndCancelStops() {
		final LabelImage labels = TestLabels.of(Geometry.unknown(), 3, 2, 2, (x, y, z) -> 1);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> measure(labels, TestLabels.volume(
			Geometry.unknown(), 3, 2, 1, (x, y, z) -> 0))).getMessage().contains("3 × 2 × 1"));
		assertThrows(CancelledException.class, () -> Measurements.of(labels, 1, TestLabels.CLASSES, null,
			new CancelledProgress()));
	}
}
