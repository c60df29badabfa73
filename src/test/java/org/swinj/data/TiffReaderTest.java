package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.swinj.progress.RecordingProgress;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileInfo;
import ij.io.FileSaver;
import ij.io.TiffEncoder;
import ij.measure.Calibration;

class TiffReaderTest {

	@TempDir
	Path folder;

	private final RecordingProgress progress = new RecordingProgress();

	private Volume read(final Path file) throws IOException {
		return new TiffReader(progress).read(file);
	}

	private String refusal(final Path file) {
		return assertThrows(FormatException.class, () -> read(file)).getMessage();
	}

	/** An ImageJ hyperstack whose value tells channel, slice, time, row and column. */
	static ImagePlus hyperstack(final int bits, final int c, final int z, final int t) {
		final ImagePlus image = IJ.createHyperStack("h", 4, 3, c, z, t, bits);
		for (int n = 1; n <= image.getStackSize(); n++) {
			final int[] at = image.convertIndexToPosition(n);
			for (int i = 0; i < 12; i++)
				image.getStack().getProcessor(n).setf(i, i + 12 * (at[0] - 1) + 40 * (at[1] - 1) + 110 *
					(at[2] - 1));
		}
		return image;
	}

	private Path save(final ImagePlus image, final String name) {
		final String path = folder.resolve(name).toString();
		final FileSaver saver = new FileSaver(image);
		assertTrue(image.getStackSize() > 1 ? saver.saveAsTiffStack(path) : saver.saveAsTiff(path));
		return Path.of(path);
	}

	@ParameterizedTest
	@ValueSource(ints = { 8, 16 })
	void largeFilesAreReadPlaneByPlaneWhenTouched(final int bits) throws IOException {
		final Path file = save(hyperstack(bits, 2, 5, 2), "h.tif");
		final List<Volume> memory = new TiffReader(progress).readFrames(file);
		final List<Volume> lazy = new TiffReader(progress, 0).readFrames(file);
		assertEquals(2, lazy.size());
		for (int t = 0; t < 2; t++) {
			assertEquals(memory.get(t).name(), lazy.get(t).name());
			assertArrayEquals(memory.get(t).geometry().spacing(), lazy.get(t).geometry().spacing());
			assertArrayEquals(TestVolumes.voxels(memory.get(t)), TestVolumes.voxels(lazy.get(t)));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 8, 16, 32 })
	void hyperstackBecomesXyzAndChannels(final int bits) throws IOException {
		final ImagePlus image = hyperstack(bits, 2, 3, 1);
		image.getCalibration().pixelWidth = 0.25;
		image.getCalibration().pixelHeight = 0.5;
		image.getCalibration().pixelDepth = 2;
		image.getCalibration().setUnit("micron");
		image.setRoi(1, 1, 2, 2);
		final Volume volume = read(save(image, "h.tif"));
		assertArrayEquals(new long[] { 4, 3, 3, 2 }, volume.image().dimensionsAsLongArray());
		for (int c = 0; c < 2; c++)
			for (int z = 0; z < 3; z++)
				for (int i = 0; i < 12; i++)
					assertEquals(i + 12 * c + 40 * z, volume.image().getAt(i % 4, i / 4, z, c).get());
		assertArrayEquals(new double[] { 0.25, 0.5, 2 }, volume.geometry().spacing(), 1e-9);
		assertEquals("µm", volume.geometry().unit());
		assertEquals("h", volume.name());
	}

	@Test
	void timePointsOfOneSliceAreSlices() throws IOException {
		final Volume volume = read(save(hyperstack(16, 2, 1, 3), "t.tif"));
		assertArrayEquals(new long[] { 4, 3, 3, 2 }, volume.image().dimensionsAsLongArray());
		assertEquals(5 + 12 + 220, volume.image().getAt(1, 1, 2, 1).get());
		assertTrue(progress.warnings.get(0).contains("3 time points"), progress.warnings.get(0));
	}

	@Test
	void timePointsOfVolumesAreReadOneByOne() throws IOException {
		final Path file = save(hyperstack(16, 2, 2, 3), "t.tif");
		assertTrue(refusal(file).contains("3 time points of 2 slices"));
		final List<Volume> frames = new TiffReader(progress).readFrames(file);
		assertEquals(3, frames.size());
		for (int t = 0; t < 3; t++) {
			assertArrayEquals(new long[] { 4, 3, 2, 2 }, frames.get(t).image().dimensionsAsLongArray());
			assertEquals(5 + 12 + 40 + 110 * t, frames.get(t).image().getAt(1, 1, 1, 1).get());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "micron", "um", "\\u00B5m", "micrometer", "µm" })
	void everySpellingOfMicrometreIsOne(final String spelling) throws IOException {
		final String text = "ImageJ=1.54p\nimages=2\nslices=2\nunit=" + spelling.replace("µ",
			"\\u00B5") + "\nspacing=1.5\n";
		final Volume volume = read(describe(text, 0.5));
		assertEquals("µm", volume.geometry().unit());
		assertArrayEquals(new double[] { 0.5, 0.5, 1.5 }, volume.geometry().spacing(), 1e-6);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "NaN" })
	void senselessVoxelSizeBecomesOnePixelWithAWarning(final String spacing) throws IOException {
		final Volume volume = read(describe("ImageJ=1.54p\nimages=2\nslices=2\nunit=mm\nspacing=" +
			spacing + "\n", 0.5));
		assertEquals("pixel", volume.geometry().unit());
		assertArrayEquals(new double[] { 1, 1, 1 }, volume.geometry().spacing());
		assertEquals(1, progress.warnings.size());
	}

	/** Two planes of 2×2 bytes with this description. */
	private Path describe(final String description, final double pixelSize) throws IOException {
		final FileInfo info = new FileInfo();
		info.width = 2;
		info.height = 2;
		info.nImages = 2;
		info.fileType = FileInfo.GRAY8;
		info.pixels = new Object[] { new byte[4], new byte[4] };
		info.description = description;
		info.unit = "x";
		info.pixelWidth = pixelSize;
		info.pixelHeight = pixelSize;
		final Path file = folder.resolve("d.tif");
		try (OutputStream out = Files.newOutputStream(file)) {
			new TiffEncoder(info).write(out);
		}
		return file;
	}

	@Test
	void signed16BitComesOutSigned() throws IOException {
		final ImagePlus image = IJ.createImage("ct", "16-bit black", 2, 1, 2);
		image.getStack().getProcessor(2).set(0, 32768 - 1024);
		image.getStack().getProcessor(2).set(1, 32768 + 300);
		final Calibration calibration = image.getCalibration();
		calibration.setSigned16BitCalibration();
		assertArrayEquals(new float[] { -32768, -32768, -1024, 300 }, TestVolumes.voxels(read(save(image,
			"ct.tif"))));
	}

	@Test
	void calibrationFunctionIsApplied() throws IOException {
		final ImagePlus image = IJ.createImage("od", "8-bit black", 2, 1, 2);
		image.getStack().getProcessor(1).set(1, 10);
		image.getCalibration().setFunction(Calibration.STRAIGHT_LINE, new double[] { -5, 0.5 }, "HU");
		assertArrayEquals(new float[] { -5, 0, -5, -5 }, TestVolumes.voxels(read(save(image,
			"od.tif"))));
	}

	@Test
	void rgbIsRefused() {
		assertTrue(refusal(save(IJ.createImage("c", "RGB black", 2, 2, 3), "c.tif")).contains("RGB"));
	}

	@ParameterizedTest
	@CsvSource({ "LZW,8", "ZLib,8", "Deflate,8", "PackBits,8", "LZW,16", "ZLib,16", "Deflate,16",
		"PackBits,16" })
	void compressedPlanesAreUnpacked(final String compression, final int bits) throws IOException {
		final Path file = folder.resolve("z.tif");
		final BufferedImage[] planes = new BufferedImage[3];
		final Random random = new Random(bits);
		final float[] expected = new float[3 * 70 * 90];
		for (int z = 0; z < 3; z++) {
			planes[z] = new BufferedImage(70, 90, bits == 8 ? BufferedImage.TYPE_BYTE_GRAY
				: BufferedImage.TYPE_USHORT_GRAY);
			for (int i = 0; i < 70 * 90; i++) {
				// long runs, short cycles and noise, so that all branches of the coders are used
				final int value = z == 0 ? 7 : z == 1 ? i / 50 % 200 : random.nextInt(1 << bits);
				planes[z].getRaster().setSample(i % 70, i / 70, 0, value);
				expected[z * 70 * 90 + i] = value;
			}
		}
		writeCompressed(file, compression, planes);
		assertArrayEquals(expected, TestVolumes.voxels(read(file)));
		final byte[] all = Files.readAllBytes(file);
		Files.write(file, Arrays.copyOf(all, all.length * 2 / 3));
		assertTrue(refusal(file).contains("truncated"));
	}

	private static void writeCompressed(final Path file, final String compression,
		final BufferedImage... planes) throws IOException
	{
		final ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
		try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
			writer.setOutput(out);
			final ImageWriteParam parameters = writer.getDefaultWriteParam();
			parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
			parameters.setCompressionType(compression);
			writer.prepareWriteSequence(null);
			for (final BufferedImage plane : planes)
				writer.writeToSequence(new IIOImage(plane, null, null), parameters);
			writer.endWriteSequence();
		}
		finally {
			writer.dispose();
		}
	}

	@Test
	void damagedStripIsNamed() throws IOException {
		final Path file = folder.resolve("z.tif");
		final BufferedImage plane = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
		for (int i = 0; i < 64 * 64; i++)
			plane.getRaster().setSample(i % 64, i / 64, 0, i * 31 % 251);
		writeCompressed(file, "Deflate", plane);
		final byte[] all = Files.readAllBytes(file);
		try (TiffFile tiff = new TiffFile(file)) {
			final int start = (int) tiff.pages().get(0).offsets()[0];
			Arrays.fill(all, start, start + 20, (byte) 0xff);
		}
		Files.write(file, all);
		assertTrue(refusal(file).contains("strip 1 of plane 1"), refusal(file));
	}

	@Test
	void truncatedStackIsRefusedWithNumbers() throws IOException {
		final Path file = save(hyperstack(16, 1, 20, 1), "s.tif");
		final byte[] all = Files.readAllBytes(file);
		for (final int length : new int[] { 0, 7, 12, 100, 500 }) {
			Files.write(file, Arrays.copyOf(all, length));
			assertTrue(refusal(file).contains("s.tif"));
		}
		final int start;
		Files.write(file, all);
		try (TiffFile tiff = new TiffFile(file)) {
			start = (int) tiff.pages().get(0).offsets()[0];
		}
		Files.write(file, Arrays.copyOf(all, start + 100));
		assertTrue(refusal(file).contains("100 of 20 × 24 bytes"), refusal(file));
	}

	@Test
	void impossibleClaimsAreRefused() throws IOException {
		final Path file = describe("ImageJ=1.54p\nimages=2147483\nslices=2147483\n", 1);
		assertTrue(refusal(file).contains("truncated"), refusal(file));
		final byte[] all = Files.readAllBytes(file);
		final ByteBuffer bytes = ByteBuffer.wrap(all).order(all[0] == 'I' ? ByteOrder.LITTLE_ENDIAN
			: ByteOrder.BIG_ENDIAN);
		final int directory = bytes.getInt(4);
		for (int i = 0; i < bytes.getShort(directory); i++) {
			final int entry = directory + 2 + 12 * i;
			final int tag = bytes.getShort(entry);
			if (tag != 256 && tag != 257 && tag != 273 && tag != 279) continue;
			final ByteBuffer changed = ByteBuffer.wrap(all.clone()).order(bytes.order());
			changed.putShort(entry + 2, (short) 4).putInt(entry + 4, tag > 270 ? Integer.MAX_VALUE : 1).putInt(
				entry + 8, tag > 270 ? 8 : Integer.MAX_VALUE);
			Files.write(file, changed.array());
			assertTrue(refusal(file).contains("d.tif"));
		}
	}

	/** Writes over an entry of the first directory. */
	private void change(final Path file, final int tag, final int type, final int count,
		final int value) throws IOException
	{
		final byte[] all = Files.readAllBytes(file);
		final ByteBuffer bytes = ByteBuffer.wrap(all).order(all[0] == 'I' ? ByteOrder.LITTLE_ENDIAN
			: ByteOrder.BIG_ENDIAN);
		final int directory = bytes.getInt(4);
		for (int i = 0; i < bytes.getShort(directory); i++) {
			final int entry = directory + 2 + 12 * i;
			if (bytes.getShort(entry) == tag) bytes.putShort(entry + 2, (short) type).putInt(entry + 4,
				count).putInt(entry + 8, value);
		}
		Files.write(file, all);
	}

	@Test
	void sizesWhoseProductOverflowsAreRefused() throws IOException {
		final Path file = save(hyperstack(8, 1, 1, 1), "o.tif");
		change(file, TiffDirectory.WIDTH, 4, 1, -1);
		change(file, TiffDirectory.HEIGHT, 4, 1, -1);
		assertTrue(refusal(file).contains("4294967295×4294967295"), refusal(file));
	}

	@Test
	void fractionsAreNoSizes() throws IOException {
		final Path file = save(hyperstack(8, 1, 1, 1), "r.tif");
		change(file, TiffDirectory.WIDTH, 5, 1, 8);
		assertTrue(refusal(file).contains("entry 256 of type 5"), refusal(file));
	}

	@Test
	void stripsLargerThanTheFileAreRefused() throws IOException {
		final Path file = save(hyperstack(8, 1, 1, 1), "s.tif");
		final byte[] all = Files.readAllBytes(file);
		final byte[] lists = new byte[24];
		Arrays.fill(lists, 0, 12, (byte) 0);
		final ByteBuffer lengths = ByteBuffer.wrap(lists).order(all[0] == 'I' ? ByteOrder.LITTLE_ENDIAN
			: ByteOrder.BIG_ENDIAN);
		for (int strip = 0; strip < 3; strip++)
			lengths.putInt(12 + 4 * strip, all.length);
		Files.write(file, DicomBytes.join(all, lists));
		change(file, TiffDirectory.ROWS_PER_STRIP, 4, 1, 1);
		change(file, TiffDirectory.STRIP_OFFSETS, 4, 3, all.length);
		change(file, TiffDirectory.STRIP_LENGTHS, 4, 3, all.length + 12);
		assertTrue(refusal(file).contains(3 * all.length + " bytes, but the file has"), refusal(file));
	}

	/** Directories that lie in each other, each with 5000 entries. */
	@Test
	void overlappingDirectoriesAreRefused() throws IOException {
		final Path file = save(hyperstack(8, 1, 1, 1), "l.tif");
		final byte[] all = Files.readAllBytes(file);
		final ByteOrder order = all[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
		final int directory = ByteBuffer.wrap(all).order(order).getInt(4);
		final int entries = ByteBuffer.wrap(all).order(order).getShort(directory);
		final int table = 12 * 5000 + 6;
		final ByteBuffer bytes = ByteBuffer.allocate(all.length + 2 * table).order(order).put(all);
		bytes.putInt(directory + 2 + 12 * entries, all.length); // where the next directory begins
		for (int at = all.length; at < all.length + table - 28; at += 14)
			bytes.putShort(at, (short) 5000).putInt(at + table - 4, at + 14).putShort(at + 2, (short) 254)
				.putShort(at + 4, (short) 4).putInt(at + 6, 1).putInt(at + 10, 1);
		Files.write(file, bytes.array());
		assertTrue(refusal(file).contains("overlap"), refusal(file));
	}

	@Test
	void wrongEscapesInADescriptionAreOnlyText() throws IOException {
		final String units = "ImageJ=1.54p\nspacing=2\nunit=";
		assertEquals("µm", read(describe(units + "\\u00B5m\n", 1)).geometry().unit());
		for (final String unit : new String[] { "\\u00B", "\\\\\\uuu", "\\u", "\\".repeat(300_000) })
			assertEquals(2, read(describe(units + unit + "\n", 1)).geometry().spacing()[2]);
	}

	@Test
	void randomBytesNeverCauseAnythingButASentence() throws IOException {
		final Path file = save(hyperstack(8, 1, 3, 1), "fuzz.tif");
		final byte[] good = Files.readAllBytes(file);
		final Random random = new Random(4);
		for (int i = 0; i < 400; i++) {
			final byte[] bad = good.clone();
			for (int k = 0; k < 1 + i % 6; k++)
				bad[random.nextInt(good.length)] = (byte) random.nextInt();
			Files.write(file, bad);
			try {
				assertFalse(new TiffReader(progress).readFrames(file).isEmpty());
			}
			catch (final FormatException e) {
				assertTrue(e.getMessage().contains("fuzz.tif") || e.getMessage().startsWith("The file ends"),
					e.getMessage());
			}
		}
	}

	@Test
	void foreignFilesAndVariantsAreNamed() throws IOException {
		final Path file = folder.resolve("x.tif");
		Files.write(file, "not a tiff at all".getBytes());
		assertTrue(refusal(file).contains("not a TIFF"));
		Files.write(file, new byte[] { 'I', 'I', 43, 0, 8, 0, 0, 0, 0, 0, 0, 0 });
		assertTrue(refusal(file).contains("BigTIFF"));
		assertTrue(refusal(describe("<?xml?><OME><Pixels SizeC=\"2\" SizeT=\"1\"/></OME>", 1)).contains(
			"2 channels"));
	}
}
