package org.swinj.data;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which axes of an HDF5 dataset are X, Y, Z and channels. Without the tags that ilastik writes, the
 * last axis is X, as in {@code zyx}, {@code czyx} or {@code zyxc}.
 *
 * @param sizes of all axes, slowest first
 * @param z position of the first of the three neighbouring axes Z, Y, X
 * @param channel position of the channels, before or behind them; -1 for none
 */
record Hdf5Axes(long[] sizes, int z, int channel) {

	private static final int MOST_CHANNELS = 16;

	/** Whether a dataset could be a volume: numbers with three axes, or four, or more of length 1. */
	static boolean isVolume(final Dataset dataset) {
		final Class<?> type = dataset.getJavaType();
		final long[] sizes = dataset.getDimensionsAsLong();
		final long longer = Arrays.stream(sizes).filter(n -> n > 1).count();
		return (type.isPrimitive() || Number.class.isAssignableFrom(type) || type == String.class)
			&& !dataset.isCompound() && !dataset.isVariableLength() && sizes.length >= 3 && longer >= 2
			&& longer <= 4;
	}

	/** @throws FormatException if it is not clear which axis is which */
	static Hdf5Axes of(final Dataset dataset, final String name) throws FormatException {
		final long[] sizes = dataset.getDimensionsAsLong();
		for (final long n : sizes)
			if (n < 1) throw new FormatException("Dataset \"" + name + "\" has " + text(sizes) + " voxels.");
		final String tags = tags(dataset, name);
		if (tags.length() == sizes.length) return tagged(sizes, tags, name);
		int first = 0, end = sizes.length;
		while (end - first > 3 && sizes[first] == 1)
			first++;
		while (end - first > 3 && sizes[end - 1] == 1)
			end--;
		if (end - first == 3) return new Hdf5Axes(sizes, first, -1);
		final boolean before = sizes[first] <= sizes[end - 1];
		final int channel = before ? first : end - 1;
		if (end - first > 4 || sizes[channel] > MOST_CHANNELS) throw new FormatException("Dataset \"" +
			name + "\" has " + (end - first) + " axes (" + text(sizes) +
			"), of which neither the first nor the last can be channels: split it first.");
		return new Hdf5Axes(sizes, before ? first + 1 : first, channel);
	}

	/** Voxels along X, Y, Z and channels. */
	long[] size() {
		return new long[] { sizes[z + 2], sizes[z + 1], sizes[z], channel < 0 ? 1 : sizes[channel] };
	}

	/** The letters of {@code axistags}, slowest first, or an empty text. */
	private static String tags(final Dataset dataset, final String name) throws FormatException {
		final Attribute attribute = dataset.getAttribute("axistags");
		if (attribute == null || !(attribute.getData() instanceof String json)) return "";
		try {
			final StringBuilder tags = new StringBuilder();
			for (final JsonElement axis : JsonParser.parseString(json).getAsJsonObject().getAsJsonArray(
				"axes"))
				tags.append(axis.getAsJsonObject().get("key").getAsString());
			return tags.toString();
		}
		catch (final JsonParseException | IllegalStateException | NullPointerException e) {
			throw new FormatException("Dataset \"" + name + "\" has axistags that are no list of axes: \"" +
				json + "\".", e);
		}
	}

	private static Hdf5Axes tagged(final long[] sizes, final String tags, final String name)
		throws FormatException
	{
		final int z = tags.indexOf("zyx");
		final List<String> others = new ArrayList<>();
		for (int i = 0; i < sizes.length; i++)
			if (sizes[i] > 1 && "zyxc".indexOf(tags.charAt(i)) < 0) others.add(tags.substring(i, i + 1));
		if (z < 0 || !others.isEmpty()) throw new FormatException("Dataset \"" + name +
			"\" has its axes in the order " + tags + " (" + text(sizes) +
			"), but zyx, czyx and zyxc can be read.");
		return new Hdf5Axes(sizes, z, tags.indexOf('c'));
	}

	private static String text(final long[] sizes) {
		return String.join("×", Arrays.stream(sizes).mapToObj(String::valueOf).toList());
	}
}
