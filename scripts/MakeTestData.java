import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.swinj.data.Geometry;
import org.swinj.data.Volume;
import org.swinj.data.VolumeReader;
import org.swinj.data.VolumeWriter;
import org.swinj.progress.Progress;

/**
 * Makes the volumes in test-data/colin27 from a head scan and its atlas of 116 regions, both at
 * 1 mm: cut to the brain, halved in resolution, regions joined to two parts of the brain, and
 * only every sixth axial slice labelled. Arguments: folder with ch2.nii.gz, aal.nii.gz and
 * aal.nii.txt; folder to write to. Run by scripts/make-test-data.
 */
final class MakeTestData {

	private static final int FACTOR = 2;
	private static final int MULTIPLE = 32; // voxels of the scan that every axis is a multiple of
	private static final int SLICE_STEP = 6, FIRST_SLICE = 3;
	private static final int IGNORE = 255;

	/** Leading digit of a region's code in the atlas: the part of the brain it belongs to. */
	private static final Map<Integer, Integer> CLASS_OF_CODE = Map.of( //
		2, 1, 8, 1, 6, 1, 5, 1, // frontal, temporal, parietal and occipital lobe
		3, 1, 4, 1, // insula; cingulate, hippocampus, amygdala
		9, 2, // cerebellum with vermis
		7, 0); // caudate, putamen, pallidum, thalamus: background

	private final int[] size;
	private final int[] origin = new int[3];
	private final int[] extent = new int[3];

	private MakeTestData(final Volume atlas) {
		size = Arrays.stream(atlas.size()).mapToInt(n -> (int) n).toArray();
		final int[] low = size.clone(), high = new int[3];
		final int[] voxels = voxels(atlas);
		for (int i = 0; i < voxels.length; i++) {
			if (voxels[i] == 0) continue;
			final int[] at = { i % size[0], i / size[0] % size[1], i / size[0] / size[1] };
			for (int d = 0; d < 3; d++) {
				low[d] = Math.min(low[d], at[d]);
				high[d] = Math.max(high[d], at[d] + 1);
			}
		}
		for (int d = 0; d < 3; d++) {
			extent[d] = (high[d] - low[d] + MULTIPLE - 1) / MULTIPLE * MULTIPLE;
			origin[d] = Math.max(0, Math.min(size[d] - extent[d], (low[d] + high[d] - extent[d]) / 2));
		}
	}

	public static void main(final String[] arguments) throws IOException {
		final Path source = Path.of(arguments[0]), target = Path.of(arguments[1]);
		final VolumeReader reader = new VolumeReader(Progress.silent());
		final Volume scan = reader.read(source.resolve("ch2.nii.gz"));
		final Volume atlas = reader.readLabels(source.resolve("aal.nii.gz"));
		final MakeTestData cut = new MakeTestData(atlas);
		final Volume image = cut.halve(scan, voxels(scan), false);
		final int[] parts = join(voxels(atlas), regions(source.resolve("aal.nii.txt")));
		final Volume truth = cut.halve(atlas, parts, true);
		VolumeWriter.write(target.resolve("images/colin27.nii.gz"), image);
		VolumeWriter.write(target.resolve("labels/colin27.nii.gz"), slices(truth, true));
		VolumeWriter.write(target.resolve("held-back/colin27.nii.gz"), slices(truth, false));
	}

	/** Class of each region number, from lines such as "37 Hippocampus_L 4101". */
	private static Map<Integer, Integer> regions(final Path table) throws IOException {
		final Map<Integer, Integer> classes = new HashMap<>();
		for (final String line : Files.readAllLines(table)) {
			final String[] words = line.strip().split("\\s+");
			if (words.length == 3) classes.put(Integer.parseInt(words[0]), CLASS_OF_CODE.get(Integer
				.parseInt(words[2]) / 1000));
		}
		return classes;
	}

	private static int[] join(final int[] regions, final Map<Integer, Integer> classes) {
		return Arrays.stream(regions).map(region -> region == 0 ? 0 : classes.get(region)).toArray();
	}

	private static int[] voxels(final Volume volume) {
		final int[] voxels = new int[(int) Views.flatIterable(volume.image()).size()];
		int i = 0;
		for (final FloatType voxel : Views.flatIterable(volume.image()))
			voxels[i++] = Math.round(voxel.get());
		return voxels;
	}

	/** The cut-out at half the resolution: means of blocks, or the label that most voxels have. */
	private Volume halve(final Volume like, final int[] voxels, final boolean labels) {
		final int[] n = Arrays.stream(extent).map(e -> e / FACTOR).toArray();
		final float[] result = new float[n[0] * n[1] * n[2]];
		final int[] block = new int[FACTOR * FACTOR * FACTOR];
		for (int i = 0; i < result.length; i++) {
			final int x = origin[0] + i % n[0] * FACTOR, y = origin[1] + i / n[0] % n[1] * FACTOR,
					z = origin[2] + i / n[0] / n[1] * FACTOR;
			for (int k = 0; k < block.length; k++)
				block[k] = voxels[x + k % FACTOR + size[0] * (y + k / FACTOR % FACTOR + size[1] * (z + k /
					FACTOR / FACTOR))];
			result[i] = labels ? mostFrequent(block) : Math.round((float) Arrays.stream(block).average()
				.orElseThrow());
		}
		return new Volume("colin27", ArrayImgs.floats(result, n[0], n[1], n[2], 1), geometry(like
			.geometry()));
	}

	/** Of labels that are equally frequent, the smallest. */
	private static int mostFrequent(final int[] block) {
		final int[] count = new int[256];
		int best = 0;
		for (final int label : block)
			count[label]++;
		for (int label = 1; label < count.length; label++)
			if (count[label] > count[best]) best = label;
		return best;
	}

	/** The centre of the first new voxel lies in the middle of the first block. */
	private Geometry geometry(final Geometry old) {
		final double[][] affine = new double[4][];
		for (int i = 0; i < 4; i++)
			affine[i] = old.affine()[i].clone();
		for (int i = 0; i < 3; i++)
			for (int d = 0; d < 3; d++) {
				affine[i][3] += old.affine()[i][d] * (origin[d] + (FACTOR - 1) / 2.0);
				affine[i][d] *= FACTOR;
			}
		return new Geometry(Arrays.stream(old.spacing()).map(s -> s * FACTOR).toArray(), old.unit(),
			affine);
	}

	/** Only the axial slices for training, or only the others; the rest counts as not annotated. */
	private static Volume slices(final Volume truth, final boolean training) {
		final int[] voxels = voxels(truth);
		final int plane = (int) (truth.size()[0] * truth.size()[1]);
		final float[] result = new float[voxels.length];
		for (int i = 0; i < result.length; i++)
			result[i] = (i / plane % SLICE_STEP == FIRST_SLICE) == training ? voxels[i]
				: IGNORE;
		return truth.withImage(ArrayImgs.floats(result, truth.image().dimensionsAsLongArray()));
	}
}
