import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Random;

import net.imglib2.img.array.ArrayImgs;

import org.swinj.backend.Backend;
import org.swinj.backend.Gradients;
import org.swinj.backend.HostTensor;
import org.swinj.backend.TrainingOperators;
import org.swinj.inference.ArgMaxSink;
import org.swinj.inference.ImageSource;
import org.swinj.inference.SlidingWindow;
import org.swinj.inference.WindowSettings;
import org.swinj.network.NetworkBlock;
import org.swinj.network.PretextDecoder;
import org.swinj.network.PretextNetwork;
import org.swinj.network.Sections;
import org.swinj.network.SwinConfig;
import org.swinj.network.SwinUnetr;
import org.swinj.progress.Progress;
import org.swinj.training.AdamW;
import org.swinj.training.DiceCeLoss;
import org.swinj.training.PretextLoss;

/**
 * Does one of the benchmark's tasks each time a line comes in, and answers with the seconds:
 * SwinjWorker KIND FEATURES EDGE PRECISION.
 */
public final class SwinjWorker {

	private static final int CLASSES = 14;

	private interface Task {

		void run() throws IOException;
	}

	private SwinjWorker() {}

	public static void main(final String[] arguments) throws IOException {
		final int features = Integer.parseInt(arguments[1]), edge = Integer.parseInt(arguments[2]);
		try (Backend backend = Backend.open("cpu", arguments[3], Progress.silent()); NDManager memory = backend.newScope())
		{
			final Task task = switch (arguments[0]) {
				case "forward" -> forward(features, edge, backend, memory);
				case "train" -> train(features, edge, backend, memory);
				case "pretrain" -> pretrain(features, edge, backend, memory);
				case "segment" -> segment(features, edge, backend);
				default -> throw new IllegalArgumentException(arguments[0]);
			};
			System.out.println("ready " + backend.describe());
			final BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
			while (in.readLine() != null) {
				final long begin = System.nanoTime();
				task.run();
				System.out.println((System.nanoTime() - begin) * 1e-9);
			}
		}
	}

	private static SwinUnetr network(final int features, final Backend backend) {
		return new SwinUnetr(SwinConfig.monai(1, CLASSES, features), backend, 0);
	}

	private static Task forward(final int features, final int edge, final Backend backend,
		final NDManager memory)
	{
		final SwinUnetr network = network(features, backend);
		final NDArray image = memory.randomNormal(new Shape(1, 1, edge, edge, edge));
		return () -> {
			try (NDManager scope = backend.newScope(); Gradients off = backend.gradients(false)) {
				image.attach(scope);
				HostTensor.toArrays(network.forward(image, false));
				image.attach(memory);
			}
		};
	}

	private static List<NDArray> parameters(final NetworkBlock network) {
		final List<NDArray> parameters = network.getParameters().values().stream().map(
			Parameter::getArray).toList();
		parameters.forEach(p -> p.setRequiresGradient(true));
		return parameters;
	}

	private static Task train(final int features, final int edge, final Backend backend,
		final NDManager memory)
	{
		final SwinUnetr network = network(features, backend);
		network.sections().set(Sections.Mode.KEEP);
		final TrainingOperators ops = new TrainingOperators(backend.operators());
		final List<NDArray> parameters = parameters(network);
		final AdamW optimiser = new AdamW(parameters, List.of(), 1e-5, ops, memory);
		final Shape volume = new Shape(1, edge, edge, edge);
		return () -> {
			try (NDManager scope = backend.newScope(); Gradients on = backend.gradients(true)) {
				final NDArray image = scope.randomNormal(new Shape(1, 1, edge, edge, edge));
				final NDArray labels = scope.randomInteger(0, CLASSES, volume, DataType.INT64);
				final NDArray loss = new DiceCeLoss().of(network.forward(image, true), labels, ops);
				optimiser.step(network.sections().gradients(loss, parameters), 1e-4);
				loss.getFloat();
			}
		};
	}

	private static Task pretrain(final int features, final int edge, final Backend backend,
		final NDManager memory)
	{
		final PretextNetwork network = new PretextNetwork(SwinConfig.monai(1, 1, features),
			PretextDecoder.of("vae"), false, backend);
		network.sections().set(Sections.Mode.KEEP);
		final TrainingOperators ops = new TrainingOperators(backend.operators());
		final List<NDArray> parameters = parameters(network);
		final AdamW optimiser = new AdamW(parameters, List.of(), 1e-5, ops, memory);
		return () -> {
			try (NDManager scope = backend.newScope(); Gradients on = backend.gradients(true)) {
				final NDArray image = scope.randomNormal(new Shape(2, 1, edge, edge, edge));
				final PretextLoss.Terms loss = PretextLoss.paper().of(network.run(image, true, true), image, null,
					scope.create(new long[] { 0, 3 }), scope.zeros(new Shape(0, 512)), ops);
				optimiser.step(network.sections().gradients(loss.total(), parameters), 1e-4);
				loss.total().getFloat();
			}
		};
	}

	private static Task segment(final int features, final int edge, final Backend backend) {
		final SwinUnetr network = network(features, backend);
		final float[] voxels = new float[edge * edge * edge];
		final Random random = new Random(1);
		for (int i = 0; i < voxels.length; i++)
			voxels[i] = (float) random.nextGaussian();
		final int[] window = { 96, 96, 96 };
		final HostTensor host = new HostTensor();
		final float[][] logits = new float[1][CLASSES * 96 * 96 * 96];
		return () -> new SlidingWindow(WindowSettings.of(window, 0.5), Progress.silent()).run(
			new ImageSource(ArrayImgs.floats(voxels, edge, edge, edge, 1)), windows -> {
				try (NDManager scope = backend.newScope(); Gradients off = backend.gradients(false)) {
					HostTensor.fill(logits, network.forward(host.images(scope, windows, 1, window), false));
					return logits;
				}
			}, CLASSES, new ArgMaxSink(edge, edge, edge));
	}
}
