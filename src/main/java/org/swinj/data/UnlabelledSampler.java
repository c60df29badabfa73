package org.swinj.data;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

import org.swinj.progress.Progress;

/**
 * Draws crops of unlabelled volumes. Every volume has its turn before any comes again; a crop that
 * shows next to nothing is drawn anew. The n-th crop is a pure function of the seed and n.
 */
public final class UnlabelledSampler {

	private final UnlabelledSource source;
	private final CropChoice choice;
	private final int[] patch;
	private final int perVolume;
	private final long seed;
	private final Progress progress;
	private final Set<Integer> broken = ConcurrentHashMap.newKeySet();

	/**
	 * @param patch edge lengths X, Y, Z of the crops
	 * @param perVolume crops drawn one after the other from a volume before the next one is opened
	 * @param progress hears of volumes that cannot be read
	 */
	public UnlabelledSampler(final UnlabelledSource source, final CropChoice choice,
		final int[] patch, final int perVolume, final long seed, final Progress progress)
	{
		this.source = source;
		this.choice = choice;
		this.patch = patch.clone();
		this.perVolume = perVolume;
		this.seed = seed;
		this.progress = progress;
	}

	/**
	 * The n-th crop of this run.
	 *
	 * @param n from 0
	 * @throws FormatException if none of the volumes can be read
	 */
	public UnlabelledCrop draw(final long n) throws IOException {
		final RandomGenerator random = Draws.of(seed, "crops", n);
		final UnlabelledVolume volume = volume(n / perVolume);
		UnlabelledCrop best = null;
		double most = -1;
		for (int i = 0; i <= choice.redraws() && most < choice.content(); i++) {
			final int[] start = start(volume, random);
			final UnlabelledCrop crop = new UnlabelledCrop(volume, start, patch, volume.read(start,
				patch));
			final double content = choice.redraws() == 0 ? 0 : crop.content();
			if (content <= most) continue;
			best = crop;
			most = content;
		}
		return best;
	}

	/** Edge lengths X, Y, Z of the crops. */
	public int[] patch() {
		return patch.clone();
	}

	/** The volume whose turn it is; the next one that can be read if this one cannot. */
	private UnlabelledVolume volume(final long turn) throws IOException {
		final int count = source.count();
		final int[] order = order(count, Draws.of(seed, "order", turn / count));
		FormatException last = null;
		for (int i = 0; i < count; i++) {
			final int index = order[(int) ((turn + i) % count)];
			if (broken.contains(index)) continue;
			try {
				return source.open(index);
			}
			catch (final FormatException e) {
				last = e;
				if (broken.add(index)) progress.warn(e.getMessage() + " It is left out.");
			}
		}
		throw last != null ? last : new FormatException("None of the " + count
			+ " volumes can be read.");
	}

	private static int[] order(final int count, final RandomGenerator random) {
		final int[] order = new int[count];
		for (int i = 0; i < count; i++) {
			final int j = random.nextInt(i + 1);
			order[i] = order[j];
			order[j] = i;
		}
		return order;
	}

	/** First voxel of a random crop; a volume smaller than that lies in its middle. */
	private int[] start(final UnlabelledVolume volume, final RandomGenerator random) {
		final int[] start = new int[3];
		for (int axis = 0; axis < 3; axis++) {
			final int from;
			final int length;
			if (choice.foregroundBox()) {
				final int box = volume.foreground().length()[axis];
				length = (box + patch[axis] - 1) / patch[axis] * patch[axis];
				from = volume.foreground().start()[axis] - (length - box) / 2;
			}
			else {
				length = Math.max(volume.size()[axis], patch[axis]);
				from = -((length - volume.size()[axis]) / 2);
			}
			start[axis] = from + random.nextInt(length - patch[axis] + 1);
		}
		return start;
	}
}
