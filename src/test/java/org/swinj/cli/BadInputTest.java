package org.swinj.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.model.TestModels;

/** What goes wrong ends with one sentence and exit code 1 or 2, and touches no earlier result. */
class BadInputTest {

	private static final byte[] EARLIER = "an earlier result".getBytes();

	@TempDir
	private Path folder;
	private Path data;
	private Path model;
	private Path output;

	@BeforeEach
	void prepare() throws IOException {
		data = TestData.write(folder.resolve("data"), 2);
		model = folder.resolve("model.zip");
		TestModels.tiny(1).write(model);
		output = folder.resolve("out.nii.gz");
		Files.write(output, EARLIER);
	}

	@Test
	void missingFile() {
		segmentFails(folder.resolve("nowhere.nii.gz"), "nowhere.nii.gz\" does not exist");
	}

	@Test
	void truncatedNifti() throws IOException {
		final Path file = data.resolve("images/case_1.nii.gz");
		final byte[] bytes = Files.readAllBytes(file);
		Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
		segmentFails(file, "is truncated");
		trainingFails("is truncated");
	}

	@Test
	void headerClaimingMoreSlicesThanTheFileHolds() throws IOException {
		final Path file = folder.resolve("huge.nii");
		TestData.write(file, TestData.image(1));
		final byte[] bytes = Files.readAllBytes(file);
		final ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
		for (int axis = 1; axis <= 3; axis++)
			header.putShort(40 + 2 * axis, Short.MAX_VALUE);
		Files.write(file, bytes);
		segmentFails(file, "is truncated");
	}

	@Test
	void nanVoxels() throws IOException {
		final float[] voxels = TestData.image(1);
		voxels[33] = Float.NaN;
		TestData.write(data.resolve("images/case_1.nii.gz"), voxels);
		final Path file = data.resolve("images/case_1.nii.gz");
		segmentFails(file, "has 1 of 32768 voxels that are NaN or infinite, the first at (1, 1, 0)");
		trainingFails("NaN or infinite");
		final Shell replaced = Shell.run("segment", "input=" + file, "model=" + model, "output=" + output,
			"replace_nan=true", "rois=false", "table=false");
		assertEquals(0, replaced.code, replaced.err);
		assertTrue(replaced.err.contains("Warning: Volume \"case_1\" has 1 of 32768 voxels"),
			replaced.err);
	}

	@Test
	void labelsOfAnotherSize() throws IOException {
		TestData.write(data.resolve("labels/case_2.nii.gz"), new float[32 * 32 * 31], 32, 32, 31, 1);
		trainingFails("Image of case case_2 has 32×32×32 voxels, but its labels have 32×32×31");
	}

	@Test
	void labelsBeyondTheNamedClasses() throws IOException {
		final float[] labels = TestData.labels(2);
		labels[5] = 7;
		TestData.write(data.resolve("labels/case_2.nii.gz"), labels);
		Files.writeString(data.resolve("dataset.json"), "{\"labels\": {\"0\": \"background\", \"1\": "
			+ "\"ball\"}, \"training\": [" + entry(1) + "," + entry(2) + "]}");
		trainingFails("Labels of case case_2 contain value 7, but the data set names only 0..1");
	}

	@Test
	void noLabelsAtAll() throws IOException {
		TestData.write(data.resolve("labels/case_1.nii.gz"), new float[32768]);
		TestData.write(data.resolve("labels/case_2.nii.gz"), new float[32768]);
		trainingFails("has a voxel of any class besides the background");
		Files.delete(data.resolve("labels/case_1.nii.gz"));
		Files.delete(data.resolve("labels/case_2.nii.gz"));
		trainingFails("No image with labels was found");
	}

	@Test
	void wrongNumberOfChannels() throws IOException {
		final Path file = folder.resolve("two.nii");
		TestData.write(file, new float[2 * 32768], 32, 32, 32, 2);
		segmentFails(file, "Volume \"two\" has 2 channels, but model \"tiny\" needs 1.");
	}

	@Test
	void corruptedAndForeignModels() throws IOException {
		final Path volume = data.resolve("images/case_1.nii.gz");
		final byte[] bytes = Files.readAllBytes(model);
		final byte[] flipped = bytes.clone();
		flipped[bytes.length / 2] ^= 0x55;
		Files.write(model, flipped);
		segmentFails(volume, "damaged");
		Files.write(model, Arrays.copyOf(bytes, bytes.length / 3));
		segmentFails(volume, "is not a SwinJ model");
		Files.writeString(model, "something else");
		segmentFails(volume, "is not a SwinJ model");
		Files.delete(model);
		segmentFails(volume, "model.zip");
	}

	@Test
	void modelWithEntriesOutsideItsFolder() throws IOException {
		try (OutputStream out = Files.newOutputStream(model); ZipOutputStream zip = new ZipOutputStream(
			out))
		{
			zip.putNextEntry(new ZipEntry("../model.json"));
			zip.write("{}".getBytes());
			zip.closeEntry();
		}
		segmentFails(data.resolve("images/case_1.nii.gz"), "../model.json");
		assertFalse(Files.exists(folder.resolve("model.json")));
	}

	@Test
	void outputThatCannotBeWritten() throws IOException {
		final Path file = Files.createFile(folder.resolve("file"));
		fails(1, "cannot be made", "segment", "input=" + data.resolve("images/case_1.nii.gz"), "model="
			+ model, "output=" + file.resolve("a.nii.gz"));
		fails(1, "out.nii.gz", "fine-tune", "data=" + data, "output=" + output, "steps=1");
	}

	@Test
	void wrongArguments() {
		fails(2, "There is no option \"modle\"", "segment", "modle=x");
		fails(2, "overlap must be a number, not \"half\"", "segment", "overlap=half");
		fails(2, "rois must be true or false", "segment", "rois=yes");
		fails(2, "precision must be one of", "segment", "precision=int8");
		fails(2, "Choose where to save the labels (output=).", "segment", "input=" + data, "model=b");
		fails(1, "\"a\" does not exist: no image of this title is open", "segment", "input=a", "model=b");
		fails(2, "Choose the SwinJ model (model=).", "segment", "input=" + data, "output=b");
		fails(2, "Choose the SwinJ model (model=).", "info");
		fails(2, "Weights are written as .safetensors", "export", "model=" + model, "output=" + folder
			.resolve("e.txt"));
		fails(2, "feature_size must be a multiple of 12, not 20", "fine-tune", "data=" + data,
			"output=m", "feature_size=20");
		fails(2, "Device gpu7 was requested", "segment", "input=" + data.resolve(
			"images/case_1.nii.gz"), "model=" + model, "output=" + folder.resolve("x.nii"), "device=gpu7");
	}

	@Test
	void brokenFileInAFolderDoesNotStopTheOthers() throws IOException {
		Files.writeString(data.resolve("images/broken.nii"), "nothing");
		final Path results = folder.resolve("results");
		final Shell shell = Shell.run("segment", "input=" + data.resolve("images"), "model=" + model,
			"output=" + results, "rois=false", "table=false");
		assertEquals(1, shell.code);
		assertEquals("partial", shell.json().get("status").getAsString());
		assertEquals(2, shell.json().get("volumes").getAsInt());
		assertTrue(shell.json().get("failures").toString().contains("broken"), shell.out);
		assertTrue(Files.exists(results.resolve("case_2.nii.gz")));
	}

	private static String entry(final int number) {
		return "{\"image\": \"images/case_" + number + ".nii.gz\", \"label\": \"labels/case_" + number
			+ ".nii.gz\"}";
	}

	private void segmentFails(final Path input, final String words) {
		fails(1, words, "segment", "input=" + input, "model=" + model, "output=" + output);
	}

	private void trainingFails(final String words) {
		fails(1, words, "fine-tune", "data=" + data, "output=" + folder.resolve("trained"), "steps=1",
			"feature_size=12", "validation=0");
		assertFalse(Files.exists(folder.resolve("trained")));
	}

	private void fails(final int code, final String words, final String... arguments) {
		final Shell shell = Shell.run(arguments);
		assertEquals(code, shell.code, shell.err);
		assertEquals("failed", shell.json().get("status").getAsString());
		final String sentence = shell.json().get("message").getAsString();
		assertTrue(sentence.contains(words), sentence);
		assertTrue(sentence.endsWith(".") && !sentence.contains("Exception"), sentence);
		try {
			assertArrayEquals(EARLIER, Files.readAllBytes(output));
		}
		catch (final IOException e) {
			throw new AssertionError("the earlier result is gone", e);
		}
	}
}
