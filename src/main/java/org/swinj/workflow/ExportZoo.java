package org.swinj.workflow;

import ai.djl.engine.Engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.swinj.backend.Backend;
import org.swinj.data.AtomicFile;
import org.swinj.model.ModelCard;
import org.swinj.model.ModelFormatException;
import org.swinj.model.MonaiKeys;
import org.swinj.model.NetworkWeights;
import org.swinj.model.NumpyFile;
import org.swinj.model.StateDict;
import org.swinj.model.SwinModel;
import org.swinj.model.TorchFile;
import org.swinj.model.Training;
import org.swinj.network.SwinUnetr;
import org.swinj.progress.Progress;

/**
 * Writes a model as a package of the BioImage Model Zoo: a PyTorch state dict for MONAI's
 * {@code SwinUNETR}, a test input of noise with the output that belongs to it, the model's card, and
 * the description {@code rdf.yaml}.
 */
public final class ExportZoo {

	private static final long SEED = 1;

	private final ZooSettings settings;
	private final Progress progress;
	private final Map<String, String> hashes = new LinkedHashMap<>();

	public ExportZoo(final ZooSettings settings, final Progress progress) {
		this.settings = settings;
		this.progress = progress;
	}

	/**
	 * Reads the model, computes the test output on the CPU and writes the zip.
	 *
	 * @return the number of tensors written
	 * @throws ModelFormatException if the model is damaged or cannot segment, or the output is a folder
	 * @throws org.swinj.progress.CancelledException when the user asked to stop; nothing is written
	 */
	public int run() throws IOException {
		if (Files.isDirectory(settings.output())) throw new ModelFormatException("Output \"" + settings
			.output() + "\" is a folder, not a zip.");
		progress.stage("Reading model");
		final SwinModel model = SwinModel.read(settings.model());
		if (model.card().encoderOnly()) throw new ModelFormatException("Model \"" + settings.model()
			+ "\" holds a pretrained encoder only, which the zoo cannot run: fine-tune it first.");
		final StateDict weights = MonaiKeys.stateDict(model.card().architecture(), model.weights());
		AtomicFile.write(settings.output(), out -> write(model, weights, out));
		progress.info(weights.size() + " tensors written for " + new MonaiCall(model.card()
			.architecture()).python());
		return weights.size();
	}

	private void write(final SwinModel model, final StateDict weights, final OutputStream out)
		throws IOException
	{
		final ModelCard card = model.card();
		final ZipOutputStream zip = new ZipOutputStream(out);
		progress.stage("Writing weights");
		add(zip, ZooDescription.WEIGHTS, to -> TorchFile.write(weights, to));
		progress.checkCancelled();
		progress.stage("Computing the test output");
		final int[] size = card.patchSize();
		final float[] image = noise(card.architecture().inChannels() * size[0] * size[1] * size[2]);
		final String torch = addTensors(zip, model, image);
		add(zip, ZooDescription.PAGE, to -> to.write(page(card).getBytes(StandardCharsets.UTF_8)));
		add(zip, ZooDescription.ENVIRONMENT, to -> to.write(environment(card).getBytes(
			StandardCharsets.UTF_8)));
		final String rdf = new ZooDescription(card, settings, hashes, torch).text();
		add(zip, "rdf.yaml", to -> to.write(rdf.getBytes(StandardCharsets.UTF_8)));
		zip.finish();
	}

	/** @return the version of PyTorch */
	private String addTensors(final ZipOutputStream zip, final SwinModel model, final float[] image)
		throws IOException
	{
		final ModelCard card = model.card();
		final int[] size = card.patchSize();
		final int classes = card.architecture().outChannels();
		try (Backend backend = Backend.open("cpu", "float32", progress);
				SwinUnetr network = new SwinUnetr(card.architecture(), backend, 0))
		{
			NetworkWeights.load(model.weights(), network);
			final float[] logits = new NetworkPredictor(network, backend, size).predict(new float[][] {
				image })[0];
			add(zip, ZooDescription.INPUT, to -> NumpyFile.write(zLast(image, card.architecture()
				.inChannels(), size), shape(card.architecture().inChannels(), size), to));
			add(zip, ZooDescription.OUTPUT, to -> NumpyFile.write(zLast(logits, classes, size), shape(
				classes, size), to));
			return Engine.getEngine("PyTorch").getVersion();
		}
	}

	private static float[] noise(final int count) {
		final Random random = new Random(SEED);
		final float[] noise = new float[count];
		for (int i = 0; i < count; i++)
			noise[i] = (float) random.nextGaussian();
		return noise;
	}

	private static long[] shape(final int channels, final int[] size) {
		return new long[] { 1, channels, size[0], size[1], size[2] };
	}

	/** Values whose X changes fastest become values whose Z does, as the network's axes are. */
	private static float[] zLast(final float[] values, final int channels, final int[] size) {
		final float[] sorted = new float[values.length];
		int i = 0;
		for (int c = 0; c < channels; c++)
			for (int x = 0; x < size[0]; x++)
				for (int y = 0; y < size[1]; y++)
					for (int z = 0; z < size[2]; z++)
						sorted[i++] = values[((c * size[2] + z) * size[1] + y) * size[0] + x];
		return sorted;
	}

	private static String page(final ModelCard card) {
		return new ModelReport(card).markdown() + "\n## Use\n\nIntensities must be prepared as the card "
			+ "says, images " + (card.oriented() ? "turned to RAS and " : "")
			+ "brought to its voxels; the axes are X, Y, Z.\n\n```python\nimport torch\n"
			+ "from monai.networks.nets import SwinUNETR\nnetwork = " + new MonaiCall(card.architecture())
				.python() + "\nnetwork.load_state_dict(torch.load(\"" + ZooDescription.WEIGHTS
			+ "\", weights_only=True))\nnetwork.eval()\n```\n\n# Validation\n\n" + validation(card) + "\n";
	}

	private static String validation(final ModelCard card) {
		final Training training = card.training();
		return training == null || Double.isNaN(training.bestDice())
			? "Nothing is known about cases that were held back from training." : String.format(Locale.ROOT,
				"Mean Dice %.3f on %s.", training.bestDice(), training.judges());
	}

	private static String environment(final ModelCard card) {
		return "channels:\n  - conda-forge\ndependencies:\n  - python\n  - pip\n  - pip:\n    - torch\n    - "
			+ "einops\n    - \"" + new MonaiCall(card.architecture()).versions() + "\"\n";
	}

	private interface Content {

		void write(OutputStream out) throws IOException;
	}

	private void add(final ZipOutputStream zip, final String name, final Content content)
		throws IOException
	{
		final MessageDigest digest = sha256();
		zip.putNextEntry(new ZipEntry(name));
		content.write(new DigestOutputStream(zip, digest));
		zip.closeEntry();
		hashes.put(name, HexFormat.of().formatHex(digest.digest()));
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException("Every Java platform has SHA-256.", e);
		}
	}
}
