package org.swinj.workflow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import org.swinj.backend.Backend;
import org.swinj.backend.Gradients;
import org.swinj.backend.HostTensor;
import org.swinj.inference.WindowPredictor;
import org.swinj.network.SwinUnetr;

/** The network as a function on windows (C·Z·Y·X values, x fastest). */
final class NetworkPredictor implements WindowPredictor {

	private final SwinUnetr network;
	private final Backend backend;
	private final int[] window; // X, Y, Z
	private final HostTensor host = new HostTensor();
	private float[][] logits = {}; // filled again with every batch

	NetworkPredictor(final SwinUnetr network, final Backend backend, final int[] window) {
		this.network = network;
		this.backend = backend;
		this.window = window;
	}

	@Override
	public float[][] predict(final float[][] windows) {
		try (NDManager scope = backend.newScope(); Gradients off = backend.gradients(false)) {
			final NDArray x = host.images(scope, windows, network.config().inChannels(), window);
			final NDArray y = network.forward(x, false); // (B, C, X, Y, Z)
			final int values = Math.toIntExact(y.size() / windows.length);
			if (logits.length != windows.length) logits = new float[windows.length][values];
			HostTensor.fill(logits, y);
			return logits;
		}
	}
}
