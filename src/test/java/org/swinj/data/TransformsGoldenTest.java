package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.swinj.GoldenFolder;
import org.swinj.model.Safetensors;
import org.swinj.model.StateDict;
import org.swinj.progress.Progress;

import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/** Compares what prepares volumes with MONAI's transforms, on every golden file that has them. */
class TransformsGoldenTest {

	private static final double TOLERANCE = 1e-5;

	/** Half-way positions may round either way. */
	private static final double TIE = 1e-4;

	/** Quantities of the golden files that {@link #quantity} knows; others fail the test. */
	static Stream<Arguments> quantities() throws IOException {
		final List<Arguments> all = new ArrayList<>();
		for (final Path file : GoldenFolder.files("*.safetensors")) {
			final StateDict tensors = Safetensors.read(file);
			if (!tensors.contains("sp.image")) continue;
			for (final String name : new TreeSet<>(tensors.names()))
				if (!isInput(name) && !isElsewhere(name)) all.add(Arguments.of(file.getFileName().toString(),
					name, tensors));
		}
		assertFalse(all.isEmpty(), "No golden file in " + GoldenFolder.dir() + " holds transforms.");
		System.out.println("Transforms: " + all.size() + " quantities");
		return all.stream();
	}

	private static boolean isInput(final String name) {
		return name.matches("hu|sp\\.image|sp\\.label|aug\\.base|[a-z]+\\.input|sp\\..*\\.affine");
	}

	/**
	 * Turning to RAS has its own test. Nothing is cropped to a foreground box here: empty windows are
	 * skipped and crops are drawn around labels instead.
	 */
	private static boolean isElsewhere(final String name) {
		return name.matches("sp\\..*\\.ras(_affine)?|fg\\..*");
	}

	@ParameterizedTest(name = "{0} {1}")
	@MethodSource("quantities")
	void sameAsMonai(final String file, final String name, final StateDict tensors)
		throws IOException
	{
		final String[] parts = name.split("\\.", 2);
		switch (parts[0]) {
			case "scale" -> compare(tensors, name, normalized(tensors, "hu", scale(parts[1])));
			case "norm" -> compare(tensors, name, zScored(tensors, parts[1]));
			case "pad" -> compare(tensors, name, padded(tensors, name));
			case "sp" -> compareSpacing(tensors, name);
			case "zoom" -> compareLabels(tensors, name, zoom(tensors, name), image(tensors, "sp.label"));
			case "resize" -> compare(tensors, name, doubled(tensors, name));
			case "aug" -> compare(tensors, name, augmented(tensors, name, parts[1]));
			default -> throw new IllegalArgumentException("Unknown quantity " + name + " in " + file);
		}
	}

	private static Normalization scale(final String which) {
		final double limit = 1000;
		return switch (which) {
			case "btcv" -> Normalization.of(Intensity.window(-175, 250), null);
			case "ssl" -> Normalization.of(Intensity.window(-limit, limit), null);
			case "noclip" -> new Normalization(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, -175,
				425);
			default -> throw new IllegalArgumentException("Unknown scaling " + which);
		};
	}

	private static float[] normalized(final StateDict tensors, final String input,
		final Normalization map)
	{
		final float[] values = tensors.get(input).toFloats();
		for (int i = 0; i < values.length; i++)
			values[i] = map.apply(values[i]);
		return values;
	}

	private static float[] zScored(final StateDict tensors, final String which) {
		if (which.equals("nonzero_channel")) return flat(Normalization.normalize(image(tensors,
			"norm.input"), Intensity.zScore()));
		// over zeros too: only the linear map is ours
		final float[] values = tensors.get("norm.input").toFloats();
		double mean = 0, square = 0;
		for (final float v : values)
			mean += v / (double) values.length;
		for (final float v : values)
			square += (v - mean) * (v - mean) / values.length;
		return normalized(tensors, "norm.input", new Normalization(Double.NEGATIVE_INFINITY,
			Double.POSITIVE_INFINITY, mean, Math.sqrt(square)));
	}

	/** The only crop of a volume that is not larger than the crop. */
	private static float[] padded(final StateDict tensors, final String name) {
		final TrainingVolume volume = trainingVolume(tensors, "hu");
		final int[] patch = size(tensors, name);
		return crop(new CropSampler(List.of(volume), patch, 1, 0, AugmentationSettings.none(), 1).draw(
			0));
	}

	private static void compareSpacing(final StateDict tensors, final String name) throws IOException {
		final String volume = name.substring(0, name.indexOf('.', 3));
		final boolean turned = !name.contains("noorient");
		final String affineName = volume + (turned ? ".spaced_affine" : ".spaced_noorient_affine");
		final double[][] affine = matrix(tensors, volume + ".affine");
		final double[][] expected = matrix(tensors, affineName);
		final String input = name.endsWith("_label") ? "sp.label" : "sp.image";
		final Volume source = new Volume(name, image(tensors, input), new Geometry(Affine.spacing(
			affine), "mm", affine));
		final Volume start = turned ? Orientation.toRas(source) : source;
		final Resampling resampling = Resampling.toSpacing(start, Affine.spacing(expected), "mm");
		if (name.equals(affineName)) TestVolumes.assertSameAffine(expected, resampling.target()
			.geometry().affine(), 1e-9);
		else if (name.endsWith("_label")) compareLabels(tensors, name, resampling, start.image());
		else compare(tensors, name, flat(resampling.apply(start, Interpolation.LINEAR).image()));
	}

	/** The grid whose corner voxels are the corner voxels of the labels. */
	private static Resampling zoom(final StateDict tensors, final String name) {
		final long[] size = tensors.get(name).shape();
		final long[] old = Arrays.copyOfRange(tensors.get("sp.label").shape(), 1, 4);
		final double[] spacing = new double[3];
		for (int axis = 0; axis < 3; axis++)
			spacing[axis] = (old[axis] - 1.0) / (size[axis] - 1);
		return new Resampling(new VoxelGrid(old, Geometry.unknown()), new VoxelGrid(size, Geometry.of(
			"pixel", spacing)));
	}

	/** The first corner of the image in voxels of half the size that fill the same space. */
	private static float[] doubled(final StateDict tensors, final String name) {
		final int[] size = size(tensors, name);
		final long[] half = { size[0] / 2, size[1] / 2, size[2] / 2 };
		final RandomAccessibleInterval<FloatType> corner = Views.interval(image(tensors, "sp.image"),
			FinalInterval.createMinSize(0, 0, 0, 0, half[0], half[1], half[2], 1));
		final double[][] fine = Affine.ofSpacing(new double[] { 0.5, 0.5, 0.5 });
		for (int i = 0; i < 3; i++)
			fine[i][3] = -0.25;
		final Resampling resampling = new Resampling(new VoxelGrid(half, new Geometry(new double[] { 1, 1,
			1 }, "mm", Affine.ofSpacing(new double[] { 1, 1, 1 }))), new VoxelGrid(new long[] { size[0],
				size[1], size[2] }, new Geometry(new double[] { .5, .5, .5 }, "mm", fine)));
		return flat(resampling.image(corner, Interpolation.LINEAR));
	}

	private static float[] augmented(final StateDict tensors, final String name,
		final String change)
	{
		final TrainingVolume volume = trainingVolume(tensors, "aug.base");
		final double[][] unit = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
		if (change.startsWith("flip")) {
			final int axis = change.charAt(4) - '0';
			unit[axis][axis] = -1;
			return exact(volume, unit, size(tensors, name));
		}
		// turning the content forwards is reading it from places turned backwards
		if (change.startsWith("rot90_k")) return exact(volume, SpatialMap.quarterTurns(4 - (change.charAt(
			7) - '0')), size(tensors, name));
		final Crop crop = new Crop(tensors.get("aug.base").toFloats(), new short[volume.labels().length],
			size(tensors, name));
		final double amount = Double.parseDouble(change.replaceFirst("[a-z]+_f?", ""));
		IntensityAugmentation.apply(crop.image(), crop.channels(), 0.5, change.startsWith("scale")
			? script(1, 0, 0.5 + amount / 0.5, 1, 1) : script(1, 1, 0, 0.5 + amount / 0.4, 1));
		return crop.image();
	}

	private static float[] exact(final TrainingVolume volume, final double[][] map,
		final int[] size)
	{
		final Crop crop = new Crop(new float[size[0] * size[1] * size[2]], new short[size[0] * size[1] *
			size[2]], size);
		final double[] middle = new double[3];
		for (int axis = 0; axis < 3; axis++)
			middle[axis] = (volume.size()[axis] - 1) / 2.0;
		new CropReader(volume, new SpatialMap(map, true), middle).fill(crop);
		return crop(crop);
	}

	/** A generator that gives these numbers. */
	private static RandomGenerator script(final double... numbers) {
		return new RandomGenerator() {

			private int next;

			@Override
			public long nextLong() {
				throw new IllegalStateException("No such number was expected.");
			}

			@Override
			public double nextDouble() {
				return numbers[next++];
			}
		};
	}

	static Stream<Arguments> centres() throws IOException {
		final List<Arguments> all = new ArrayList<>();
		for (final Path file : GoldenFolder.files("*.safetensors")) {
			final String config = Safetensors.readMetadata(file).getOrDefault("config", "{}");
			final JsonElement centres = JsonParser.parseString(config).getAsJsonObject().get(
				"crop_centers");
			if (centres != null) for (final JsonElement centre : centres.getAsJsonArray())
				all.add(Arguments.of(centre.getAsJsonObject()));
		}
		assertFalse(all.isEmpty(), "No golden file in " + GoldenFolder.dir() + " holds crop centres.");
		return all.stream();
	}

	@ParameterizedTest
	@MethodSource("centres")
	void cropsStayInside(final JsonObject crop) {
		int compared = 0;
		for (int axis = 0; axis < 3; axis++) {
			final int size = number(crop, "size", axis), roi = number(crop, "roi", axis);
			if (roi > size) continue; // MONAI makes the crop smaller, we pad
			assertEquals(number(crop, "start", axis), CropSampler.start(number(crop, "center", axis), size,
				roi));
			compared++;
		}
		assertTrue(compared > 0);
	}

	private static int number(final JsonObject crop, final String key, final int axis) {
		final JsonArray numbers = crop.getAsJsonArray(key);
		return numbers.get(axis).getAsInt();
	}

	private static TrainingVolume trainingVolume(final StateDict tensors, final String name) {
		final int[] size = size(tensors, name);
		return new TrainingVolume(name, size, Geometry.unknown(), new float[][] { values(image(tensors,
			name)) }, new short[size[0] * size[1] * size[2]], 1, new SplittableRandom(1));
	}

	private static void compare(final StateDict tensors, final String name, final float[] actual) {
		assertArrayEquals(tensors.get(name).toFloats(), actual, (float) TOLERANCE);
	}

	/** Compares labels apart from those that lie half-way between two voxels. */
	private static void compareLabels(final StateDict tensors, final String name,
		final Resampling resampling, final RandomAccessibleInterval<FloatType> labels) throws IOException
	{
		final RandomAccessibleInterval<FloatType> volume = Views.hyperSlice(labels, 3, 0);
		final float[] expected = tensors.get(name).toFloats();
		final float[] actual = flat(Views.addDimension(TestVolumes.floats(resampling.labels(volume,
			Interpolation.NEAREST, Progress.silent())), 0, 0));
		final long[] size = resampling.target().size();
		final double[][] map = resampling.map();
		int compared = 0;
		for (int i = 0; i < expected.length; i++) {
			final double[] at = { i / (size[1] * size[2]), i / size[2] % size[1], i % size[2] };
			boolean tie = false;
			for (final double[] row : map) {
				final double place = row[0] * at[0] + row[1] * at[1] + row[2] * at[2] + row[3];
				tie |= Math.abs(place - Math.floor(place) - 0.5) < TIE;
			}
			if (tie) continue;
			compared++;
			assertEquals(expected[i], actual[i], name + " at " + Arrays.toString(at));
		}
		assertTrue(compared > expected.length / 2, name);
	}

	private static double[][] matrix(final StateDict tensors, final String key) {
		final DoubleBuffer numbers = tensors.get(key).data().order(ByteOrder.LITTLE_ENDIAN)
			.asDoubleBuffer();
		final double[][] matrix = new double[4][4];
		for (final double[] row : matrix)
			numbers.get(row);
		return matrix;
	}

	/** Sizes X, Y, Z of a tensor, its last three. */
	private static int[] size(final StateDict tensors, final String name) {
		final long[] shape = tensors.get(name).shape();
		final int[] size = new int[3];
		for (int axis = 0; axis < 3; axis++)
			size[axis] = (int) shape[shape.length - 3 + axis];
		return size;
	}

	/** A (C, X, Y, Z) tensor, Z fastest, as an image with axes X, Y, Z, C. */
	private static RandomAccessibleInterval<FloatType> image(final StateDict tensors,
		final String key)
	{
		final long[] shape = tensors.get(key).shape();
		return Views.permute(ArrayImgs.floats(tensors.get(key).toFloats(), shape[3], shape[2], shape[1],
			shape[0]), 0, 2);
	}

	/** The way back: an image as a tensor, Z fastest. */
	private static float[] flat(final RandomAccessibleInterval<FloatType> image) {
		return values(Views.permute(image, 0, 2));
	}

	private static float[] crop(final Crop crop) {
		return flat(ArrayImgs.floats(crop.image(), crop.size()[0], crop.size()[1], crop.size()[2], crop
			.channels()));
	}

	private static float[] values(final RandomAccessibleInterval<FloatType> image) {
		return TestVolumes.voxels(new Volume("values", image, Geometry.unknown()));
	}
}
