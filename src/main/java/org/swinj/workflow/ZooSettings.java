package org.swinj.workflow;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a BioImage Model Zoo package says beside what the model knows.
 *
 * @param model SwinJ model folder or zip
 * @param output zip to write
 * @param authors names of those who trained it, at least one
 * @param licence SPDX name of the licence of the weights
 */
public record ZooSettings(Path model, Path output, List<String> authors, String licence) {

	public ZooSettings {
		Check.present(model, "model", "the SwinJ model");
		Check.present(output, "output", "the zip to write");
		Check.that(output.toString().toLowerCase(Locale.ROOT).endsWith(".zip"),
			"A BioImage Model Zoo package is a zip: \"" + output + "\" needs .zip at its end.");
		Check.that(!authors.isEmpty(), "A BioImage Model Zoo package needs the names of its authors "
			+ "(authors=), separated by semicolons.");
		Check.that(!licence.isBlank(), "A BioImage Model Zoo package needs a licence (licence=), for "
			+ "instance CC-BY-4.0.");
		authors = List.copyOf(authors);
	}
}
