package org.swinj.training;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.swinj.backend.Backend;
import org.swinj.backend.Gradients;
import org.swinj.backend.Operators;
import org.swinj.backend.Precision;
import org.swinj.backend.TrainingOperators;
import org.swinj.progress.Progress;

class Bfloat16GradientsTest {

	private static final double TOLERANCE = 0.02;

	/** Two voxels deep is what the bottleneck of a crop of 64³ is. */
	@ParameterizedTest
	@CsvSource({ "2,2,2,false", "2,2,2,true", "2,8,8,false", "2,8,8,true", "4,2,2,false", "8,8,8,false" })
	void kernelsAreMovedAsInFloat32(final int depth, final int height, final int width,
		final boolean bias) throws IOException
	{
		final Shape shape = new Shape(1, 24, depth, height, width);
		final float[] expected = gradient(Precision.FLOAT32, shape, bias);
		final float[] actual = gradient(Precision.BFLOAT16, shape, bias);
		double off = 0, length = 0;
		for (int i = 0; i < expected.length; i++) {
			off += Math.pow(actual[i] - expected[i], 2);
			length += Math.pow(expected[i], 2);
		}
		assertTrue(Math.sqrt(off / length) < TOLERANCE, "off by " + Math.sqrt(off / length));
	}

	/** Of the mean of the squares of a convolution by a kernel of 3³. */
	private static float[] gradient(final Precision precision, final Shape shape, final boolean bias)
		throws IOException
	{
		Engine.getEngine("PyTorch").setRandomSeed(1);
		try (Backend backend = Backend.open("cpu", precision.id(), Progress.silent());
			NDManager scope = backend.newScope(); Gradients on = backend.gradients(true))
		{
			final Operators ops = backend.operators();
			final NDArray x = ops.enter(scope.randomNormal(shape), 1, precision);
			final NDArray kernel = scope.randomNormal(new Shape(24, 24, 3, 3, 3));
			kernel.setRequiresGradient(true);
			final NDArray y = bias ? ops.conv3d(x, kernel, scope.zeros(new Shape(24)), 1, 1) : ops.conv3d(x,
				kernel, 1, 1);
			final NDArray wide = ops.leave(y, shape.get(2), shape.get(3), shape.get(4)); // in float32
			return new TrainingOperators(ops).gradients(wide.mul(wide).mean(), List.of(kernel)).get(0)
				.toFloatArray();
		}
	}
}
