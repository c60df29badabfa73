package org.swinj.workflow;

import java.nio.file.Path;

import org.swinj.data.Intensity;
import org.swinj.network.Merging;

/**
 * What an import needs to know. Weights files say nothing about the images they were trained on, so
 * that the last two are the user's to give.
 *
 * @param weights PyTorch checkpoint or safetensors file with a Swin UNETR or its encoder
 * @param output model folder to write, or a name that ends in .zip
 * @param merging order of patch merging; legacy for all published weights
 * @param intensity how the training images were scaled
 * @param voxelSize voxel size of the training images along X, Y, Z in mm, or {@code null} for none
 */
public record ImportSettings(Path weights, Path output, Merging merging, Intensity intensity,
	double[] voxelSize)
{

	public ImportSettings {
		Check.present(weights, "weights", "the .pt, .pth or .safetensors file");
		Check.present(output, "output", "the model folder to write");
		Check.present(merging, "merging", "legacy, monai1.5 or v2");
		Check.present(intensity, "intensity", "how the training images were scaled");
		Check.that(voxelSize == null || voxelSize.length == 3, "voxel_size needs 3 numbers.");
	}

	/** Legacy merging, each volume scaled by its own mean and deviation, no preferred voxel size. */
	public static ImportSettings of(final Path weights, final Path output) {
		return new ImportSettings(weights, output, Merging.LEGACY, Intensity.zScore(), null);
	}

	/** The same import with another order of patch merging. */
	public ImportSettings withMerging(final Merging order) {
		return new ImportSettings(weights, output, order, intensity, voxelSize);
	}

	/** The same import for images prepared in another way. */
	public ImportSettings withImages(final Intensity scaling, final double... millimetres) {
		return new ImportSettings(weights, output, merging, scaling, millimetres);
	}
}
