package org.swinj.workflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import javax.imageio.ImageIO;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.backend.Backend;
import org.swinj.data.FormatException;
import org.swinj.data.Geometry;
import org.swinj.data.Intensity;
import org.swinj.data.TiffWriter;
import org.swinj.data.Volume;
import org.swinj.model.ModelCard;
import org.swinj.model.NetworkWeights;
import org.swinj.model.StateDict;
import org.swinj.model.SwinModel;
import org.swinj.model.WeightScale;
import org.swinj.network.Merging;
import org.swinj.network.SwinConfig;
import org.swinj.network.SwinUnetr;
import org.swinj.progress.CancelledException;
import org.swinj.progress.Progress;

/** Pretraining from files to a model, and what fine-tuning makes of that model. */
class PretrainTest {

	@TempDir
	Path folder;

	private Path data;
	private final Recorder progress = new Recorder();

	@BeforeEach
	void writeVolumes() throws IOException {
		data = Files.createDirectories(folder.resolve("data"));
		for (int i = 0; i < 2; i++)
			TiffWriter.write(data.resolve("v" + i + ".tif"), noise(i, Geometry.of("µm", 0.5, 0.5, 1)));
	}

	private static Volume noise(final long seed, final Geometry geometry) {
		final Random random = new Random(seed);
		final float[] values = new float[36 * 36 * 40];
		for (int i = 0; i < values.length; i++)
			values[i] = random.nextInt(1000);
		return new Volume("v", ArrayImgs.floats(values, 36, 36, 40, 1), geometry);
	}

	private PretrainSettings settings(final String output) {
		return new PretrainSettings(List.of(data), folder.resolve(output), 0, 2, "default",
			PretrainSettings.AUTO, 0.1, PretrainSettings.AUTO, 0, "", 0, 12, "32", 0, 0, "",
			false, 0, 1, "cpu", "float32");
	}

	@Test
	void theWholeNetworkIsPretrained() throws IOException {
		final PretrainResult result = new Pretrain(settings("m"), progress).run();
		assertEquals(2, result.steps());
		assertTrue(result.losses().inpainting() > 0 && result.losses().contrast() >= 0 && result.losses()
			.rotation() > 0);
		assertNotNull(result.preview());
		final BufferedImage written = ImageIO.read(folder.resolve("m").resolve("preview.png").toFile());
		assertEquals(3 * 32 * 8 + 2 * 4, written.getWidth()); // crop, masked, rebuilt

		final SwinModel model = SwinModel.read(folder.resolve("m"));
		final ModelCard card = model.card();
		assertTrue(card.encoderOnly());
		assertEquals(SwinConfig.monai(1, 1, 12).withV2(true).withMerging(Merging.V2).withWindow(4), card
			.architecture());
		assertEquals(Intensity.zScore(), card.intensity());
		assertArrayEquals(new double[] { 0.5, 0.5, 1 }, card.voxelSize());
		assertEquals("µm", card.unit());
		assertTrue(model.weights().contains("decoder1.conv_block.conv1.conv.weight"));
		assertFalse(model.weights().contains("out.conv.conv.weight"));
		assertTrue(model.weights().contains("rotation_head.weight"));
		final List<String> curve = Files.readAllLines(folder.resolve("m").resolve("training.csv"));
		assertEquals("step,seconds,loss,rate,inpainting,contrast,rotation,position", curve.get(0));
		assertTrue(curve.get(curve.size() - 1).startsWith("2,"), curve.toString());
		assertEquals(7, curve.get(1).split(",").length);
		fineTuningTakesAll(model.weights());
	}

	/** Nothing but the last layer of the network is new when a fine-tuning starts. */
	private void fineTuningTakesAll(final StateDict pretrained) throws IOException {
		final int expected = (int) pretrained.names().stream().filter(name -> !name.contains("_head."))
			.count();
		final StateDict loaded = loaded("m");
		assertTrue(progress.lines.contains("Pretrained weights: " + expected
			+ " tensors loaded, 0 adapted, 2 missing, 0 unexpected, 0 mismatched, 4 ignored"), progress.lines
				.toString());
		final StateDict renewed = WeightScale.renewed(pretrained);
		for (final String name : loaded.names())
			if (!name.startsWith("out.")) assertArrayEquals(renewed.get(name).toFloats(), loaded.get(name)
				.toFloats(), name);
	}

	@Test
	void fineTuningTakesTheEncoderOfAHeadModel() throws IOException {
		final PretrainSettings settings = settings("m.zip").withNetwork(12, "deconv", "32").withTasks(1,
			0, 0);
		new Pretrain(settings, progress).run();
		final StateDict pretrained = SwinModel.read(folder.resolve("m.zip")).weights();
		assertTrue(pretrained.contains("conv.4.weight"));
		assertTrue(pretrained.names().stream().noneMatch(name -> name.startsWith("decoder")));
		final StateDict loaded = loaded("m.zip");
		final StateDict renewed = WeightScale.renewed(pretrained);
		int encoder = 0;
		for (final String name : loaded.names())
			if (name.startsWith("swinViT.")) {
				assertArrayEquals(renewed.get(name).toFloats(), loaded.get(name).toFloats(), name);
				encoder++;
			}
		assertTrue(progress.lines.stream().anyMatch(line -> line.startsWith("Pretrained weights: ")
			&& line.contains(" tensors loaded")), progress.lines.toString());
		assertTrue(progress.lines.contains("Pretrained weights: " + encoder
			+ " tensors loaded, 0 adapted, " + (loaded.size() - encoder)
			+ " missing, 0 unexpected, 0 mismatched, 14 ignored"), progress.lines.toString());
	}

	/** The weights of a new network of three classes after it started from a model. */
	private StateDict loaded(final String model) throws IOException {
		final StartingPoint start = StartingPoint.read(folder.resolve(model));
		try (Backend backend = Backend.open("cpu", "float32", Progress.silent());
				SwinUnetr network = new SwinUnetr(start.config().withOutChannels(3), backend, 0))
		{
			start.load(network, progress);
			return NetworkWeights.of(network);
		}
	}

	/** After one small step a fine-tuned network is still close to where it started. */
	@Test
	void fineTuningStartsFromThePretrainedModel() throws IOException {
		new Pretrain(settings("m").withTasks(1, 0, 0), progress).run();
		final Path labelled = folder.resolve("labelled");
		final Volume image = noise(9, Geometry.unknown());
		final Path images = Files.createDirectories(labelled.resolve("images"));
		final Path labels = Files.createDirectories(labelled.resolve("labels"));
		TiffWriter.write(images.resolve("a.tif"), image);
		final float[] classes = new float[36 * 36 * 40];
		for (int i = 0; i < classes.length; i++)
			classes[i] = i % 36 < 18 ? 0 : 1;
		TiffWriter.write(labels.resolve("a.tif"), image.withImage(ArrayImgs.floats(classes, 36, 36, 40,
			1)));
		new FineTune(FineTuneSettings.of(labelled, folder.resolve("tuned")).withSteps(1).withValidation(
			"0").withPretrained(folder.resolve("m")), progress).run();

		final StateDict before = WeightScale.renewed(SwinModel.read(folder.resolve("m")).weights());
		final StateDict after = SwinModel.read(folder.resolve("tuned")).weights();
		double moved = 0;
		for (final String name : after.names()) {
			if (name.startsWith("out.")) continue;
			final float[] a = before.get(name).toFloats();
			final float[] b = after.get(name).toFloats();
			for (int i = 0; i < a.length; i++)
				moved = Math.max(moved, Math.abs(a[i] - b[i]));
		}
		assertTrue(moved > 0 && moved <= 1e-3, "weights moved by up to " + moved);
	}

	@Test
	void thePaperModeIsThatOfThePaper() throws IOException {
		final PretrainSettings settings = settings("m").withMode("paper").withNetwork(12, "", "64,32,32")
			.withBatch(1).withSteps(1);
		new Pretrain(settings, progress).run();
		final ModelCard card = SwinModel.readCard(folder.resolve("m"));
		assertEquals(SwinConfig.monai(1, 1, 12), card.architecture());
		assertEquals(Intensity.window(-1000, 1000), card.intensity());
		final StateDict weights = SwinModel.read(folder.resolve("m")).weights();
		assertTrue(weights.contains("conv.20.weight"));
	}

	@Test
	void rotationIsOffWhereVoxelsAreNotSquare() throws IOException {
		for (int i = 0; i < 2; i++)
			TiffWriter.write(data.resolve("v" + i + ".tif"), noise(i, Geometry.of("µm", 0.5, 0.7, 1)));
		final PretrainResult result = new Pretrain(settings("m").withTasks(1, 0, 1), progress).run();
		assertTrue(Double.isNaN(result.losses().rotation()));
		assertTrue(progress.lines.stream().anyMatch(line -> line.contains("The rotation task is off")));
		final IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
			() -> new Pretrain(settings("n").withTasks(0, 0, 1), progress).run());
		assertTrue(e.getMessage().contains("All tasks are off"), e.getMessage());
	}

	@Test
	void whatWasLearnedIsKeptOnCancel() throws IOException {
		progress.cancelAtStep = 3;
		final CancelledException e = assertThrows(CancelledException.class, () -> new Pretrain(settings(
			"m").withSteps(50).withTasks(1, 0, 0), progress).run());
		assertTrue(e.getMessage().startsWith("Cancelled after 3 steps"), e.getMessage());
		assertEquals(3, SwinModel.readCard(folder.resolve("m")).training().steps());
	}

	@Test
	void refusesNonsense() throws IOException {
		assertThrows(IllegalArgumentException.class, () -> settings("m").withMode("other"));
		assertThrows(IllegalArgumentException.class, () -> new Pretrain(settings("m").withNetwork(12,
			"other", "32"), progress).run());
		final PretrainSettings nowhere = PretrainSettings.of(folder.resolve("nowhere"), folder.resolve(
			"m"));
		assertThrows(FormatException.class, () -> new Pretrain(nowhere, progress).run());
		assertFalse(Files.exists(folder.resolve("m")));
	}

	/** Keeps all lines and cancels when told so. */
	static final class Recorder implements Progress {

		final List<String> lines = new ArrayList<>();
		int cancelAtStep = Integer.MAX_VALUE;
		private volatile boolean cancelled;

		@Override
		public void stage(final String name) {}

		@Override
		public void update(final long done, final long total, final String message) {
			cancelled |= message.startsWith("Step ") && done >= cancelAtStep;
		}

		@Override
		public void info(final String line) {
			lines.add(line);
		}

		@Override
		public void warn(final String line) {
			lines.add(line);
		}

		@Override
		public boolean isCancelled() {
			return cancelled;
		}
	}
}
