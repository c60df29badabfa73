package org.swinj.fiji;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.data.FormatException;
import org.swinj.data.VolumeReader;
import org.swinj.model.TestModels;
import org.swinj.progress.Progress;
import org.swinj.result.ObjectMethod;
import org.swinj.workflow.SegmentSettings;

import ij.IJ;
import ij.ImagePlus;
import ij.VirtualStack;
import ij.WindowManager;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.macro.Interpreter;
import ij.process.ImageProcessor;

/** Open images that are no good, or change or vanish while they are segmented. */
class OpenImageFaultsTest {

	private static final int WIDTH = 40, HEIGHT = 36, SLICES = 70;

	@TempDir
	private Path folder;
	private Path model;
	private final List<String> warnings = new ArrayList<>();
	private Runnable meanwhile = () -> {};

	@BeforeEach
	void start() throws IOException {
		model = folder.resolve("model.zip");
		TestModels.tiny(3).write(model);
		Interpreter.batchMode = true;
	}

	@AfterEach
	void closeImages() {
		for (final int id : Interpreter.getBatchModeImageIDs())
			Interpreter.removeBatchModeImage(Interpreter.getBatchModeImage(id));
		Interpreter.batchMode = false;
	}

	/** Does something to the image after the first windows. */
	private final class Meanwhile implements Progress {

		@Override
		public void stage(final String name) {}

		@Override
		public void update(final long done, final long total, final String message) {
			if (done > 0) meanwhile.run();
		}

		@Override
		public void info(final String line) {}

		@Override
		public void warn(final String line) {
			warnings.add(line);
		}

		@Override
		public boolean isCancelled() {
			return false;
		}
	}

	private static ImagePlus image(final int bits, final int slices, final int frames) {
		final ImagePlus image = IJ.createHyperStack("open", WIDTH, HEIGHT, 1, slices, frames, bits);
		for (int n = 1; n <= image.getStackSize(); n++)
			for (int i = 0; i < WIDTH * HEIGHT; i++)
				image.getStack().getProcessor(n).setf(i, value(i, n));
		return image;
	}

	private static int value(final int i, final int n) {
		return (31 * i + 17 * n + i * n) % 251;
	}

	private void run(final ImagePlus image, final boolean replaceNan) throws IOException {
		if (WindowManager.getImage(image.getTitle()) == null) Interpreter.addBatchModeImage(image);
		new SegmentOpenImage(new OpenImage(image), new SegmentSettings(null, model, null, 0.25, false,
			false, false, false, false, ObjectMethod.NONE, false, replaceNan, "cpu", "float32"), new Meanwhile()).run();
	}

	/** The labels that are shown, which are closed. */
	private short[][] segment(final ImagePlus image, final boolean replaceNan) throws IOException {
		run(image, replaceNan);
		final ImagePlus shown = WindowManager.getImage("open-labels");
		final short[][] planes = new short[shown.getStackSize()][];
		final TreeSet<Integer> values = new TreeSet<>();
		for (int n = 0; n < planes.length; n++) {
			planes[n] = (short[]) shown.getStack().getPixels(n + 1);
			for (final short value : planes[n])
				values.add((int) value);
		}
		assertTrue(values.size() > 1, values.toString());
		closeImages();
		Interpreter.batchMode = true;
		return planes;
	}

	private String refusal(final ImagePlus image) {
		final String sentence = assertThrows(FormatException.class, () -> run(image, false)).getMessage();
		assertNull(WindowManager.getImage("open-labels"));
		return sentence;
	}

	@Test
	void timeThatIsMeantAsDepthIsTakenAsDepth() throws IOException {
		final short[][] asTime = segment(image(16, 1, SLICES), false);
		assertTrue(warnings.contains("Image \"open\" has 70 time points of one slice; they were taken as "
			+ "slices."), warnings.toString());
		assertArrayEquals(segment(image(16, SLICES, 1), false), asTime);
	}

	@Test
	void calibratedValuesAreUsed() throws IOException {
		final ImagePlus raw = image(16, 32, 1), values = image(32, 32, 1);
		for (int n = 1; n <= 32; n++)
			for (int i = 0; i < WIDTH * HEIGHT; i++) {
				values.getStack().getProcessor(n).setf(i, -1000 + 6 * value(i, n));
				raw.getStack().getProcessor(n).set(i, 31768 + 6 * value(i, n));
			}
		raw.getCalibration().setSigned16BitCalibration();
		assertArrayEquals(segment(values, false), segment(raw, false));
	}

	@Test
	void senselessVoxelSizesAreTold() throws IOException {
		for (final double length : new double[] { 0, -1, Double.NaN, Double.POSITIVE_INFINITY }) {
			final ImagePlus image = image(8, 4, 1);
			image.getCalibration().setUnit("mm");
			image.getCalibration().pixelDepth = length;
			segment(image, false);
			assertEquals("Image \"open\" has the voxel size 1.0 × 1.0 × " + length
				+ ", which is not a size; 1 pixel was used.", warnings.get(0));
			warnings.clear();
		}
	}

	@Test
	void coloursAreRefused() {
		final ImagePlus image = IJ.createImage("open", "RGB ramp", 32, 32, 8);
		assertEquals("Image \"open\" holds RGB colours: convert it to grey levels or split its channels "
			+ "first.", refusal(image));
	}

	@Test
	void voxelsThatAreNoNumbersAreRefusedOrReplacedAsInFiles() throws IOException {
		final ImagePlus image = image(32, 8, 1);
		image.getStack().getProcessor(3).setf(5, 2, Float.NaN);
		image.getStack().getProcessor(4).setf(0, 0, -30);
		assertEquals("Volume \"open\" has 1 of 11520 voxels that are NaN or infinite, the first at (5, 2, "
			+ "2): repair it, or allow replace_nan to use its smallest value for them.", refusal(image));
		final short[][] replaced = segment(image, true);
		assertTrue(warnings.contains("Volume \"open\" has 1 of 11520 voxels that are NaN or infinite; its "
			+ "smallest value -30.0 was used for them."), warnings.toString());
		image.getStack().getProcessor(3).setf(5, 2, -30);
		assertArrayEquals(segment(image, false), replaced);
	}

	@Test
	void regionsAndOverlaysPlayNoPart() throws IOException {
		final ImagePlus image = image(8, SLICES, 1);
		final short[][] whole = segment(image, false);
		image.setRoi(new Roi(3, 4, 5, 6));
		image.setOverlay(new Overlay(new Roi(1, 1, 9, 9)));
		assertArrayEquals(whole, segment(image, false));
		image.setTitle("marked");
		Interpreter.addBatchModeImage(image);
		try (SavedImages saved = SavedImages.of("marked")) {
			assertArrayEquals(new long[] { WIDTH, HEIGHT, SLICES, 1 }, new VolumeReader(Progress.silent())
				.size(saved.folder().resolve("images/marked.tif")));
		}
	}

	@Test
	void virtualStacksAreReadPlaneByPlane() throws IOException {
		final ImagePlus plain = image(8, SLICES, 1);
		final List<Integer> read = new ArrayList<>();
		final VirtualStack stack = new VirtualStack(WIDTH, HEIGHT, SLICES) {

			@Override
			public ImageProcessor getProcessor(final int n) {
				read.add(n);
				return plain.getStack().getProcessor(n).duplicate();
			}

			@Override
			public int getSize() {
				return SLICES;
			}
		};
		stack.setBitDepth(8);
		final ImagePlus image = new ImagePlus("open", stack);
		read.clear();
		assertArrayEquals(segment(plain, false), segment(image, false));
		assertTrue(read.size() >= SLICES, read.toString());
	}

	@Test
	void anImageThatIsClosedOrChangedGetsNoLabels() {
		final String sentence = "Image \"open\" was closed or changed while it was segmented: nothing is "
			+ "shown, as its labels would not fit it. Run it again.";
		final ImagePlus closed = image(16, SLICES, 1);
		meanwhile = closed::flush;
		assertEquals(sentence, refusal(closed));
		final ImagePlus changed = image(16, SLICES, 1);
		meanwhile = () -> changed.getStack().getProcessor(2).setf(7, 8, 999);
		assertEquals(sentence, refusal(changed));
		final ImagePlus other = image(16, SLICES, 1);
		meanwhile = () -> other.setStack(image(16, SLICES / 2, 1).getStack());
		assertEquals(sentence, refusal(other));
	}

	@Test
	void slicesOfAVirtualStackThatVanishedAreNamed() {
		final VirtualStack stack = new VirtualStack(WIDTH, HEIGHT, null, folder.toString());
		for (int z = 0; z < 5; z++) {
			final String name = "s" + z + ".tif";
			IJ.saveAsTiff(new ImagePlus(name, image(8, 1, 1).getProcessor()), folder.resolve(name)
				.toString());
			stack.addSlice(name);
		}
		stack.setBitDepth(8);
		assertTrue(folder.resolve("s3.tif").toFile().delete());
		assertEquals("Plane 4 of image \"open\" cannot be read: its file \"" + folder.resolve("s3.tif")
			+ "\" is missing.", refusal(new ImagePlus("open", stack)));
	}
}
