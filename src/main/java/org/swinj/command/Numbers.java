package org.swinj.command;

/** Lists of numbers in text parameters. */
final class Numbers {

	private Numbers() {}

	/**
	 * Numbers separated by commas.
	 *
	 * @return {@code null} for an empty text
	 * @throws IllegalArgumentException naming the parameter if there are not {@code count} numbers
	 */
	static double[] parse(final String parameter, final String text, final int count) {
		if (text == null || text.isBlank()) return null;
		final double[] numbers = parse(parameter, text);
		if (numbers.length != count) throw new IllegalArgumentException(parameter + " needs " + count
			+ " numbers, but \"" + text + "\" has " + numbers.length + ".");
		return numbers;
	}

	/**
	 * Any number of numbers separated by commas.
	 *
	 * @throws IllegalArgumentException naming the parameter if something is no number
	 */
	static double[] parse(final String parameter, final String text) {
		final String[] parts = text.trim().split("\\s*,\\s*");
		final double[] numbers = new double[parts.length];
		try {
			for (int i = 0; i < parts.length; i++)
				numbers[i] = Double.parseDouble(parts[i]);
		}
		catch (final NumberFormatException e) {
			throw new IllegalArgumentException(parameter + " must be numbers separated by commas, not \""
				+ text + "\".", e);
		}
		return numbers;
	}
}
