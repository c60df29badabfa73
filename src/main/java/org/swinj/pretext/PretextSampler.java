package org.swinj.pretext;

import java.io.IOException;
import java.util.Arrays;
import java.util.random.RandomGenerator;

import org.swinj.data.Draws;
import org.swinj.data.IntensityAugmentation;
import org.swinj.data.UnlabelledCrop;
import org.swinj.data.UnlabelledSampler;

/**
 * Makes the puzzles: crops are turned and varied to become targets, and parts of them are hidden to
 * become inputs. The n-th batch is a pure function of the seed and n.
 */
public final class PretextSampler {

	private final UnlabelledSampler sampler;
	private final PretextSettings settings;
	private final int[] size;
	private final long seed;
	private final GridMask grid; // null with cut-out
	private final CutOut cutOut; // null with a grid

	/** @throws IllegalArgumentException if crops of this shape cannot be cut out or turned */
	public PretextSampler(final UnlabelledSampler sampler, final PretextSettings settings,
		final long seed)
	{
		this.sampler = sampler;
		this.settings = settings;
		this.seed = seed;
		size = sampler.patch();
		if (settings.rotation() > 0 && !settings.plane().fits(size)) throw new IllegalArgumentException(
			"Crops of " + size[0] + " × " + size[1] + " × " + size[2]
				+ " voxels do not keep their shape when they are turned: switch off rotation or use another"
				+ " patch.");
		grid = settings.masking() == Masking.GRID ? new GridMask(size, settings.cell()) : null;
		cutOut = grid == null ? new CutOut(size, settings.share()) : null;
	}

	/**
	 * The n-th batch of this run.
	 *
	 * @param n from 0
	 */
	public PretextBatch draw(final long n) throws IOException {
		final RandomGenerator random = Draws.of(seed, "views", n);
		final int crops = settings.crops();
		final int views = settings.views() * crops;
		final PretextBatch batch = new PretextBatch(new float[views][], new float[views][], grid != null
			? new float[views][] : null, settings.position() > 0 ? Places.of(views) : null, new int[views],
			size);
		for (int i = 0; i < crops; i++) {
			final UnlabelledCrop crop = sampler.draw(n * crops + i);
			for (int view = i; view < views; view += crops)
				fill(batch, view, view == i ? crop : neighbour(crop, random), random);
		}
		if (cutOut != null) for (int first = 0; first < views; first += crops)
			cutOut.apply(Arrays.copyOfRange(batch.inputs(), first, first + crops), CutOutDraws.of(random));
		return batch;
	}

	/** A crop that overlaps this one, inside the volume where that is large enough. */
	private UnlabelledCrop neighbour(final UnlabelledCrop crop, final RandomGenerator random) {
		final int[] start = crop.start().clone();
		for (int axis = 0; axis < 3; axis++) {
			final int free = crop.volume().size()[axis] - size[axis];
			final int most = (int) (settings.jitter() * size[axis]);
			final int step = random.nextInt(2 * most + 1) - most;
			if (most > 0 && free > 0) start[axis] = Math.max(0, Math.min(free, start[axis] + step));
		}
		return Arrays.equals(start, crop.start()) ? crop : crop.movedTo(start);
	}

	private void fill(final PretextBatch batch, final int view, final UnlabelledCrop crop,
		final RandomGenerator random)
	{
		final boolean turn = settings.rotation() > 0 && settings.plane().suits(crop.volume()
			.geometry());
		final int quarters = turn ? random.nextInt(4) : 0;
		batch.turns()[view] = turn ? quarters : PretextBatch.UNKNOWN;
		batch.targets()[view] = settings.plane().turn(crop.image(), size, quarters);
		final float[] known = crop.inside();
		float[] inside = known == null ? null : settings.plane().turn(known, size, quarters);
		if (batch.places() != null) inside = place(batch, view, crop, quarters, inside, random);
		if (grid == null) batch.inputs()[view] = batch.targets()[view].clone();
		else hide(batch, view, crop, inside, random);
	}

	/** Mirrors and cuts the target, and keeps where its voxels lie; returns what is left of it. */
	private float[] place(final PretextBatch batch, final int view, final UnlabelledCrop crop,
		final int quarters, final float[] known, final RandomGenerator random)
	{
		final boolean[] axes = { random.nextBoolean(), random.nextBoolean(), random.nextBoolean() };
		final float[] inside = Places.mirror(known != null ? known : Places.everywhere(size[0] * size[1]
			* size[2]), size, axes);
		Places.cut(inside, size, random);
		final float[] target = Places.mirror(batch.targets()[view], size, axes);
		for (int i = 0; i < target.length; i++)
			if (inside[i % inside.length] == 0) target[i] = 0;
		batch.targets()[view] = target;
		batch.places().where()[view] = Places.mirror(settings.plane().turn(Places.where(crop), size,
			quarters), size, axes);
		batch.places().inside()[view] = inside;
		return inside;
	}

	/** Varies the target and hides cells of it. */
	private void hide(final PretextBatch batch, final int view, final UnlabelledCrop crop,
		final float[] inside, final RandomGenerator random)
	{
		final float[] target = batch.targets()[view];
		final int channels = crop.volume().channels();
		IntensityAugmentation.apply(target, channels, settings.intensity(), random);
		final boolean[] hidden = grid.draw(settings.share(), inside, random);
		final float[] input = target.clone();
		for (int i = 0; i < input.length; i++)
			if (hidden[i % hidden.length]) input[i] = settings.fill().value(random);
		final float[] weights = new float[hidden.length];
		for (int i = 0; i < weights.length; i++)
			weights[i] = (hidden[i] ? 1 : (float) settings.visible()) * (inside == null ? 1 : inside[i]);
		batch.inputs()[view] = input;
		batch.weights()[view] = weights;
	}
}
