package org.swinj.backend;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.io.IOException;
import java.util.Locale;

/**
 * What a device did with a real kernel.
 *
 * @param milliseconds of the best of three products of two square matrices
 * @param gigaflops that makes in a second
 */
record DeviceProbe(double milliseconds, double gigaflops) {

	private static final int EDGE = 512;
	private static final float LEFT = 0.5f, RIGHT = 0.25f; // exact, as are their sums

	/**
	 * Multiplies matrices on a device and looks at the result.
	 *
	 * @throws IOException if the device cannot do it or the result is wrong
	 */
	static DeviceProbe run(final Engine engine, final Device device) throws IOException {
		try (NDManager manager = engine.newBaseManager(device)) {
			final NDArray a = manager.full(new Shape(EDGE, EDGE), LEFT);
			final NDArray b = manager.full(new Shape(EDGE, EDGE), RIGHT);
			double best = Double.MAX_VALUE;
			for (int i = 0; i < 3; i++) {
				final long start = System.nanoTime();
				try (NDArray product = a.matMul(b)) {
					final float value = product.get(EDGE - 1, EDGE / 2).toFloatArray()[0]; // waits for it
					best = Math.min(best, (System.nanoTime() - start) * 1e-6);
					if (value != LEFT * RIGHT * EDGE) throw new IOException(String.format(Locale.ROOT,
						"A product of matrices on %s is %s instead of %s.", device, value, LEFT * RIGHT * EDGE));
				}
			}
			return new DeviceProbe(best, 2.0 * EDGE * EDGE * EDGE / best * 1e-6);
		}
		catch (final RuntimeException e) {
			final String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
			throw new IOException("A product of matrices on " + device + " failed: " + reason, e);
		}
	}

	/** "a product of 512 × 512 matrices is right and took 3.1 ms (87 GFLOP/s)". */
	@Override
	public String toString() {
		return String.format(Locale.ROOT,
			"a product of %d × %d matrices is right and took %.2g ms (%.0f GFLOP/s)", EDGE, EDGE, milliseconds,
			gigaflops);
	}
}
