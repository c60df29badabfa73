package org.swinj;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.swinj.model.Safetensors;
import org.swinj.model.StateDict;
import org.swinj.model.Weight;

/** Compares {@link GoldenFormula} with every golden file whose tensors are named {@code seed:key}. */
class GoldenFormulaTest {

	@Test
	void formulaGivesTheGoldenNumbers() throws IOException {
		final List<String> checked = new ArrayList<>();
		for (final Path file : GoldenFolder.files("*.safetensors")) {
			final StateDict tensors = Safetensors.read(file);
			if (!tensors.names().stream().allMatch(name -> name.matches("\\d+:.*"))) continue;
			for (final Map.Entry<String, Weight> entry : tensors.asMap().entrySet())
				check(entry.getKey(), entry.getValue());
			checked.add(file.getFileName().toString());
		}
		System.out.println("Formula checked on " + checked);
		assertFalse(checked.isEmpty(), "No file in " + GoldenFolder.dir()
			+ " holds tensors named seed:key.");
	}

	private static void check(final String name, final Weight expected) {
		final long seed = Long.parseLong(name.substring(0, name.indexOf(':')));
		final String key = name.substring(name.indexOf(':') + 1);
		final String last = key.substring(key.indexOf(':') + 1);
		final float[] actual;
		if (key.startsWith("image:")) actual = GoldenFormula.image(seed, last, expected.numel());
		else if (key.startsWith("label")) {
			final int classes = Integer.parseInt(key.substring(5, key.indexOf(':')));
			final int[] labels = GoldenFormula.label(seed, last, expected.numel(), classes);
			actual = new float[labels.length];
			for (int i = 0; i < labels.length; i++)
				actual[i] = labels[i];
		}
		else actual = GoldenFormula.parameter(key, expected.shape(), seed);
		assertArrayEquals(expected.toFloats(), actual, name);
	}
}
