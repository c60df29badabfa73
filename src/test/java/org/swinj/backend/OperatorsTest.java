package org.swinj.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.swinj.progress.Progress;

/** What runs faster where no gradients are recorded gives the numbers of the plain way. */
class OperatorsTest {

	private static Backend backend;
	private static Operators ops;

	@BeforeAll
	static void open() throws IOException {
		backend = Backend.open("cpu", "float32", Progress.silent());
		ops = backend.operators();
		Engine.getEngine("PyTorch").setRandomSeed(6);
	}

	@AfterAll
	static void close() {
		backend.close();
	}

	/** More than 4096 voxels are normalised in another way than fewer; 17 × 19 × 23 has no block of two. */
	@ParameterizedTest
	@CsvSource({ "1,5,6,7", "3,5,6,7", "1,20,18,16", "2,20,18,16", "1,17,19,23", "2,64,64,32" })
	void instanceNormsOverwriteWithTheSameNumbers(final int batch, final int d, final int h,
		final int w)
	{
		try (NDManager scope = backend.newScope()) {
			final NDArray x = scope.randomNormal(3, 2, new Shape(batch, 5, d, h, w), DataType.FLOAT32);
			final NDArray y = scope.randomNormal(x.getShape());
			final NDArray rows = x.toType(DataType.FLOAT64, false).reshape(batch, 5, -1);
			final NDArray centred = rows.sub(rows.mean(new int[] { 2 }, true));
			final NDArray norm = centred.div(centred.square().mean(new int[] { 2 }, true).add(1e-5).sqrt())
				.reshape(x.getShape());
			same(norm, x, ops::instanceNorm);
			same(leaky(norm), x, ops::instanceNormLeakyRelu);
			same(leaky(norm.add(y)), x, in -> ops.instanceNormAddLeakyRelu(in, ops.layout(y)));
		}
	}

	private static NDArray leaky(final NDArray x) {
		return x.maximum(x.mul(0.01));
	}

	private static void same(final NDArray expected, final NDArray x,
		final Function<NDArray, NDArray> operator)
	{
		for (final boolean recording : new boolean[] { false, true })
			try (Gradients gradients = backend.gradients(recording)) {
				final NDArray in = ops.enter(x, 1, Precision.FLOAT32).mul(1); // a tensor of its own
				in.setRequiresGradient(recording);
				close(expected, operator.apply(in.add(0)), 2e-5);
			}
	}

	/** A single channel is joined by empty ones for the sake of memory layout. */
	@Test
	void aConvolutionOfOneChannelIsThatWithGradients() {
		try (NDManager scope = backend.newScope()) {
			final NDArray x = ops.enter(scope.randomNormal(new Shape(2, 1, 9, 10, 11)), 1, Precision.FLOAT32);
			final NDArray weight = scope.randomNormal(new Shape(7, 1, 3, 3, 3));
			final NDArray plain;
			try (Gradients on = backend.gradients(true)) {
				weight.setRequiresGradient(true);
				plain = ops.conv3d(x, weight, 1, 1).stopGradient();
			}
			try (Gradients off = backend.gradients(false)) {
				close(plain, ops.conv3d(x, weight, 1, 1), 1e-5);
			}
		}
	}

	/** Gradients of the norm that overwrites are those of libtorch. */
	@ParameterizedTest
	@CsvSource({ "2,5,6,7,0.01", "2,20,18,16,0.01", "1,17,19,23,1" })
	void normsApartHaveTheGradients(final int batch, final int d, final int h, final int w,
		final double slope)
	{
		final TrainingOperators training = new TrainingOperators(ops);
		try (NDManager scope = backend.newScope(); Gradients on = backend.gradients(true)) {
			final NDArray x = volume(scope, batch, d, h, w), added = volume(scope, batch, d, h, w);
			final NDArray gradient = volume(scope, batch, d, h, w);
			x.setRequiresGradient(true);
			added.setRequiresGradient(true);
			final NDArray plain = slope == 1 ? ops.instanceNorm(x.mul(1)) : ops.instanceNormAddLeakyRelu(x
				.mul(1), added);
			final List<NDArray> expected = training.backward(List.of(plain), List.of(gradient), List.of(x,
				added));

			final NDArray skip = slope == 1 ? null : added;
			final List<NDArray> apart = ops.instanceNormApart(x.mul(1), skip, slope);
			close(plain, apart.get(0), 2e-5);
			final List<NDArray> found = ops.instanceNormBackward(apart.get(0), skip, apart.get(1), gradient
				.mul(1), slope);
			for (int i = 0; i < found.size(); i++)
				close(expected.get(i), found.get(i), 5e-5);
			assertEquals(slope == 1 ? 1 : 2, found.size());
		}
	}

	private static NDArray volume(final NDManager scope, final int... size) {
		return ops.layout(scope.randomNormal(new Shape(size[0], 5, size[1], size[2], size[3]))).stopGradient();
	}

	private static void close(final NDArray expected, final NDArray actual, final double tolerance) {
		assertArrayEquals(expected.toType(DataType.FLOAT32, false).toFloatArray(),
			actual.toFloatArray(), (float) tolerance);
	}
}
