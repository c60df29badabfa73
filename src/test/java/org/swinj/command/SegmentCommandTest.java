package org.swinj.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.WindowManager;
import ij.macro.Interpreter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.swinj.model.TestModels;

/** Segment on an open image, run by SciJava as a macro in batch mode runs it. */
class SegmentCommandTest {

	@TempDir
	private Path folder;
	private Path model;
	private ImagePlus source;

	@BeforeEach
	void openImage() throws IOException {
		model = folder.resolve("model");
		TestModels.tiny(3).write(model);
		final Random random = new Random(5);
		final ImageStack stack = new ImageStack(40, 33);
		for (int z = 0; z < 32; z++) {
			final byte[] plane = new byte[40 * 33];
			random.nextBytes(plane);
			stack.addSlice(null, plane);
		}
		source = new ImagePlus("my stack.tif", stack);
		source.getCalibration().pixelDepth = 3;
		source.getCalibration().setUnit("µm");
		Interpreter.batchMode = true;
		Interpreter.addBatchModeImage(source);
	}

	@AfterEach
	void closeImages() {
		Interpreter.batchMode = false;
		for (final int id : Interpreter.getBatchModeImageIDs())
			Interpreter.removeBatchModeImage(Interpreter.getBatchModeImage(id));
	}

	@Test
	void labelImageIsReachableInBatchModeAndEqualsThatOfAFile() throws Exception {
		final Path saved = folder.resolve("saved.tif");
		run("input", source.getTitle(), "output", saved.toString());
		final ImagePlus labels = WindowManager.getImage("my stack-labels");
		assertNotNull(labels);
		assertEquals(16, labels.getBitDepth());
		assertEquals(3, labels.getCalibration().pixelDepth);
		assertEquals("µm", labels.getCalibration().getUnit());
		assertEquals(32, labels.getNSlices());
		assertNull(source.getOverlay());
		final ImagePlus file = ij.IJ.openImage(saved.toString());
		for (int z = 1; z <= 32; z++)
			assertArrayEquals((short[]) file.getStack().getPixels(z), (short[]) labels.getStack().getPixels(
				z));
		assertTrue(new java.io.File(folder.toFile(), "saved-rois.zip").isFile());
	}

	@Test
	void wrongChannelsCancelTheCommandAndShowNothing() throws Exception {
		source.setDimensions(2, 16, 1);
		final CommandModule module = run("input", source.getTitle());
		assertTrue(module.isCanceled());
		assertTrue(module.getCancelReason().contains("2 channels"), module.getCancelReason());
		assertNull(WindowManager.getImage("my stack-labels"));
	}

	private CommandModule run(final String... more) throws InterruptedException, ExecutionException {
		final Map<String, Object> inputs = new HashMap<>();
		inputs.put("model", model.toString());
		for (int i = 0; i < more.length; i += 2)
			inputs.put(more[i], more[i + 1]);
		try (Context context = new Context()) {
			return context.service(CommandService.class).run(SegmentCommand.class, true, inputs).get();
		}
	}
}
