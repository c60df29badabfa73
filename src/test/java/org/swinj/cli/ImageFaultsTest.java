package org.swinj.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.swinj.data.Geometry;
import org.swinj.data.Volume;
import org.swinj.data.VolumeWriter;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.io.FileInfo;
import ij.io.FileSaver;
import ij.io.TiffEncoder;
import ij.process.LUT;

/** Images that are no good, or not what they seem, given to the commands. */
class ImageFaultsTest {

	@TempDir
	private Path folder;
	private FaultBench bench;

	@BeforeEach
	void prepare() throws IOException {
		bench = new FaultBench(folder);
	}

	private static float[] noise(final int n) {
		final float[] values = new float[n];
		for (int i = 0; i < n; i++)
			values[i] = (37 * i + i / 7) % 211;
		return values;
	}

	private static float[] half(final int n) {
		final float[] values = new float[n];
		for (int i = 0; i < n; i++)
			values[i] = i % 5 > 2 ? 1 : 0;
		return values;
	}

	private static void assertSeveralClasses(final float[] labels) {
		final TreeSet<Float> values = IntStream.range(0, labels.length).mapToObj(i -> labels[i]).collect(
			Collectors.toCollection(TreeSet::new));
		assertTrue(values.size() > 1 && values.first() >= 0 && values.last() <= 2, values.toString());
	}

	@Test
	void oneSliceIsLabelledWithANotice() throws IOException {
		FaultBench.assertDone(bench.segment(bench.tiff("one.tif", FaultBench.image(16, 40, 36, 1, 1,
			1))), "Volume \"one\" has only one voxel along Z: the model, which looks at 32, sees it");
		bench.written(40, 36, 1);
		FaultBench.assertDone(bench.fineTune(bench.data("d", noise(1600), half(1600), 40, 40, 1)));
	}

	@Test
	void timeThatIsMeantAsDepthIsTakenAsDepth() throws IOException {
		FaultBench.assertDone(bench.segment(bench.tiff("t.tif", FaultBench.image(16, 40, 36, 1, 1,
			20))), "Image \"t.tif\" has 20 time points of one slice; they were taken as slices.");
		final float[] asTime = bench.written(40, 36, 20);
		FaultBench.assertDone(bench.segment(bench.tiff("z.tif", FaultBench.image(16, 40, 36, 1, 20, 1))));
		assertArrayEquals(bench.written(40, 36, 20), asTime);
	}

	@Test
	void aSingleVoxelIsLabelledAndNoVoxelIsRefused() throws IOException {
		FaultBench.assertDone(bench.segment(bench.tiff("p.tif", FaultBench.image(16, 1, 1, 1, 1, 1))),
			"only one voxel along X", "shows nothing: all its voxels have the value");
		bench.written(1, 1, 1);
		final Path none = folder.resolve("none.nii");
		TestData.write(none, TestData.image(1));
		final byte[] bytes = Files.readAllBytes(none);
		ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putShort(44, (short) 0);
		Files.write(none, bytes);
		bench.refusesToSegment(none, "none.nii");
	}

	@Test
	void voxelsThatAreNoNumbersAreCounted() throws IOException {
		final float[] image = TestData.image(1);
		image[33] = Float.NaN;
		image[40] = Float.POSITIVE_INFINITY;
		final Path data = bench.data("d", image, TestData.labels(1));
		final String sentence = "has 2 of 32768 voxels that are NaN or infinite, the first at (1, 1, 0)";
		bench.refusesToSegment(data.resolve("images/a.nii.gz"), sentence);
		bench.refusesToTrain(data, sentence);
		final String told = "2 of 32768 voxels that are NaN or infinite; its smallest value 17.511208 was";
		FaultBench.assertDone(bench.segment(data.resolve("images/a.nii.gz"), "replace_nan=true"), told);
		FaultBench.assertDone(bench.fineTune(data, "replace_nan=true"), told);
		FaultBench.assertDone(bench.pretrain(data), told);
		final float[] labels = TestData.labels(1);
		labels[5] = Float.NaN;
		bench.refusesToTrain(bench.data("e", TestData.image(1), labels), "NaN at voxel (5, 0, 0)");
	}

	@Test
	void aConstantImageIsTold() throws IOException {
		final float[] image = new float[32768];
		Arrays.fill(image, 7);
		final Path data = bench.data("d", image, TestData.labels(1));
		final String told = "Volume \"a\" shows nothing: all its voxels have the value 7.0.";
		FaultBench.assertDone(bench.segment(data.resolve("images/a.nii.gz")), told);
		FaultBench.assertDone(bench.fineTune(data), told);
		bench.refusesToPretrain(data, "There is no volume to learn from. Volume \"a.nii.gz\" shows "
			+ "nothing: all its voxels have the same value.");
	}

	@Test
	void aVolumeOfBackgroundOnlyTeachesNothing() throws IOException {
		final Path data = bench.data("d", new float[32768], new float[32768]);
		bench.refusesToTrain(data, "None of the 1 training cases has a voxel of any class besides");
		bench.refusesToPretrain(data, "There is no volume to learn from.");
	}

	@Test
	void signedCtIsReadInItsCalibratedValues() throws IOException {
		final ImagePlus image = FaultBench.image(16, 32, 32, 1, 32, 1);
		final float[] hounsfield = new float[32768];
		for (int n = 1; n <= 32; n++)
			for (int i = 0; i < 1024; i++) {
				final int value = -1000 + (31 * i + 97 * n + i * n) % 1400;
				image.getStack().getProcessor(n).set(i, value + 32768);
				hounsfield[1024 * (n - 1) + i] = value;
			}
		image.getCalibration().setSigned16BitCalibration();
		FaultBench.assertDone(bench.segment(bench.tiff("ct.tif", image)));
		final float[] labels = bench.written(32, 32, 32);
		assertSeveralClasses(labels);
		final Path plain = folder.resolve("float.tif");
		VolumeWriter.write(plain, new Volume("f", ArrayImgs.floats(hounsfield, 32, 32, 32, 1), Geometry
			.unknown()));
		FaultBench.assertDone(bench.segment(plain));
		assertArrayEquals(bench.written(32, 32, 32), labels);
	}

	@Test
	void coloursAreRefusedAndLookupTablesDoNotMatter() throws IOException {
		final ImagePlus rgb = IJ.createImage("c", "RGB ramp", 32, 32, 8);
		final String sentence = "holds RGB colours or 3 interleaved values a voxel: convert it";
		bench.refusesToSegment(bench.tiff("rgb.tif", rgb), "Volume \"rgb.tif\" " + sentence);
		bench.tiff("d/images/a.tif", rgb);
		TestData.write(folder.resolve("d/labels/a.tif"), half(8192), 32, 32, 8, 1);
		bench.refusesToTrain(folder.resolve("d"), sentence);
		bench.refusesToPretrain(folder.resolve("d/images"), sentence);
		bench.refusesToSegment(bench.tiff("two.tif", new CompositeImage(FaultBench.image(8, 32, 32, 2, 8,
			1))), "Volume \"two\" has 2 channels, but model \"tiny\" needs 1.");
		final ImagePlus grey = FaultBench.image(8, 32, 32, 1, 8, 1);
		FaultBench.assertDone(bench.segment(bench.tiff("grey.tif", grey)));
		final float[] labels = bench.written(32, 32, 8);
		final byte[] ramp = new byte[256], fall = new byte[256];
		for (int i = 0; i < 256; i++) {
			ramp[i] = (byte) i;
			fall[i] = (byte) (255 - i);
		}
		grey.setLut(new LUT(fall, ramp, fall));
		FaultBench.assertDone(bench.segment(bench.tiff("lut.tif", grey)));
		assertArrayEquals(labels, bench.written(32, 32, 8));
	}

	@Test
	void fewExtremeValuesAreTold() throws IOException {
		final float[] image = TestData.image(1);
		image[0] = 3e38f;
		image[1] = -3e38f;
		final Path data = bench.data("d", image, TestData.labels(1));
		FaultBench.assertDone(bench.fineTune(data),
			"Volume \"a\" has 2 of 32768 voxels with extreme values, from -3.000e+38 to 3.000e+38");
		assertSeveralClasses(segmented(data.resolve("images/a.nii.gz"), "model=" + bench.trained));
	}

	private float[] segmented(final Path image, final String... more) throws IOException {
		FaultBench.assertDone(bench.segment(image, more), "extreme values");
		return bench.written(32, 32, 32);
	}

	@Test
	void voxelSizesThatAreNoneAreTold() throws IOException {
		final ImagePlus image = FaultBench.image(16, 32, 32, 1, 8, 1);
		FaultBench.assertDone(bench.segment(bench.tiff("none.tif", image)), "The voxel size of volume "
			+ "\"none\" is not known (its unit is \"pixel\"), but the model was trained on voxels of 1.5 × "
			+ "1.5 × 2 mm: it is used as it is.");
		bench.written(32, 32, 8);
		image.getCalibration().setUnit("furlong");
		FaultBench.assertDone(bench.segment(bench.tiff("odd.tif", image)), "its unit is \"furlong\"");
		image.getCalibration().setUnit("mm");
		image.getCalibration().pixelDepth = Double.NaN;
		FaultBench.assertDone(bench.segment(bench.tiff("nan.tif", image)), "which is not a size");
		image.getCalibration().setUnit("inch");
		image.getCalibration().pixelWidth = image.getCalibration().pixelHeight = 1.5 / 25.4;
		image.getCalibration().pixelDepth = 4 / 25.4;
		final Shell inches = bench.segment(bench.tiff("inch.tif", image));
		FaultBench.assertDone(inches,
			"\"inch\" is brought to the model's voxels of 0.0591 × 0.0591 × 0.0787 inch");
		bench.written(32, 32, 8);
	}

	@Test
	void slicesTwentyTimesAsThickAsPixelsArePlannedFor() throws IOException {
		final Path data = folder.resolve("d");
		final double[][] affine = { { 0.25, 0, 0, 0 }, { 0, 0.25, 0, 0 }, { 0, 0, 5, 0 }, { 0, 0, 0, 1 } };
		for (final String part : new String[] { "images", "labels" }) {
			Files.createDirectories(data.resolve(part));
			VolumeWriter.write(data.resolve(part + "/a.nii.gz"), new Volume("a", ArrayImgs.floats(part
				.equals("labels") ? half(24576) : noise(24576), 64, 64, 6, 1), new Geometry(new double[] {
					0.25, 0.25, 5 }, "mm", affine)));
		}
		FaultBench.assertDone(bench.fineTune(data, "patch="), "voxels of 0.250 × 0.250 × 5.00 mm");
		FaultBench.assertDone(bench.segment(data.resolve("images/a.nii.gz"), "model=" + bench.trained));
		bench.written(64, 64, 6);
	}

	@Test
	void imagesOfAnySizeAreLabelledWhole() throws IOException {
		FaultBench.assertDone(bench.segment(bench.tiff("small.tif", FaultBench.image(16, 7, 9, 1, 5, 1))));
		bench.written(7, 9, 5);
		FaultBench.assertDone(bench.segment(bench.tiff("odd.tif", FaultBench.image(16, 33, 47, 1, 35,
			1))));
		bench.written(33, 47, 35);
		FaultBench.assertDone(bench.fineTune(bench.data("d", noise(315), half(315), 7, 9, 5)));
	}

	@Test
	void hyperstacksAreLabelledFrameByFrameOrRefused() throws IOException {
		final Path series = bench.tiff("4d.tif", FaultBench.image(16, 32, 32, 1, 5, 3));
		final Path output = folder.resolve("series.tif");
		FaultBench.assertDone(bench.segment(series, "output=" + output));
		assertArrayEquals(new int[] { 32, 32, 1, 5, 3 }, IJ.openImage(output.toString()).getDimensions());
		final Shell nifti = bench.segment(series, "output=" + folder.resolve("series.nii"));
		assertEquals(1, nifti.code);
		assertTrue(nifti.err.contains("\"4d.tif\" has 3 time points, but \"series.nii\" can hold one: choose a name "
			+ "that ends in .tif."), nifti.err);
		assertFalse(Files.exists(folder.resolve("series.nii")));
		final Shell soft = bench.segment(series, "probabilities=true", "output=" + output);
		FaultBench.assertDone(soft, "Probabilities are saved for the first of 3 time points only.");
		bench.refusesToSegment(bench.tiff("5d.tif", FaultBench.image(16, 32, 32, 2, 5, 3)),
			"has 2 channels, but model \"tiny\" needs 1.", "output=" + output);
		bench.tiff("d/images/a.tif", FaultBench.image(16, 32, 32, 1, 5, 3));
		TestData.write(folder.resolve("d/labels/a.tif"), half(5120), 32, 32, 5, 1);
		final String sentence = "holds 3 time points of 5 slices where one volume is needed.";
		bench.refusesToTrain(folder.resolve("d"), sentence);
		bench.refusesToPretrain(folder.resolve("d/images"), sentence);
	}

	@Test
	void truncatedFilesTellHowMuchIsThere() throws IOException {
		final Path file = bench.tiff("cut.tif", FaultBench.image(16, 32, 32, 1, 8, 1));
		final byte[] bytes = Files.readAllBytes(file);
		Files.write(file, Arrays.copyOf(bytes, 11000));
		bench.refusesToSegment(file, "Volume \"cut.tif\" is truncated: ");
		TestData.write(folder.resolve("d/labels/cut.tif"), half(8192), 32, 32, 8, 1);
		Files.createDirectories(folder.resolve("d/images"));
		Files.copy(file, folder.resolve("d/images/cut.tif"));
		bench.refusesToTrain(folder.resolve("d"), "is truncated");
		bench.refusesToPretrain(folder.resolve("d/images"), "is truncated");
	}

	@ParameterizedTest
	@ValueSource(strings = { "2147483647", "2147483648", "9223372036854775807",
		"99999999999999999999999999" })
	void slicesThatTheFileCannotHoldAreRefused(final String claim) throws IOException {
		final Path file = folder.resolve("claim.tif");
		final FileInfo info = FaultBench.image(16, 8, 8, 1, 1, 1).getFileInfo();
		info.description = "ImageJ=1.54p\nimages=" + claim + "\nslices=" + claim + "\n";
		try (var out = Files.newOutputStream(file)) {
			new TiffEncoder(info).write(out);
		}
		final String sentence = "Volume \"claim.tif\" is truncated: 128 of " + (claim
			.length() > 18 ? "more than 999999999999999999" : claim) + " × 128 bytes";
		bench.refusesToSegment(file, sentence);
		bench.refusesToPretrain(file, sentence);
	}

	@Test
	void slicesThatOtherHeadersClaimAreRefused() throws IOException {
		final Path nrrd = folder.resolve("a.nrrd");
		Files.writeString(nrrd, "NRRD0004\ntype: short\ndimension: 3\nsizes: 8 8 2147483648\n"
			+ "encoding: raw\nendian: little\n\n");
		bench.refusesToSegment(nrrd, "a.nrrd");
		final Path mha = folder.resolve("a.mha");
		Files.writeString(mha, "ObjectType = Image\nNDims = 3\nDimSize = 8 8 2147483648\n"
			+ "ElementType = MET_SHORT\nElementDataFile = LOCAL\n");
		bench.refusesToSegment(mha, "a.mha");
	}

	@Test
	void zarrAndN5AreNamedAsWhatTheyAre() throws IOException {
		final String why = ", which is not supported: open it in Fiji and save it as TIFF, or convert";
		final Path zarr = Files.createDirectories(folder.resolve("plain"));
		Files.writeString(zarr.resolve(".zgroup"), "{\"zarr_format\": 2}");
		bench.refusesToSegment(zarr, "plain\" is Zarr" + why);
		bench.refusesToPretrain(zarr, "plain\" is Zarr" + why);
		final Path three = Files.createDirectories(folder.resolve("d/images/a.zarr"));
		Files.writeString(three.resolve("zarr.json"), "{\"zarr_format\": 3}");
		Files.createDirectories(folder.resolve("d/labels/a.zarr"));
		bench.refusesToTrain(folder.resolve("d"), "a.zarr\" is Zarr" + why);
		bench.refusesToSegment(folder.resolve("d/images"), "a.zarr\" is Zarr" + why);
		final Path n5 = Files.createDirectories(folder.resolve("v"));
		Files.writeString(n5.resolve("attributes.json"), "{\"n5\": \"2.5.0\"}");
		bench.refusesToSegment(n5, "v\" is N5" + why);
	}

	@ParameterizedTest
	@ValueSource(strings = { "weiß 'so' \"ü\" 日本 x", "a;b#c%d&e", "-=[x]=-" })
	void namesMayHoldAnything(final String name) throws IOException {
		final Path data = TestData.write(folder.resolve(name), 1);
		FaultBench.assertDone(bench.fineTune(data, "output=" + data.resolve(name)));
		final Path results = folder.resolve("of " + name);
		FaultBench.assertDone(bench.segment(data.resolve("images"), "model=" + data.resolve(name),
			"output=" + results, "rois=true", "table=true", "overlay=true"));
		try (Stream<Path> files = Files.list(results)) {
			assertEquals(5, files.count(), "labels, regions, table, picture, and the table of the folder");
		}
	}

	@Test
	void longPathsWorkAndNamesThatAreTooLongAreNamed() throws IOException {
		final Path image = folder.resolve(("x".repeat(80) + "/").repeat(5) + "a.nii.gz");
		TestData.write(image, TestData.image(1));
		FaultBench.assertDone(bench.segment(image));
		bench.refusesToSegment(image, ".nii\" cannot be written: File name too long.", "output=" + folder
			.resolve("y".repeat(300) + ".nii"));
		bench.refusesToSegment(Path.of("//server/share/x.nii"), "x.nii\" does not exist");
		FaultBench.assertRefused(Shell.run("segment", "input=a\0b", "model=" + bench.model, "output="
			+ bench.labels), "\"a?b\" is no path: ");
	}

	@Test
	void loopsOfLinksAndCompanionsOfMacsAreNoVolumes() throws IOException {
		final Path data = TestData.write(folder.resolve("d"), 1);
		for (final String part : new String[] { "images", "labels" }) {
			final Path place = data.resolve(part);
			Files.write(place.resolve("._case_1.nii.gz"), new byte[] { 0, 5, 22, 7 });
			Files.write(place.resolve(".DS_Store"), new byte[3]);
			Files.createSymbolicLink(place.resolve("loop"), data);
			Files.createSymbolicLink(place.resolve("self.nii"), place.resolve("self.nii"));
			Files.createSymbolicLink(place.resolve("gone.nii"), place.resolve("nothing.nii"));
		}
		FaultBench.assertDone(bench.fineTune(data));
		FaultBench.assertDone(bench.pretrain(data));
		final Shell shell = bench.segment(data.resolve("images"), "output=" + folder.resolve("all"));
		FaultBench.assertDone(shell);
		assertEquals(1, shell.json().get("volumes").getAsInt());
		assertFalse(Files.exists(folder.resolve("all/self.nii")));
	}
}
