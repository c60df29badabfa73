package org.swinj.workflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.swinj.network.Merging;
import org.swinj.network.SwinConfig;

/** How MONAI builds the network of a model. */
record MonaiCall(SwinConfig config) {

	/** The only window before MONAI 1.5. */
	private static final int OLD_WINDOW = 7;

	private static final int OLD_EDGE = 96;

	/** Whether only MONAI to 1.4 merges patches like this. */
	boolean isOld() {
		return config.merging() == Merging.LEGACY;
	}

	/** The versions of MONAI that can do it, as pip writes them. */
	String versions() {
		return isOld() ? "monai<1.5" : isAny() ? "monai" : "monai>=1.5";
	}

	private boolean isAny() {
		return config.merging() == Merging.V2 && config.window() == OLD_WINDOW;
	}

	/** Arguments of {@code SwinUNETR} by name. */
	JsonObject arguments() {
		final JsonObject arguments = new JsonObject();
		if (isOld()) arguments.add("img_size", array(List.of(OLD_EDGE, OLD_EDGE, OLD_EDGE)));
		arguments.addProperty("in_channels", config.inChannels());
		arguments.addProperty("out_channels", config.outChannels());
		arguments.addProperty("feature_size", config.featureSize());
		arguments.add("depths", array(config.depths()));
		arguments.add("num_heads", array(config.heads()));
		if (config.window() != OLD_WINDOW) arguments.addProperty("window_size", config.window());
		arguments.addProperty("use_v2", config.v2());
		arguments.addProperty("normalize", config.normalize());
		arguments.addProperty("downsample", config.merging() == Merging.V2 ? "mergingv2" : "merging");
		return arguments;
	}

	private static JsonArray array(final List<Integer> numbers) {
		final JsonArray array = new JsonArray();
		numbers.forEach(array::add);
		return array;
	}

	/** The call in Python. */
	String python() {
		return "SwinUNETR(" + arguments().entrySet().stream().map(Map.Entry::toString).map(
			MonaiCall::python).collect(Collectors.joining(", ")) + ")";
	}

	private static String python(final String argument) {
		return argument.replace("=true", "=True").replace("=false", "=False").replace(",", ", ");
	}
}
