package org.swinj.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which axes of a NRRD file are X, Y and Z, which one holds channels, and where they lie in space.
 */
final class NrrdAxes {

	private static final Pattern VECTOR = Pattern.compile("(?i)\\([^()]*\\)|none");
	private static final Set<String> SPATIAL = Set.of("domain", "space", "???", "none");

	private final TextHeader header;
	private final long[] sizes;
	private final String[] kinds; // of each axis, may be empty
	private final List<String> directions; // of each axis, empty list if there are none
	private final List<Integer> spatial = new ArrayList<>();
	private int channel = -1;

	/** @throws FormatException if these are not one to three axes of space and at most one more */
	NrrdAxes(final TextHeader header) throws FormatException {
		this.header = header;
		sizes = header.wholes("sizes");
		final String dimension = header.required("dimension");
		if (!dimension.equals(String.valueOf(sizes.length))) throw new FormatException("Volume \"" +
			header.file() + "\" claims " + dimension + " axes, but gives the sizes of " + sizes.length + ".");
		kinds = header.text("", "kinds").toLowerCase(Locale.ROOT).split("\\s+");
		directions = vectors(header.text("", "space directions"));
		for (int axis = 0; axis < sizes.length; axis++) {
			if (sizes[axis] < 1) throw new FormatException("Volume \"" + header.file() +
				"\" claims a size of " + sizes[axis] + " along axis " + (axis + 1) + ".");
			if (isSpatial(axis)) spatial.add(axis);
			else addChannel(axis);
		}
		if (spatial.isEmpty()) throw new FormatException("Volume \"" + header.file() +
			"\" has no axis of space.");
	}

	private boolean isSpatial(final int axis) {
		if (spatial.size() == 3) return false;
		if (directions.size() == sizes.length) return directions.get(axis).startsWith("(");
		return kinds.length != sizes.length || SPATIAL.contains(kinds[axis]);
	}

	private void addChannel(final int axis) throws FormatException {
		final String kind = kinds.length == sizes.length ? kinds[axis] : "";
		if (sizes[axis] > 1 && kind.matches("rgba?-color|hsv-color|complex|quaternion"))
			throw new FormatException("Volume \"" + header.file() + "\" holds voxels of the kind " + kind +
				": convert it to grey levels or separate channels first.");
		if (sizes[axis] == 1) return;
		if (channel >= 0) throw new FormatException("Volume \"" + header.file() +
			"\" has more than one axis beside X, Y and Z (axis " + (axis + 1) + " has the size " +
			sizes[axis] + "): split it first.");
		channel = axis;
	}

	/**
	 * Voxels along X, Y, Z and channels.
	 *
	 * @throws FormatException if the channels are neither the first nor the last axis
	 */
	long[] size() throws FormatException {
		final long[] size = { 1, 1, 1, channel < 0 ? 1 : sizes[channel] };
		for (int i = 0; i < spatial.size(); i++)
			size[i] = sizes[spatial.get(i)];
		final boolean between = channel > spatial.get(0) && channel < spatial.get(spatial.size() - 1);
		if (between) throw new FormatException("Volume \"" + header.file() + "\" has its " + size[3] +
			" channels between X, Y and Z (axis " + (channel + 1) + "): make them the first or last axis.");
		return size;
	}

	/** Whether the channels of a voxel stand side by side. */
	boolean isInterleaved() {
		return channel >= 0 && channel < spatial.get(0);
	}

	/** @param repairs receives a sentence for each entry that was wrong and was replaced */
	Geometry geometry(final List<String> repairs) throws FormatException {
		final double[] sign = signs();
		final LengthUnit unit = unit(sign != null);
		if (directions.isEmpty()) return Geometry.of(unit.symbol(), spacings(repairs));
		final double[][] affine = new double[4][4];
		affine[3][3] = 1;
		boolean complete = sign != null && spatial.size() == 3;
		final double[] spacing = { 1, 1, 1 };
		for (int j = 0; j < spatial.size(); j++) {
			final double[] v = header.numbers(directions.get(spatial.get(j)), "space directions");
			spacing[j] = Math.sqrt(Arrays.stream(v).map(x -> x * x).sum());
			complete &= v.length == 3;
			for (int i = 0; complete && i < 3; i++)
				affine[i][j] = sign[i] * v[i];
		}
		if (!complete) return Geometry.of(unit.symbol(), positive(spacing, repairs));
		final double[] origin = header.numbers(header.text("(0,0,0)", "space origin"), "space origin");
		if (origin.length != 3) throw header.wrong("space origin", header.text("", "space origin"));
		for (int i = 0; i < 3; i++)
			affine[i][3] = sign[i] * origin[i];
		if (Affine.isUsable(affine)) {
			final double[][] mm = Affine.scaled(affine, unit.millimetres());
			return new Geometry(Affine.spacing(mm), LengthUnit.MILLIMETRE.symbol(), mm);
		}
		repairs.add("Volume \"" + header.file() +
			"\" has space directions whose axes do not span space; only their lengths were used.");
		return Geometry.of(unit.symbol(), positive(spacing, repairs));
	}

	/** What the axes of the file's space must be multiplied by for RAS; {@code null} if not known. */
	private double[] signs() {
		return switch (header.text("", "space").toLowerCase(Locale.ROOT)) {
			case "right-anterior-superior", "ras" -> new double[] { 1, 1, 1 };
			case "left-anterior-superior", "las" -> new double[] { -1, 1, 1 };
			case "left-posterior-superior", "lps" -> new double[] { -1, -1, 1 };
			default -> null;
		};
	}

	/** Nearly every file without a unit is in millimetres. */
	private LengthUnit unit(final boolean medical) {
		final Matcher quoted = Pattern.compile("\"([^\"]*)\"").matcher(header.text("", "space units",
			"units"));
		while (quoted.find()) {
			final LengthUnit unit = LengthUnit.of(quoted.group(1));
			if (unit != null && unit != LengthUnit.PIXEL) return unit;
			if (!quoted.group(1).isBlank() && !medical) return LengthUnit.PIXEL;
		}
		return medical || !directions.isEmpty() || header.has("spacings") ? LengthUnit.MILLIMETRE
			: LengthUnit.PIXEL;
	}

	private double[] spacings(final List<String> repairs) throws FormatException {
		final double[] spacing = { 1, 1, 1 };
		if (!header.has("spacings")) return spacing;
		final double[] all = header.numbers(header.text("", "spacings"), "spacings");
		if (all.length != sizes.length) throw header.wrong("spacings", header.text("", "spacings"));
		for (int i = 0; i < spatial.size(); i++)
			spacing[i] = Math.abs(all[spatial.get(i)]);
		return positive(spacing, repairs);
	}

	private double[] positive(final double[] spacing, final List<String> repairs) {
		final String before = Arrays.toString(spacing);
		boolean wrong = false;
		for (int i = 0; i < 3; i++) {
			if (spacing[i] > 0 && Double.isFinite(spacing[i])) continue;
			wrong = true;
			spacing[i] = 1;
		}
		if (wrong) repairs.add("Volume \"" + header.file() + "\" has the voxel size " + before +
			"; 1 was used where that is not a length.");
		return spacing;
	}

	private List<String> vectors(final String text) throws FormatException {
		final List<String> vectors = new ArrayList<>();
		final Matcher matcher = VECTOR.matcher(text);
		while (matcher.find())
			vectors.add(matcher.group());
		if (!vectors.isEmpty() && vectors.size() != sizes.length || vectors.isEmpty() && !text.isBlank())
			throw header.wrong("space directions", text);
		return vectors;
	}
}
