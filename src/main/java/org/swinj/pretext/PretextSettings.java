package org.swinj.pretext;

import org.swinj.data.CropChoice;
import org.swinj.network.PretextDecoder;

/**
 * What self-supervised training asks of the network. {@link #paper} is the published code (Tang et
 * al. 2022), {@link #recommended} is meant for one machine and for images of any kind; every
 * difference between them is one of these settings.
 *
 * @param inpainting weight of rebuilding the image, 0 for off
 * @param contrast weight of telling views of one crop from those of others, 0 for off
 * @param rotation weight of guessing quarter turns, 0 for off
 * @param position weight of telling where in its volume every voxel lies, 0 for off: for volumes that
 *          all show one thing, such as scans of an organ; views are then mirrored and cut to a random
 *          box, so that only what is seen tells the place
 * @param decoder what rebuilds the image
 * @param masking which part of a crop is hidden
 * @param share of the grid's cells to hide, or largest share of voxels to cut out in a pass
 * @param cell edge of a grid cell in voxels
 * @param fill what hidden cells of the grid show
 * @param visible weight of voxels that are not hidden when the rebuilt image is compared (grid
 *          only)
 * @param smooth differences below this count quadratically (grid only); 0 for none
 * @param plane in which crops are turned
 * @param pooled whether rotation and contrast see the mean of the bottleneck's tokens; else the
 *          first and the second token
 * @param temperature of the contrastive loss
 * @param memory embeddings of past views to tell new ones from, for small batches; 0 for none
 * @param jitter largest displacement of the second view, relative to the crop's edge (grid only)
 * @param intensity probability of each change of brightness, contrast, gamma and noise of a view
 *          (grid only)
 * @param choice where crops are taken
 * @param crops in a step
 */
public record PretextSettings(double inpainting, double contrast, double rotation,
	double position, PretextDecoder decoder, Masking masking, double share, int cell, MaskFill fill, double visible,
	double smooth, TurnPlane plane, boolean pooled, double temperature, int memory, double jitter,
	double intensity, CropChoice choice, int crops)
{

	public PretextSettings {
		check(inpainting >= 0 && contrast >= 0 && rotation >= 0 && position >= 0,
			"The weights of the tasks must not be negative, but are " + inpainting + ", " + contrast
				+ ", " + rotation + " and " + position + ".");
		check(inpainting + contrast + rotation + position > 0,
			"All tasks are off: inpainting, contrast, rotation and position are 0.");
		check(position == 0 || decoder == PretextDecoder.UNETR && masking == Masking.GRID,
			"The task position needs the decoder unetr and the default mode.");
		check(share > 0 && share < 1, "The share to hide must be between 0 and 1, not " + share + ".");
		check(cell >= 1, "The cells of the mask must have at least 1 voxel, not " + cell + ".");
		check(temperature > 0, "The temperature must be positive, not " + temperature + ".");
		check(memory >= 0, "The memory must not be negative, but is " + memory + ".");
		check(jitter >= 0 && jitter < 1, "The jitter must be between 0 and 1, not " + jitter + ".");
		check(crops >= 1, "A step needs at least 1 crop, not " + crops + ".");
	}

	/** The published code. */
	public static PretextSettings paper() {
		return new PretextSettings(1, 1, 1, 0, PretextDecoder.VAE, Masking.CUT_OUT, 0.3, 16, MaskFill.NOISE,
			1, 0, TurnPlane.YZ, false, 0.5, 0, 0, 0, new CropChoice(true, 0, 0), 4);
	}

	/**
	 * For one machine. The contrastive task is off: it doubles what a step takes, and with one crop in
	 * a step it made what was learned a worse start (docs/results.md).
	 */
	public static PretextSettings recommended() {
		return new PretextSettings(1, 0, 0.1, 0, PretextDecoder.UNETR, Masking.GRID, 0.5, 16,
			MaskFill.MEAN, 0.1, 0, TurnPlane.XY_IF_SQUARE, true, 0.5, 128, 0.125, 0.3, new CropChoice(
				false, 0.25, 8), 1);
	}

	/** Views of a crop in a step: one is enough where nothing is compared. */
	public int views() {
		return contrast > 0 || masking == Masking.CUT_OUT ? 2 : 1;
	}

	/** The same with other weights of the three tasks. */
	public PretextSettings withTasks(final double inpaint, final double similar,
		final double turned)
	{
		return new PretextSettings(inpaint, similar, turned, position, decoder, masking, share, cell, fill,
			visible, smooth, plane, pooled, temperature, memory, jitter, intensity, choice, crops);
	}

	/** The same with another weight of telling places. */
	public PretextSettings withPosition(final double weight) {
		return new PretextSettings(inpainting, contrast, rotation, weight, decoder, masking, share, cell,
			fill, visible, smooth, plane, pooled, temperature, memory, jitter, intensity, choice, crops);
	}

	/** The same with turns in another plane. */
	public PretextSettings withPlane(final TurnPlane other) {
		return new PretextSettings(inpainting, contrast, rotation, position, decoder, masking, share, cell, fill,
			visible, smooth, other, pooled, temperature, memory, jitter, intensity, choice, crops);
	}

	/** The same with another decoder. */
	public PretextSettings withDecoder(final PretextDecoder other) {
		return new PretextSettings(inpainting, contrast, rotation, position, other, masking, share, cell, fill,
			visible, smooth, plane, pooled, temperature, memory, jitter, intensity, choice, crops);
	}

	/** The same with another share and size of the hidden cells. */
	public PretextSettings withMask(final double part, final int edge, final MaskFill show) {
		return new PretextSettings(inpainting, contrast, rotation, position, decoder, masking, part, edge, show,
			visible, smooth, plane, pooled, temperature, memory, jitter, intensity, choice, crops);
	}

	/** The same with another number of past embeddings. */
	public PretextSettings withMemory(final int embeddings) {
		return new PretextSettings(inpainting, contrast, rotation, position, decoder, masking, share, cell, fill,
			visible, smooth, plane, pooled, temperature, embeddings, jitter, intensity, choice, crops);
	}

	/** The same with another number of crops in a step. */
	public PretextSettings withCrops(final int count) {
		return new PretextSettings(inpainting, contrast, rotation, position, decoder, masking, share, cell, fill,
			visible, smooth, plane, pooled, temperature, memory, jitter, intensity, choice, count);
	}

	private static void check(final boolean ok, final String sentence) {
		if (!ok) throw new IllegalArgumentException(sentence);
	}
}
