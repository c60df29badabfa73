package org.swinj.workflow;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.swinj.data.Fingerprint;
import org.swinj.data.Intensity;
import org.swinj.data.PartialPlan;
import org.swinj.data.Plan;
import org.swinj.network.SwinConfig;

/**
 * Says in plain words what was decided before a fine-tuning, and why.
 *
 * @param settings what the user asked for, which comes first
 * @param given what a file settled, which comes second
 * @param data what decided the rest
 */
record PlanReport(FineTuneSettings settings, GivenPlan given, Fingerprint data) {

	private static final String ASKED = "as asked for";

	/** @param network that is trained, which may be a pretrained one */
	List<String> lines(final FineTunePlan decided, final SwinConfig network) {
		final Plan plan = decided.plan();
		final PartialPlan parts = given.parts();
		final List<String> lines = new ArrayList<>();
		lines.add(plan.keepsVoxels() ? "Voxels stay as they are: " + whyKept()
			: "Volumes are brought to voxels of " + edges(plan.spacing()) + " " + plan.unit() + ": "
				+ whyBrought(plan));
		lines.add(plan.describe() + ": " + why(!settings.patch().isEmpty(), parts.patch(),
			"those nearest to a cube that the volumes and the usual memory have room for"));
		lines.add("Crops centred on a class: " + number(100 * plan.foreground()) + " %: " + why(false,
			parts.foreground(), number(100 * data.foreground())
				+ " % of the annotated voxels are of one"));
		lines.add("Intensities " + words(plan.intensity()) + ": " + why(false, parts.intensity(), data
			.ct() ? "values of CT mean the same in every volume" : "the volumes are no CT"));
		lines.add("Network of " + network.featureSize() + " features: " + whyWidth(plan, network));
		lines.add("Windows of " + network.window() + " tokens: " + (settings.pretrained() != null
			? "as the pretrained model has them" : why(false, parts.window(),
				"the crops need the least padding")));
		lines.add("Learning rate up to " + number(decided.rate()) + ": " + why(settings.rate() > 0,
			parts.rate(), "recommended for this width and number of classes"));
		final boolean limited = parts.steps() != null || parts.minutes() != null;
		lines.add(length(decided) + ": " + why(settings.steps() > 0 || settings.minutes() > 0, limited
			? parts : null, "recommended where nothing is asked for"));
		lines.add(mirrored(decided.mirror()));
		return lines;
	}

	private String why(final boolean asked, final Object part, final String otherwise) {
		return asked ? ASKED : part != null ? "from " + given.origin() : otherwise;
	}

	private String whyKept() {
		if (settings.voxelSize() == null && given.parts().keepsVoxels()) return "from " + given
			.origin();
		return data.uniform() && !data.unit().equals("pixel") ? "all have nearly the same size"
			: "no unit of length that all of them have is known";
	}

	private String whyBrought(final Plan plan) {
		return why(settings.voxelSize() != null, given.parts().spacing(), Arrays.equals(plan.spacing(),
			data.spacing()) ? "what most cases have, as they differ" : "larger than the " + edges(data
				.spacing()) + " of the cases, so that a crop shows more, and the labels survive it");
	}

	private String whyWidth(final Plan plan, final SwinConfig network) {
		final boolean set = settings.featureSize() > 0 || given.parts().featureSize() != null;
		if (settings.pretrained() != null) return "as the pretrained model has it" + (set && network
			.featureSize() != plan.featureSize() ? ", not " + plan.featureSize() : "");
		return why(settings.featureSize() > 0, given.parts().featureSize(), plan.featureSize() < Plan
			.of(data).featureSize() ? Plan.isMany(network.outChannels()) ? "narrow, as many classes need many steps"
				: "narrow, as the time allows few steps" : "the recommended width");
	}

	private static String length(final FineTunePlan decided) {
		final String steps = decided.plan().steps() + " steps";
		final String minutes = number(decided.minutes()) + (decided.minutes() == 1
			? " minute" : " minutes");
		return decided.minutes() == 0 ? steps : decided.plan().steps() == 0 ? minutes : steps + " or "
			+ minutes + ", whichever end first";
	}

	private String mirrored(final boolean[] mirror) {
		final List<String> axes = new ArrayList<>();
		for (int axis = 0; axis < 3; axis++)
			if (mirror[axis]) axes.add("XYZ".substring(axis, axis + 1));
		final String what = axes.isEmpty() ? "Examples are not mirrored"
			: "Examples are mirrored along " + String.join(", ", axes);
		return what + ": " + why(false, given.parts().mirror(), axes.size() == 3
			? "no classes change places by it" : data.oriented() && !mirror[1] && !mirror[2]
				? "scans are neither upside down nor back to front" + (mirror[0] ? ""
					: ", and classes would change places along X")
				: "classes would change places along the other axes");
	}

	private static String edges(final double[] lengths) {
		return number(lengths[0]) + " × " + number(lengths[1]) + " × " + number(lengths[2]);
	}

	private static String words(final Intensity intensity) {
		final String clipped = "are clipped to " + number(intensity.lower()) + " … " + number(intensity
			.upper());
		return switch (intensity.scheme()) {
			case ZSCORE -> "are taken by each volume's own mean and deviation";
			case WINDOW -> clipped + " and scaled to 0 … 1";
			case CLIP_ZSCORE -> clipped + ", then taken by the mean " + number(intensity.mean())
				+ " and the deviation " + number(intensity.std());
		};
	}

	/** Four digits at most. */
	private static String number(final double value) {
		final BigDecimal rounded = new BigDecimal(value).round(new MathContext(4));
		return rounded.stripTrailingZeros().toPlainString();
	}
}
