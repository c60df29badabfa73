package org.swinj.workflow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.swinj.backend.Backend;
import org.swinj.backend.Precision;
import org.swinj.data.FormatException;
import org.swinj.data.Geometry;
import org.swinj.data.Intensity;
import org.swinj.data.Interpolation;
import org.swinj.data.Normalization;
import org.swinj.data.Orientation;
import org.swinj.data.PlanJson;
import org.swinj.data.Resampling;
import org.swinj.data.ShortPlanes;
import org.swinj.data.Volume;
import org.swinj.data.VoxelGrid;
import org.swinj.inference.ArgMaxSink;
import org.swinj.inference.BackgroundSource;
import org.swinj.inference.ConfidenceSink;
import org.swinj.inference.Ensemble;
import org.swinj.inference.FrugalPredictor;
import org.swinj.inference.ImageSource;
import org.swinj.inference.MirroredPredictor;
import org.swinj.inference.PlaneSink;
import org.swinj.inference.ProbabilitySink;
import org.swinj.inference.SlabSource;
import org.swinj.inference.SlidingWindow;
import org.swinj.inference.WindowPredictor;
import org.swinj.inference.WindowSettings;
import org.swinj.inference.WindowSource;
import org.swinj.model.ModelCard;
import org.swinj.model.ModelFormatException;
import org.swinj.model.NetworkWeights;
import org.swinj.model.SwinModel;
import org.swinj.network.SwinUnetr;
import org.swinj.progress.Progress;

/**
 * A model made ready on a device: volumes in, labels out.
 *
 * <pre>
 * try (Segmenter segmenter = Segmenter.open(model, "auto", "auto", progress)) {
 * 	labels = segmenter.segment(volume, 0.5, false, false).labels();
 * }
 * </pre>
 */
public final class Segmenter implements AutoCloseable {

	/** Voxels whose size is this near to the model's are left as they are. */
	private static final double SAME_VOXELS = 1.05;

	private final ModelCard card;
	private final Progress progress;
	private final List<SwinModel> spare = new ArrayList<>(); // for the CPU; empty if it runs there
	private final List<SwinUnetr> networks = new ArrayList<>();
	private Backend backend;

	private Segmenter(final ModelCard card, final Backend backend, final Progress progress) {
		this.card = card;
		this.backend = backend;
		this.progress = progress;
	}

	private void add(final SwinModel model) throws IOException {
		if (!backend.device().isCpu()) spare.add(model);
		final SwinUnetr network = new SwinUnetr(card.architecture(), backend, 0);
		networks.add(network);
		NetworkWeights.load(model.weights(), network);
	}

	/** The networks on the CPU instead of a GPU that has too little memory. */
	private WindowPredictor moveToCpu() throws IOException {
		close();
		networks.clear();
		backend = Backend.open("cpu", Precision.FLOAT32.id(), progress);
		for (final SwinModel model : spare)
			add(model);
		spare.clear();
		return mean();
	}

	/**
	 * Loads a model, or the models of a folder of folds, whose predictions are averaged.
	 *
	 * @param device auto, cpu, gpu, gpu1 … or mps
	 * @param precision auto, float32 or bfloat16
	 * @throws ModelFormatException if the model is damaged, foreign or cannot segment
	 */
	public static Segmenter open(final Path model, final String device, final String precision,
		final Progress progress) throws IOException
	{
		progress.stage("Loading model");
		final ModelFolds folds = ModelFolds.of(model);
		final ModelCard card = folds.card();
		if (card.encoderOnly()) throw new ModelFormatException("Model \"" + model
			+ "\" holds a pretrained encoder only and cannot segment: fine-tune it first.");
		final Backend backend = Backend.open(device, precision, progress);
		final Segmenter segmenter = new Segmenter(card, backend, progress);
		try {
			for (final Path member : folds.members())
				segmenter.add(SwinModel.read(member));
			progress.info((folds.members().size() == 1 ? "" : "Mean of " + folds.members().size()
				+ " models. ") + "Running on " + backend.describe());
			return segmenter;
		}
		catch (final IOException | RuntimeException e) {
			segmenter.close();
			throw e;
		}
	}

	/** What the model is. */
	public ModelCard card() {
		return card;
	}

	/** What it runs on, with the reason. */
	public String device() {
		return backend.describe();
	}

	/**
	 * Labels every voxel of a volume.
	 *
	 * @param overlap share of a window that overlaps its neighbour, at least 0 and below 1
	 * @param mirror whether windows are also predicted mirrored, which takes up to eight times as long
	 * @param probabilities whether to keep the probability of every class, which takes much memory
	 * @throws FormatException if the volume has another number of channels than the model
	 * @throws org.swinj.progress.CancelledException when the user asked to stop
	 */
	public Segmentation segment(final Volume volume, final double overlap,
		final boolean mirror, final boolean probabilities) throws IOException
	{
		return segment(volume, overlap, mirror, probabilities, false);
	}

	/**
	 * The same, and how sure the model is.
	 *
	 * @param confidence whether to keep the probability of each voxel's class, in two bytes
	 */
	public Segmentation segment(final Volume volume, final double overlap, final boolean mirror,
		final boolean probabilities, final boolean confidence) throws IOException
	{
		checkChannels(volume);
		new VolumeNotices(card, progress).tell(volume);
		final Volume turned = card.oriented() ? Orientation.toRas(volume) : volume;
		final Resampling resampling = resampling(turned);
		final Volume input = resampling.apply(turned, card.training() == null ? Interpolation.LINEAR
			: Interpolation.CUBIC); // MONAI's weights were trained on linear interpolation
		final long[] xyz = input.size();
		final long[] size = { xyz[2], xyz[1], xyz[0] };
		final int classes = card.architecture().outChannels();
		final ArgMaxSink winner = new ArgMaxSink(card.labelValues(), planes(xyz, turned != volume));
		final ProbabilitySink all = probabilities ? new ProbabilitySink(classes, size) : null;
		final ConfidenceSink sure = confidence ? new ConfidenceSink(planes(xyz, turned != volume)) : null;
		PlaneSink sink = all == null ? winner : winner.andThen(all);
		if (sure != null) sink = sink.andThen(sure);
		final int[] patch = card.patchSize();
		final List<Normalization> maps = Normalization.ofChannels(card.intensity(), input.image());
		final WindowSource image = new ImageSource(Normalization.normalize(input.image(), maps));
		try (SlabSource slab = new SlabSource(image, patch[2], progress)) {
			new SlidingWindow(WindowSettings.of(new int[] { patch[2], patch[1], patch[0] }, overlap).withEmpty(
				BackgroundSource.EMPTY), progress).run(skipsBackground() ? new BackgroundSource(slab, background(
					maps)) : slab, predictor(mirror), classes, sink);
		}
		final Resampling back = resampling.back();
		final RandomAccessibleInterval<UnsignedShortType> labels = back.isIdentity() ? winner.labels() : back
			.labels(winner.labels(), Interpolation.VOTE, progress);
		final RandomAccessibleInterval<FloatType> soft = all == null ? null : back.image(all
			.probabilities(), Interpolation.LINEAR);
		final RandomAccessibleInterval<FloatType> known = sure == null ? null : Views.hyperSlice(back.image(
			Views.addDimension(sure.confidence(), 0, 0), Interpolation.LINEAR), 3, 0);
		if (turned == volume) return new Segmentation(labels, soft, known);
		final Orientation orientation = Orientation.of(volume.geometry().affine());
		return new Segmentation(orientation.turnBack(labels), soft == null ? null : orientation.turnBack(
			soft), known == null ? null : orientation.turnBack(known));
	}

	/** Planes that are turned are read in another order, for which a file is too slow. */
	private static ShortPlanes planes(final long[] xyz, final boolean turned) {
		return turned ? ShortPlanes.inMemory(Arrays.copyOf(xyz, 3)) : new ShortPlanes(Arrays.copyOf(xyz, 3));
	}

	/**
	 * Whether windows of zeros only are background, as they are where zeros play no part in what the
	 * intensities of a volume are. MONAI's weights see them, so that its numbers are met.
	 */
	private boolean skipsBackground() {
		return card.training() != null && card.intensity().scheme() == Intensity.Scheme.ZSCORE;
	}

	/** What zeros become, for each channel. */
	private static float[] background(final List<Normalization> maps) {
		final float[] values = new float[maps.size()];
		for (int c = 0; c < values.length; c++)
			values[c] = maps.get(c).apply(0);
		return values;
	}

	/** How many predictions of a window are averaged where they are to be mirrored. */
	public static int mirrorImages(final ModelCard card) throws IOException {
		return MirroredPredictor.predictions(mirrored(card));
	}

	/** Along which of X, Y, Z a model saw mirrored examples; all if its plan is not known. */
	private static boolean[] mirrored(final ModelCard card) throws IOException {
		final boolean[] known = card.plan() == null ? null : PlanJson.parse(card.plan(), card.name()).mirror();
		return known == null ? new boolean[] { true, true, true } : known;
	}

	private WindowPredictor predictor(final boolean mirror) throws IOException {
		final WindowPredictor mean = new FrugalPredictor(mean(), backend.device().name(), spare.isEmpty()
			? null : this::moveToCpu, progress);
		if (mirror && mirrorImages(card) == 1) progress.warn("Model \"" + card.name()
			+ "\" has seen no mirrored examples: its windows are not mirrored.");
		return mirror ? new MirroredPredictor(mean, card.patchSize(), mirrored(card)) : mean;
	}

	private WindowPredictor mean() {
		return new Ensemble(networks.stream().<WindowPredictor>map(n -> new NetworkPredictor(n, backend,
			card.patchSize())).toList());
	}

	private void checkChannels(final Volume volume) throws FormatException {
		final int needed = card.architecture().inChannels();
		if (volume.channels() != needed) throw new FormatException("Volume \"" + volume.name() + "\" has "
			+ volume.channels() + (volume.channels() == 1 ? " channel" : " channels") + ", but model \""
			+ card.name() + "\" needs " + needed + ".");
	}

	/** To the voxel size of the model, if both are known and differ. */
	private Resampling resampling(final Volume volume) {
		final Resampling resampling = Resampling.toSpacing(volume, card.voxelSize(), card.unit());
		final double[] wanted = resampling.target().geometry().spacing();
		final double[] present = volume.geometry().spacing();
		for (int axis = 0; axis < 3; axis++) {
			final double ratio = present[axis] / wanted[axis];
			if (ratio <= SAME_VOXELS && ratio >= 1 / SAME_VOXELS) continue;
			progress.info("\"" + volume.name() + "\" is brought to the model's voxels of " + Geometry.text(
				wanted, volume.geometry().unit()));
			return resampling;
		}
		return new Resampling(VoxelGrid.of(volume), VoxelGrid.of(volume));
	}

	/** Frees the networks and their memory. */
	@Override
	public void close() {
		networks.forEach(SwinUnetr::close);
		backend.close();
	}
}
