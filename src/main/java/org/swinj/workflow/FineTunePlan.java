package org.swinj.workflow;

import com.google.gson.JsonObject;

import java.io.IOException;
import java.util.function.Function;

import org.swinj.data.Fingerprint;
import org.swinj.data.PartialPlan;
import org.swinj.data.Plan;
import org.swinj.data.PlanJson;
import org.swinj.network.SwinConfig;

/**
 * All that is decided before a fine-tuning: by its settings, else by the plan it was given, else by
 * the data.
 *
 * @param plan its steps are 0 for as many as the time allows
 * @param minutes time budget; 0 for as long as the steps take
 * @param rate peak learning rate
 * @param mirror along which of X, Y, Z examples may be mirrored
 */
record FineTunePlan(Plan plan, double minutes, double rate, boolean[] mirror) {

	private static final double DEFAULT_MINUTES = 30;

	/**
	 * Decides.
	 *
	 * @param classes including background
	 * @param width features of the network to start from, 0 for none
	 * @param threads of the processor, which has time for a few hundred or thousand steps only; 0 for a GPU
	 * @throws org.swinj.data.FormatException if the given voxel size has a unit that the data lack
	 */
	static FineTunePlan of(final FineTuneSettings settings, final PartialPlan given,
		final Fingerprint data, final int classes, final int width, final int threads)
		throws IOException
	{
		final boolean slow = threads > 0;
		final boolean asked = settings.minutes() > 0 || settings.steps() > 0;
		final int steps = asked || given.steps() == null ? settings.steps() : given.steps();
		final double minutes = asked || given.minutes() == null ? settings.minutes() : given.minutes();
		final boolean free = steps == 0 && minutes == 0;
		final double time = free ? DEFAULT_MINUTES : minutes;
		Plan plan = voxels(settings, given, data, classes, slow, time == 0 ? Double.POSITIVE_INFINITY : time * 60
			* threads);
		if (!settings.patch().isEmpty()) plan = plan.withPatch(Plan.parsePatch(settings.patch()));
		else if (given.patch() != null) plan = plan.withPatch(given.patch());
		if (given.window() != null) plan = plan.withWindow(given.window());
		plan = plan.withFeatureSize(first(settings.featureSize(), given.featureSize(), plan
			.featureSize())).withBatch(first(settings.batch(), given.batch(), plan.batch()));
		if (given.foreground() != null) plan = plan.withForeground(given.foreground());
		if (given.intensity() != null) plan = plan.withIntensity(given.intensity());
		final double rate = settings.rate() > 0 ? settings.rate() : given.rate() != null ? given.rate()
			: plan.withFeatureSize(width > 0 ? width : plan.featureSize()).rate(classes);
		return new FineTunePlan(free ? plan : plan.withSteps(steps), time, rate, given
			.mirror() == null ? mirrored(data, slow) : given.mirror());
	}

	/**
	 * Not where classes change places, and for a few hundred steps not as no scan of a body is: upside down
	 * or back to front (docs/results.md).
	 */
	private static boolean[] mirrored(final Fingerprint data, final boolean slow) {
		final boolean[] mirror = not(data.twins());
		for (int axis = 1; axis < 3; axis++)
			mirror[axis] &= !(slow && data.oriented());
		return mirror;
	}

	/**
	 * The plan of the data in the voxels that are asked for, or that suit them.
	 *
	 * @param seconds for training, times the cores that compute
	 */
	private static Plan voxels(final FineTuneSettings settings, final PartialPlan given,
		final Fingerprint data, final int classes, final boolean slow, final double seconds)
		throws IOException
	{
		final Function<Fingerprint, Plan> usual = slow ? Plan::of : Plan::large;
		if (settings.voxelSize() != null) return usual.apply(data.at(settings.voxelSize()));
		if (given.keepsVoxels()) return usual.apply(data).withSpacing(given.spacing() == null ? data
			.spacing() : given.spacing(), given.unit());
		final double[] spacing = given.spacingIn(data.unit());
		if (spacing != null) return usual.apply(data.at(spacing));
		return slow ? Plan.quick(data, classes, seconds) : Plan.large(data);
	}

	private static int first(final int asked, final Integer given, final int automatic) {
		return asked > 0 ? asked : given != null ? given : automatic;
	}

	/** The same with another plan of the crops. */
	FineTunePlan withPlan(final Plan other) {
		return new FineTunePlan(other, minutes, rate, mirror);
	}

	/** Along which axes nothing is mirrored. */
	boolean[] twins() {
		return not(mirror);
	}

	/** @param network that is trained, which may be a pretrained one */
	JsonObject json(final SwinConfig network) {
		return PlanJson.write(new PartialPlan(plan.spacing(), plan.unit(), plan.intensity(), plan
			.patch(), network.featureSize(), network.window(), plan.batch(), plan.foreground(), mirror,
			rate, plan.steps(), minutes));
	}

	private static boolean[] not(final boolean[] flags) {
		final boolean[] opposite = new boolean[flags.length];
		for (int axis = 0; axis < flags.length; axis++)
			opposite[axis] = !flags[axis];
		return opposite;
	}
}
