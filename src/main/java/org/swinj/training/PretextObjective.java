package org.swinj.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

import org.swinj.backend.Backend;
import org.swinj.backend.Gradients;
import org.swinj.backend.HostTensor;
import org.swinj.backend.TrainingOperators;
import org.swinj.model.ModelFormatException;
import org.swinj.network.PretextHeads;
import org.swinj.network.PretextNetwork;
import org.swinj.network.PretextOutput;
import org.swinj.pretext.Places;
import org.swinj.pretext.PretextBatch;
import org.swinj.pretext.PretextSampler;
import org.swinj.pretext.PretextSettings;

/**
 * Self-supervised training: rebuild what is hidden, recognise the other view of a crop, guess how
 * it was turned. One example is a whole batch of views, because they are compared with each other.
 */
public final class PretextObjective implements Objective {

	private static final int EXAMPLES_AHEAD = 4;
	private static final long PREVIEWED = 0; // the example that previews show

	private final PretextNetwork network;
	private final PretextSampler sampler;
	private final PretextLoss loss;
	private final boolean reconstructs;
	private final double position;
	private final Backend backend;
	private final TrainingOperators ops;
	private final Prefetcher<PretextBatch> batches;
	private final EmbeddingMemory memory;
	private final List<NDArray> parameters;
	private final HostTensor inputs = new HostTensor();
	private final HostTensor targets = new HostTensor();
	private final HostTensor weights = new HostTensor();
	private final HostTensor places = new HostTensor();
	private final HostTensor inside = new HostTensor();
	private final double[] sums = new double[4]; // of the task losses since they were last asked for
	private int examples;
	private PretextBatch previewed;

	public PretextObjective(final PretextNetwork network, final PretextSampler sampler,
		final PretextSettings settings, final Backend backend)
	{
		this.network = network;
		this.sampler = sampler;
		this.backend = backend;
		loss = new PretextLoss(settings.inpainting(), settings.contrast(), settings.rotation(), settings
			.temperature(), settings.smooth());
		reconstructs = settings.inpainting() > 0;
		position = settings.position();
		ops = new TrainingOperators(backend.operators());
		batches = new Prefetcher<>(this::draw, EXAMPLES_AHEAD);
		memory = new EmbeddingMemory(settings.memory(), PretextHeads.EMBEDDING);
		parameters = network.getParameters().values().stream().map(Parameter::getArray).toList();
		parameters.forEach(p -> p.setRequiresGradient(true));
	}

	private PretextBatch draw(final long example) {
		try {
			return sampler.draw(example);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	@Override
	public List<NDArray> parameters() {
		return parameters;
	}

	@Override
	public NDArray loss(final long example, final NDManager scope) throws IOException {
		final PretextBatch batch = next(example);
		final NDArray x = images(inputs, batch.inputs(), batch, scope); // (views, C, X, Y, Z)
		final NDArray target = images(targets, batch.targets(), batch, scope);
		final NDArray weight = batch.weights() == null ? null : weights.images(scope, batch.weights(), 1,
			batch.size()); // (views, 1, X, Y, Z)
		final long[] turns = Arrays.stream(batch.turns()).mapToLong(t -> t == PretextBatch.UNKNOWN
			? TrainingOperators.IGNORED : t).toArray();
		final PretextOutput output = network.run(x, true, reconstructs || position > 0);
		final PretextLoss.Terms terms = loss.of(output, target, weight, scope.create(turns), memory
			.tensor(scope), ops);
		if (loss.contrast() > 0) memory.add(output.contrast());
		remember(terms);
		return position > 0 ? withPlaces(terms.total(), output, batch, scope) : terms.total();
	}

	/** The loss with that of the places of voxels; the other tasks may all be off. */
	private NDArray withPlaces(final NDArray others, final PretextOutput output,
		final PretextBatch batch, final NDManager scope)
	{
		final NDArray where = places.images(scope, batch.places().where(), Places.AXES, batch.size());
		final NDArray seen = inside.images(scope, batch.places().inside(), 1, batch.size());
		final NDArray off = ops.l1(output.places(), where, seen, 0);
		sums[3] += off.getFloat();
		final NDArray weighted = off.mul((float) position);
		return others == null ? weighted : others.add(weighted);
	}

	private PretextBatch next(final long example) throws IOException {
		try {
			return batches.get(example);
		}
		catch (final UncheckedIOException e) {
			throw e.getCause();
		}
	}

	private static NDArray images(final HostTensor tensor, final float[][] images,
		final PretextBatch batch, final NDManager scope)
	{
		return tensor.images(scope, images, batch.channels(), batch.size());
	}

	private void remember(final PretextLoss.Terms terms) {
		sums[0] += value(terms.inpainting());
		sums[1] += value(terms.contrast());
		sums[2] += value(terms.rotation());
		examples++;
	}

	private static double value(final NDArray term) {
		return term == null ? Double.NaN : term.getFloat();
	}

	/** Mean losses of the tasks since they were last asked for; all NaN if nothing was done since. */
	public TaskLosses takeLosses() {
		final TaskLosses means = new TaskLosses(sums[0] / examples, sums[1] / examples, sums[2]
			/ examples, position > 0 ? sums[3] / examples : Double.NaN);
		Arrays.fill(sums, 0);
		examples = 0;
		return means;
	}

	/** What the network rebuilds of always the same crop; {@code null} if inpainting is off. */
	public PretextPreview preview() throws IOException {
		if (!reconstructs) return null;
		if (previewed == null) previewed = sampler.draw(PREVIEWED);
		try (NDManager scope = backend.newScope(); Gradients off = backend.gradients(false)) {
			final NDArray x = images(inputs, new float[][] { previewed.inputs()[0] }, previewed, scope);
			final float[] rebuilt = HostTensor.toArrays(network.run(x, false, true).reconstruction())[0];
			return new PretextPreview(previewed.size(), firstChannel(previewed.targets()[0]), firstChannel(
				previewed.inputs()[0]), firstChannel(rebuilt));
		}
	}

	private float[] firstChannel(final float[] image) {
		final int[] size = previewed.size();
		return Arrays.copyOf(image, size[0] * size[1] * size[2]);
	}

	@Override
	public void save(final Checkpoint to) {
		memory.save(to);
		for (int i = 0; i < sums.length; i++)
			to.put("tasks." + i, sums[i]);
		to.put("tasks.examples", examples);
	}

	@Override
	public void restore(final Checkpoint from) throws ModelFormatException {
		memory.restore(from);
		for (int i = 0; i < sums.length; i++)
			sums[i] = from.number("tasks." + i);
		examples = (int) from.number("tasks.examples");
	}

	@Override
	public List<NDArray> gradients(final NDArray value) {
		return network.sections().gradients(value, parameters);
	}

	/** Time the training has waited for examples so far. */
	public double waitedSeconds() {
		return batches.waitedSeconds();
	}

	@Override
	public void close() {
		batches.close();
	}
}
