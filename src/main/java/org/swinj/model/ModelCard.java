package org.swinj.model;

import com.google.gson.JsonObject;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.swinj.data.Geometry;
import org.swinj.data.Intensity;
import org.swinj.network.SwinConfig;

/**
 * Everything about a model besides its weights; {@code model.json} as a typed record.
 *
 * @param name what people call the model
 * @param architecture the network, merging order included
 * @param encoderOnly whether parts of the network are missing: fine-tuning can start from such a
 *          model, but it cannot segment
 * @param classes classes in the order of the output channels; empty if encoder-only
 * @param channels names of the image channels
 * @param voxelSize voxel size along X, Y, Z that the network expects, in {@code unit}
 * @param unit length unit as Fiji writes it; {@code pixel} for a network without a preferred size
 * @param oriented whether images must be turned to RAS first
 * @param intensity how raw intensities become network input
 * @param patchSize training crop in voxels along X, Y, Z, multiples of 32
 * @param training how the model came to be, {@code null} when unknown
 * @param weightsSha256 lower-case SHA-256 of {@code weights.safetensors}; set when the model is
 *          written
 * @param source the JSON it was read from, whose plan, manifest and unknown keys are
 *          kept; empty for a new
 *          card
 */
public record ModelCard(String name, SwinConfig architecture, boolean encoderOnly,
	List<SegmentationClass> classes, List<String> channels, double[] voxelSize, String unit,
	boolean oriented, Intensity intensity, int[] patchSize, Training training, String weightsSha256,
	JsonObject source)
{

	/** The version of {@code model.json} that is written, and the newest that is read. */
	public static final int FORMAT_VERSION = 1;

	private static final String PLAN = "plan";
	private static final String MANIFEST = "manifest";

	private static final int SHOWN_CLASSES = 4; // in a summary

	/** @throws IllegalArgumentException if the parts contradict each other */
	public ModelCard {
		classes = List.copyOf(classes);
		channels = List.copyOf(channels);
		check(name != null && !name.isBlank(), "The model needs a name.");
		check(channels.size() == architecture.inChannels(), "The network takes " + architecture
			.inChannels() + " channels, but " + channels.size() + " are named.");
		check(encoderOnly || classes.size() == architecture.outChannels(), "The network has "
			+ architecture.outChannels() + " outputs, but " + classes.size() + " classes are named.");
		check(classes.stream().map(SegmentationClass::value).distinct().count() == classes.size(),
			"Two classes of the model have the same label value.");
		check(voxelSize.length == 3 && patchSize.length == 3,
			"Voxel size and patch size need 3 numbers each.");
		for (int axis = 0; axis < 3; axis++) {
			check(voxelSize[axis] > 0 && Double.isFinite(voxelSize[axis]),
				"The voxel size must be positive, not " + voxelSize[axis] + ".");
			check(patchSize[axis] > 0 && patchSize[axis] % 32 == 0,
				"The patch size must be a positive multiple of 32, not " + patchSize[axis] + ".");
		}
	}

	/** A new card; nothing is known about its training, no hash yet. */
	public static ModelCard of(final String name, final SwinConfig architecture,
		final List<SegmentationClass> classes, final List<String> channels, final double[] voxelSize,
		final String unit, final boolean oriented, final Intensity intensity, final int[] patchSize)
	{
		return new ModelCard(name, architecture, false, classes, channels, voxelSize, unit, oriented,
			intensity, patchSize, null, "", new JsonObject());
	}

	/** Names when nobody gave any: "background", "class 1", … */
	public static List<SegmentationClass> numberedClasses(final int count) {
		final List<SegmentationClass> classes = new ArrayList<>();
		for (int i = 0; i < count; i++)
			classes.add(SegmentationClass.of(i, i == 0 ? "background" : "class " + i));
		return classes;
	}

	/** Names when nobody gave any: "channel 1", … */
	public static List<String> numberedChannels(final int count) {
		final List<String> channels = new ArrayList<>();
		for (int i = 1; i <= count; i++)
			channels.add("channel " + i);
		return channels;
	}

	/**
	 * Reads the text of a {@code model.json}.
	 *
	 * @param file where it comes from, for messages
	 * @throws ModelFormatException if it is damaged or of a newer version
	 */
	public static ModelCard parse(final String json, final String file) throws ModelFormatException {
		return CardJson.parse(json, file);
	}

	/** The text of {@code model.json}. */
	public String json() {
		return CardJson.write(this);
	}

	/** The model for people, in short lines. */
	public List<String> describe() {
		final String kind = architecture.v2() ? " (version 2)" : "";
		final List<String> lines = new ArrayList<>(List.of(name, "Network: Swin UNETR of " + architecture
			.featureSize() + " features" + kind + ", " + architecture.merging().id() + " merging",
			"Channels: " + String.join(", ", channels)));
		if (encoderOnly) lines.add("Encoder only: a start for fine-tuning");
		for (final SegmentationClass c : classes)
			lines.add("Class " + c.value() + ": " + c.name());
		lines.add(String.format(Locale.ROOT, "Voxels: %.3g × %.3g × %.3g %s", voxelSize[0], voxelSize[1],
			voxelSize[2], unit));
		lines.add(String.format(Locale.ROOT, "Patches: %d × %d × %d voxels", patchSize[0], patchSize[1],
			patchSize[2]));
		if (training != null) lines.addAll(training.describe());
		return lines;
	}

	/** What keeps predictions of this model from being averaged with those of another, or null. */
	public String differs(final ModelCard other) {
		if (!architecture.equals(other.architecture)) return "their networks";
		if (!classes.equals(other.classes)) return "their classes";
		if (!channels.equals(other.channels)) return "their channels";
		if (!unit.equals(other.unit) || !Arrays.equals(voxelSize, other.voxelSize)
			|| oriented != other.oriented) return "their voxels";
		if (!Arrays.equals(patchSize, other.patchSize)) return "their patches";
		return intensity.equals(other.intensity) ? null : "how they normalise intensities";
	}

	/** The model in a few words: classes, voxel size, channels. */
	public String summary() {
		final List<String> names = classes.stream().filter(c -> c.value() > 0).map(
			SegmentationClass::name).toList();
		final List<String> few = names.size() > SHOWN_CLASSES ? names.subList(0, SHOWN_CLASSES) : names;
		final String more = names.size() > few.size() ? " and " + (names.size() - few.size()) + " more"
			: "";
		return (encoderOnly ? "a start for fine-tuning" : String.join(", ", few) + more) + "; " + Geometry
			.text(voxelSize, unit) + "; " + channels.size() + (channels.size() == 1 ? " channel"
				: " channels");
	}

	/** Label value of each output channel. */
	public int[] labelValues() {
		return classes.stream().mapToInt(SegmentationClass::value).toArray();
	}

	/** The same model under another name. */
	public ModelCard withName(final String other) {
		return new ModelCard(other, architecture, encoderOnly, classes, channels, voxelSize, unit,
			oriented, intensity, patchSize, training, weightsSha256, source);
	}

	/** The same model with other names or colours of its classes. */
	public ModelCard withClasses(final List<SegmentationClass> others) {
		return new ModelCard(name, architecture, encoderOnly, others, channels, voxelSize, unit,
			oriented, intensity, patchSize, training, weightsSha256, source);
	}

	/** The same model with another provenance. */
	public ModelCard withTraining(final Training other) {
		return new ModelCard(name, architecture, encoderOnly, classes, channels, voxelSize, unit,
			oriented, intensity, patchSize, other, weightsSha256, source);
	}

	/** The same model with the plan of its training. */
	public ModelCard withPlan(final JsonObject plan) {
		return with(PLAN, plan);
	}

	/** The plan of its training, {@code null} if there is none. */
	public JsonObject plan() {
		return part(PLAN);
	}

	/** The same model with what its training can be verified by. */
	public ModelCard withManifest(final JsonObject manifest) {
		return with(MANIFEST, manifest);
	}

	/** What its training can be verified by, {@code null} if there is nothing. */
	public JsonObject manifest() {
		return part(MANIFEST);
	}

	private ModelCard with(final String key, final JsonObject part) {
		final JsonObject extended = source.deepCopy();
		extended.add(key, part);
		return new ModelCard(name, architecture, encoderOnly, classes, channels, voxelSize, unit,
			oriented, intensity, patchSize, training, weightsSha256, extended);
	}

	private JsonObject part(final String key) {
		return source.get(key) instanceof JsonObject part ? part : null;
	}

	/** The same model, known to be a start for fine-tuning only; its classes are dropped. */
	public ModelCard asEncoderOnly() {
		return new ModelCard(name, architecture, true, List.of(), channels, voxelSize, unit, oriented,
			intensity, patchSize, training, weightsSha256, source);
	}

	ModelCard withWeightsSha256(final String hash) {
		return new ModelCard(name, architecture, encoderOnly, classes, channels, voxelSize, unit,
			oriented, intensity, patchSize, training, hash, source);
	}

	private static void check(final boolean ok, final String sentence) {
		if (!ok) throw new IllegalArgumentException(sentence);
	}
}
