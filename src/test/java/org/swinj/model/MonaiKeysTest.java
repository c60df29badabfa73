package org.swinj.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.swinj.network.SwinConfig;

class MonaiKeysTest {

	/** The tables list MONAI's own state dicts: key, kind, type, shape. */
	@ParameterizedTest
	@CsvSource({ "swin_unetr_f48_out14.tsv, false, 151", "swin_unetr_f48_out14_v2.tsv, true, 159" })
	void keysAndShapesAreThoseOfMonai(final String table, final boolean v2, final int parameters)
		throws IOException
	{
		final SwinConfig config = SwinConfig.monai(1, 14, 48).withV2(v2);
		final List<String> expected = new ArrayList<>();
		for (final String line : lines(table))
			expected.add(line.split("\t")[0] + " " + line.split("\t")[3]);
		final List<String> actual = new ArrayList<>();
		MonaiKeys.entries(config).forEach((name, shape) -> actual.add(name + " " + Weight.text(shape)));
		assertIterableEquals(expected, actual);
		assertEquals(parameters, MonaiKeys.parameters(config).size());
		assertEquals(8, MonaiKeys.buffers(config).size());
	}

	/** Totals that MONAI 1.4.0 reports for other configurations. */
	@ParameterizedTest
	@CsvSource({ "1, 14, 48, 62187296", "4, 3, 48, 62191941", "1, 14, 24, 15703304",
		"1, 14, 12, 4078220", "1, 14, 36, 35072996" })
	void parameterCountIsThatOfMonai(final int in, final int out, final int features,
		final long expected)
	{
		long count = 0;
		for (final long[] shape : MonaiKeys.parameters(SwinConfig.monai(in, out, features)).values())
			count += Weight.count(shape);
		assertEquals(expected, count);
	}

	@Test
	void noProjectionWhereChannelsAgree() {
		final SwinConfig config = SwinConfig.monai(12, 2, 12);
		assertEquals(150, MonaiKeys.parameters(config).size(), "encoder1 needs no conv3");
	}

	@Test
	void buffersHoldKnownCornerValues() {
		final StateDict buffers = MonaiKeys.buffers(SwinConfig.monai(1, 2, 12));
		for (final Weight index : buffers.asMap().values()) {
			assertEquals(1098, index.data().getLong(0));
			assertEquals(1097, index.data().getLong(8));
			assertEquals(0, index.data().getLong(8 * 342));
			assertEquals(2196, index.data().getLong(8 * 342 * 343));
		}
	}

	private static List<String> lines(final String table) throws IOException {
		try (InputStream in = MonaiKeysTest.class.getResourceAsStream(table)) {
			final List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
				.toList();
			return lines.subList(1, lines.size());
		}
	}
}
