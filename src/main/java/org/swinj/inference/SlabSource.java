package org.swinj.inference;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;

import org.swinj.backend.FloatStore;
import org.swinj.progress.Progress;

/**
 * Reads every plane of a volume once and keeps as many along Z as a window is deep, for windows that come in
 * the order of a {@link WindowGrid}. Planes of a file or virtual stack, and changes of intensity, are then
 * computed once and not for every window.
 */
public final class SlabSource extends SourceView implements AutoCloseable {

	private final Progress progress;
	private final int height;
	private final int width;
	private final int slots;
	private final float[] plane; // C, Y, X
	private final FloatStore store; // channel after channel of the plane in each slot
	private long first; // planes first … end − 1 are there, plane z in slot z % slots
	private long end;

	/**
	 * @param volume to read
	 * @param depth of a window along Z
	 * @param progress can cancel between planes
	 * @throws IllegalArgumentException if there is not enough memory
	 */
	public SlabSource(final WindowSource volume, final int depth, final Progress progress) {
		super(volume);
		this.progress = progress;
		final long[] size = volume.size();
		height = Math.toIntExact(size[1]);
		width = Math.toIntExact(size[2]);
		slots = (int) Math.min(depth, size[0]);
		plane = new float[Math.multiplyExact(volume.channels(), Math.multiplyExact(height, width))];
		store = new FloatStore(slots * volume.channels(), height * width, "To keep " + slots
			+ " planes of " + width + " × " + height + " voxels");
	}

	@Override
	public void read(final long[] position, final int[] window, final float[] target)
		throws IOException
	{
		final long begin = Math.max(0, position[0]);
		final long behind = Math.min(size()[0], position[0] + window[0]);
		if (behind - begin > slots) throw new IllegalArgumentException("A window of " + window[0]
			+ " planes is deeper than the slab of " + slots + ".");
		load(begin, behind);
		final int left = (int) Math.max(0, -position[2]);
		final int right = (int) Math.min(window[2], width - position[2]);
		final int top = (int) Math.max(0, -position[1]);
		final int bottom = (int) Math.min(window[1], height - position[1]);
		Arrays.fill(target, 0);
		if (right <= left) return;
		for (int c = 0; c < channels(); c++) {
			for (long z = begin; z < behind; z++) {
				final FloatBuffer from = store.get(slot(z) * channels() + c);
				for (int y = top; y < bottom; y++)
					from.get((int) ((position[1] + y) * width + position[2] + left), target, (int) (((c * window[0]
						+ z - position[0]) * window[1] + y) * window[2]) + left, right - left);
			}
		}
	}

	/** Makes sure that planes begin … behind − 1 are there. */
	private void load(final long begin, final long behind) throws IOException {
		if (begin < first || begin > end) first = end = begin; // not in the order of a grid
		for (; end < behind; end++) {
			progress.checkCancelled();
			source.read(new long[] { end, 0, 0 }, new int[] { 1, height, width }, plane);
			for (int c = 0; c < channels(); c++)
				store.get(slot(end) * channels() + c).put(0, plane, c * height * width, height * width);
		}
		first = Math.max(first, end - slots);
	}

	private int slot(final long z) {
		return (int) (z % slots);
	}

	/** Frees the memory; nobody may be reading any more. */
	@Override
	public void close() {
		store.close();
	}
}
