package org.swinj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.data.FormatException;
import org.swinj.data.Geometry;
import org.swinj.data.TiffWriter;
import org.swinj.data.Volume;
import org.swinj.model.SwinModel;

/** Pretraining on volumes as people have them. */
class PretrainInputTest {

	@TempDir
	Path folder;

	private final PretrainTest.Recorder progress = new PretrainTest.Recorder();

	@Test
	void volumesSmallerThanTheCrop() throws IOException {
		write("small.tif", 20, 12, 9, 1, 1);
		assertTrained(pretrain("32"));
	}

	@Test
	void aSingleSlice() throws IOException {
		write("slice.tif", 50, 40, 1, 1, 1);
		assertTrained(pretrain(""));
	}

	/** A crop that is square in X and Z only is turned in that plane. */
	@Test
	void cropsThatAreNotSquareInTheImagePlane() throws IOException {
		write("v.tif", 40, 70, 40, 1, 1);
		final PretrainResult result = pretrain("32,64,32");
		assertTrained(result);
		assertTrue(Double.isFinite(result.losses().rotation()), progress.lines.toString());
	}

	@Test
	void constantAndBrokenVolumesAreLeftOut() throws IOException {
		write("a.tif", 40, 40, 40, 1, 0);
		Files.writeString(folder.resolve("b.nii"), "no volume");
		write("c.tif", 40, 40, 40, 1, 1);
		final Path cut = write("d.tif", 40, 40, 40, 1, 1);
		Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 9000));
		assertTrained(pretrain("32"));
		for (final String name : List.of("a.tif", "b.nii", "d.tif"))
			assertEquals(1, progress.lines.stream().filter(line -> line.contains(name) && line.endsWith(
				"It is left out.")).count(), name + " in " + progress.lines);
	}

	@Test
	void nothingToLearnFrom() throws IOException {
		write("a.tif", 40, 40, 40, 1, 0);
		final FormatException e = assertThrows(FormatException.class, () -> pretrain("32"));
		assertTrue(e.getMessage().contains("no volume to learn from") && e.getMessage().contains("a.tif"),
			e.getMessage());
		assertFalse(Files.exists(folder.resolve("model")));
	}

	@Test
	void mixedChannels() throws IOException {
		write("a.tif", 40, 40, 40, 1, 1);
		write("b.tif", 40, 40, 40, 2, 1);
		final FormatException e = assertThrows(FormatException.class, () -> pretrain("32"));
		assertTrue(e.getMessage().contains("b.tif") && e.getMessage().contains("2 channels"), e
			.getMessage());
	}

	private void assertTrained(final PretrainResult result) throws IOException {
		assertEquals(2, result.steps());
		assertTrue(Double.isFinite(result.losses().inpainting()), progress.lines.toString());
		assertEquals(2, SwinModel.readCard(folder.resolve("model")).training().steps());
	}

	private PretrainResult pretrain(final String patch) throws IOException {
		return new Pretrain(new PretrainSettings(List.of(folder), folder.resolve("model"), 0, 2, "default",
			PretrainSettings.AUTO, PretrainSettings.AUTO, PretrainSettings.AUTO, 0, "", 0, 12, patch, 0, 0, "",
			false, 0, 1, "cpu", "float32"), progress).run();
	}

	/** A volume of random numbers below {@code range}; all 7 for a range of 0. */
	private Path write(final String name, final int x, final int y, final int z, final int channels,
		final int range) throws IOException
	{
		final Random random = new Random(name.hashCode());
		final float[] values = new float[x * y * z * channels];
		for (int i = 0; i < values.length; i++)
			values[i] = 7 + range * random.nextFloat();
		final Path file = folder.resolve(name);
		TiffWriter.write(file, new Volume(name, ArrayImgs.floats(values, x, y, z, channels), Geometry.of(
			"µm", 0.5, 0.5, 0.5)));
		return file;
	}
}
