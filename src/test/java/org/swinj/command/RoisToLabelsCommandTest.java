package org.swinj.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.WindowManager;
import ij.gui.OvalRoi;
import ij.gui.Roi;
import ij.macro.Interpreter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.swinj.model.ModelCard;
import org.swinj.model.SegmentationClass;
import org.swinj.model.SwinModel;
import org.swinj.result.RoiZip;

/** From regions on two slices of an open image to a model, as a macro in batch mode does it. */
class RoisToLabelsCommandTest {

	private static final int EDGE = 32;

	@TempDir
	private Path folder;
	private ImagePlus source;
	private Path regions;

	@BeforeEach
	void open() throws IOException {
		final Random random = new Random(2);
		final ImageStack stack = new ImageStack(EDGE, EDGE);
		for (int z = 0; z < EDGE; z++) {
			final byte[] plane = new byte[EDGE * EDGE];
			random.nextBytes(plane);
			stack.addSlice(null, plane);
		}
		source = new ImagePlus("my stack.tif", stack);
		source.getCalibration().pixelDepth = 3;
		source.getCalibration().setUnit("µm");
		Interpreter.batchMode = true;
		Interpreter.addBatchModeImage(source);
		regions = folder.resolve("my rois.zip");
		final Roi cell = new OvalRoi(4, 4, 12, 12);
		cell.setName("cell-0001");
		cell.setPosition(5);
		final Roi other = new Roi(20, 20, 6, 6);
		other.setName("nucleus-0002");
		other.setGroup(2);
		other.setPosition(20);
		RoiZip.write(regions, List.of(cell, other));
	}

	@AfterEach
	void closeImages() {
		for (final int id : Interpreter.getBatchModeImageIDs())
			Interpreter.removeBatchModeImage(Interpreter.getBatchModeImage(id));
		Interpreter.batchMode = false;
	}

	@Test
	void labelsAreShownSavedAndTrainedOnWithTheirNames() throws Exception {
		final Path saved = folder.resolve("saved.tif");
		assertFalse(run(RoisToLabelsCommand.class, "input", "my stack.tif", "rois", regions, "output", saved)
			.isCanceled());
		final ImagePlus labels = WindowManager.getImage("my stack-labels");
		assertEquals(3, labels.getCalibration().pixelDepth);
		assertEquals(255, labels.getStack().getVoxel(10, 10, 0));
		assertEquals(1, labels.getStack().getVoxel(10, 10, 4));
		assertEquals(0, labels.getStack().getVoxel(0, 0, 19));
		assertEquals(2, labels.getStack().getVoxel(22, 22, 19));
		final ImagePlus file = IJ.openImage(saved.toString());
		for (int z = 1; z <= EDGE; z++)
			assertArrayEquals((short[]) file.getStack().getPixels(z), (short[]) labels.getStack().getPixels(
				z));
		final Path model = folder.resolve("model");
		final CommandModule trained = run(FineTuneCommand.class, "data", "my stack.tif", "labels",
			"my stack-labels", "output", model, "steps", 1, "feature_size", 12, "patch", "32", "precision",
			"float32");
		assertFalse(trained.isCanceled(), trained.getCancelReason());
		final ModelCard card = SwinModel.readCard(model);
		assertEquals(List.of("background", "cell", "nucleus"), card.classes().stream().map(
			SegmentationClass::name).toList());
	}

	@Test
	void withoutRegionsOrOnATimeSeriesNothingIsShown() throws Exception {
		final CommandModule none = run(RoisToLabelsCommand.class, "input", "my stack.tif");
		assertTrue(none.getCancelReason().startsWith("There are no regions: draw some on"), none
			.getCancelReason());
		source.setDimensions(1, 16, 2);
		final CommandModule series = run(RoisToLabelsCommand.class, "input", "my stack.tif", "rois",
			regions);
		assertTrue(series.getCancelReason().contains("has 2 time points"), series.getCancelReason());
		assertNull(WindowManager.getImage("my stack-labels"));
	}

	@Test
	void fileIsLabelledIntoAFile() throws Exception {
		final Path file = folder.resolve("file.tif"), saved = folder.resolve("saved.tif");
		IJ.saveAsTiff(source, file.toString());
		assertTrue(run(RoisToLabelsCommand.class, "input", file, "rois", regions).getCancelReason().contains(
			"output="));
		run(RoisToLabelsCommand.class, "input", file, "rois", regions, "output", saved, "background",
			false);
		assertTrue(Files.size(saved) > 2 * EDGE * EDGE * EDGE);
		assertEquals(255, IJ.openImage(saved.toString()).getStack().getVoxel(0, 0, 19));
	}

	private static CommandModule run(final Class<? extends SwinCommand> command, final Object... options)
		throws Exception
	{
		final Map<String, Object> inputs = new HashMap<>();
		for (int i = 0; i < options.length; i += 2)
			inputs.put((String) options[i], options[i + 1] instanceof Path path ? path.toString()
				: options[i + 1]);
		try (Context context = new Context()) {
			return context.service(CommandService.class).run(command, true, inputs).get();
		}
	}
}
