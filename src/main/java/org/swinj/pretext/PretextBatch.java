package org.swinj.pretext;

/**
 * What one step learns from: the first views of all crops, then their second views, if any.
 *
 * @param inputs what the network sees, C·Z·Y·X, x fastest
 * @param targets what it shall rebuild
 * @param weights of each voxel when it does, Z·Y·X; {@code null} if all are alike
 * @param places where the voxels lie; {@code null} if that is not to be told
 * @param turns quarter turns of each view, {@link #UNKNOWN} if they are not to be guessed
 * @param size edge lengths X, Y, Z
 */
public record PretextBatch(float[][] inputs, float[][] targets, float[][] weights, Places places,
	int[] turns, int[] size)
{

	/** Turns of a view that has none worth guessing. */
	public static final int UNKNOWN = -1;

	public int channels() {
		return inputs[0].length / (size[0] * size[1] * size[2]);
	}
}
