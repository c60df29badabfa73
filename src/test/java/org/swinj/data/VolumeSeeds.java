package org.swinj.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

import org.swinj.fuzz.Archives;
import org.swinj.fuzz.Seed;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;

import ij.ImagePlus;
import ij.io.FileSaver;

/** Small valid volumes of each format, to be damaged. */
final class VolumeSeeds {

	private static final Path STORED = Path.of("src/test/resources/volumes");

	private VolumeSeeds() {}

	private static Seed stored(final String name) throws IOException {
		return Seed.plain(name, Files.readAllBytes(STORED.resolve(name)));
	}

	static List<Seed> nifti() throws IOException {
		final byte[] first = new NiftiFile(1, ByteOrder.LITTLE_ENDIAN, 4, 3, 2).scaling(2, -1).units(2)
			.sform(-1, 0, 0, 5, 0, 2, 0, 6, 0, 0, 3, 7).voxels(4, 2, numbers(24)).bytes();
		final byte[] second = new NiftiFile(2, ByteOrder.BIG_ENDIAN, 3, 2, 2, 2).qform(-1, 0.1, 0.2, 0.3,
			1, 2, 3).voxels(16, 4, numbers(24)).bytes();
		final NiftiFile far = new NiftiFile(1, ByteOrder.LITTLE_ENDIAN, 4, 3, 2).voxels(2, 1,
			numbers(24));
		far.header.putFloat(108, 3000);
		final byte[] extended = DicomBytes.join(far.header.array(), noise(3000 - 352), far.voxelBytes());
		return List.of(Seed.plain("a.nii", first), Seed.plain("b.nii", second), Seed.gzip("a.nii.gz",
			Archives.gzip(first)), Seed.gzip("b.nii.gz", Archives.gzip(second)), Seed.gzip("c.nii.gz",
				Archives.gzip(extended)));
	}

	static List<Seed> tiff(final Path folder) throws IOException {
		final List<Seed> seeds = new ArrayList<>();
		final Path file = folder.resolve("seed.tif");
		VolumeWriter.write(file, TestVolumes.random(1, 900, Geometry.of("µm", 0.5, 0.5, 2), 4, 3, 2, 2));
		seeds.add(Seed.plain("a.tif", Files.readAllBytes(file)));
		VolumeWriter.write(file, TestVolumes.of("f", Geometry.unknown(), i -> i * 0.25f, 4, 3, 2, 1));
		seeds.add(Seed.plain("b.tif", Files.readAllBytes(file)));
		new FileSaver(TiffReaderTest.hyperstack(8, 1, 2, 3)).saveAsTiffStack(file.toString());
		seeds.add(Seed.plain("c.tif", Files.readAllBytes(file)));
		for (final String compression : List.of("LZW", "PackBits", "ZLib"))
			seeds.add(Seed.plain(compression + ".tif", compressed(file, compression)));
		return seeds;
	}

	/** Two pages, written by Java's own TIFF writer. */
	private static byte[] compressed(final Path file, final String compression) throws IOException {
		final ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
		Files.deleteIfExists(file);
		try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
			writer.setOutput(out);
			final ImageWriteParam parameters = writer.getDefaultWriteParam();
			parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
			parameters.setCompressionType(compression);
			writer.prepareWriteSequence(null);
			for (int z = 0; z < 2; z++) {
				final BufferedImage page = new BufferedImage(9, 20, BufferedImage.TYPE_BYTE_GRAY);
				for (int i = 0; i < 180; i++)
					page.getRaster().setSample(i % 9, i / 9, 0, i * i % 7 + z);
				writer.writeToSequence(new IIOImage(page, null, null), parameters);
			}
			writer.endWriteSequence();
		}
		finally {
			writer.dispose();
		}
		return Files.readAllBytes(file);
	}

	/** A header, whose voxels are written beside it. */
	private static Seed detached(final String header, final String voxels, final Path folder)
		throws IOException
	{
		Files.copy(STORED.resolve(voxels), folder.resolve(voxels));
		return stored(header);
	}

	static List<Seed> nrrd(final Path folder) throws IOException {
		final byte[] header = ("NRRD0004\n# a comment\ntype: short\ndimension: 4\nsizes: 2 3 2 2\n" +
			"kinds: vector domain domain domain\nencoding: raw\nendian: big\n" +
			"space: left-posterior-superior\n" +
			"space directions: none (1,0,0) (0,2,0) (0,0,3)\nspace origin: (4,5,6)\nbyte skip: 2\n\n")
				.getBytes(StandardCharsets.UTF_8);
		final byte[] plain = ("NRRD0001\ntype: float\ndimension: 3\nsizes: 3 2 2\nspacings: 1 2 3\n" +
			"units: \"mm\" \"mm\" \"mm\"\nencoding: raw\nendian: little\n\n").getBytes(
				StandardCharsets.UTF_8);
		return List.of(Seed.plain("a.nrrd", DicomBytes.join(header, new byte[2 + 48])), Seed.plain(
			"b.nrrd", DicomBytes.join(plain, new byte[48])), stored("oblique.nrrd"), stored("vector.nrrd"),
			detached("detached.nhdr", "detached.raw", folder));
	}

	static List<Seed> metaImage(final Path folder) throws IOException {
		final byte[] header = ("ObjectType = Image\nNDims = 3\nDimSize = 3 2 2\n" +
			"ElementSpacing = 1 2 3\n" +
			"TransformMatrix = 0 1 0 1 0 0 0 0 1\nOffset = 4 5 6\nHeaderSize = 2\n" +
			"ElementByteOrderMSB = True\nElementType = MET_FLOAT\nElementDataFile = LOCAL\n").getBytes(
				StandardCharsets.UTF_8);
		return List.of(Seed.plain("a.mha", DicomBytes.join(header, new byte[2 + 48])), stored(
			"oblique.mha"), stored("oblique_raw.mha"), stored("vector.mha"), detached(
				"detached.mhd", "detached.zraw", folder));
	}

	/** The slice between two that stay whole, in each syntax, with a sequence. */
	static List<Seed> dicom(final Path folder) throws IOException {
		final List<Seed> seeds = new ArrayList<>();
		for (final String syntax : List.of(DicomBytes.IMPLICIT, DicomBytes.EXPLICIT, DicomBytes.BIG)) {
			final String series = "series" + seeds.size() + "/";
			for (int i = 0; i < 3; i += 2)
				DicomBytes.slice(syntax, "10\\20\\" + i).write(folder.resolve(series + i + ".dcm"));
			final DicomBytes slice = DicomBytes.slice(syntax, "10\\20\\1").text(0x00281053, "DS", "2").text(
				0x00281052, "DS", "-1024").text(0x00180050, "DS", "1").text(0x00200013, "IS", "7");
			final byte[] item = DicomBytes.join(slice.element(0xfffee000, "", new byte[0], -1), slice
				.element(0x00081155, "UI", new byte[4], 4), slice.element(0xfffee00d, "", new byte[0], 0));
			slice.undefined(0x00081111, "SQ", DicomBytes.join(item, item, slice.element(0xfffee0dd, "",
				new byte[0], 0)));
			seeds.add(Seed.plain(series + "1.dcm", slice.bytes()));
		}
		return seeds;
	}

	static List<Seed> hdf5(final Path folder) throws IOException {
		final Path file = folder.resolve("seed.h5");
		try (WritableHdfFile hdf = HdfFile.write(file)) {
			hdf.putDataset("b", new float[][][] { { { 1, 2 }, { 3, 4 } } });
			hdf.putDataset("labels", new int[][][] { { { 1, 0 }, { 0, 1 } } });
		}
		return List.of(Seed.plain("a.h5", Files.readAllBytes(file)), stored("chunks.h5"), stored(
			"chunks_v110.h5"));
	}

	private static double[] numbers(final int count) {
		final double[] numbers = new double[count];
		for (int i = 0; i < count; i++)
			numbers[i] = i;
		return numbers;
	}

	/** Bytes that do not compress. */
	private static byte[] noise(final int count) {
		final byte[] bytes = new byte[count];
		new java.util.Random(count).nextBytes(bytes);
		return bytes;
	}
}
