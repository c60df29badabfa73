package org.swinj.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.swinj.network.Merging;
import org.swinj.network.SwinConfig;

/**
 * Weights from elsewhere, brought under MONAI's names.
 *
 * @param config the network, deduced from names and shapes
 * @param weights float32 parameters of that network; all of them if the report is complete
 * @param report what became of the file's tensors
 */
public record MonaiImport(SwinConfig config, StateDict weights, ImportReport report) {

	/**
	 * Accepts every layout of Swin UNETR weights in circulation, whole networks and encoders alone.
	 *
	 * @param foreign the tensors of the file
	 * @param file its name for messages
	 * @param merging the order of patch merging, which no file records
	 * @throws ModelFormatException if nothing matches or the architecture is not a Swin UNETR's
	 */
	public static MonaiImport of(final StateDict foreign, final String file, final Merging merging)
		throws ModelFormatException
	{
		final MonaiNames names = new MonaiNames(foreign.names());
		final StateDict known = new StateDict();
		final List<String> unexpected = new ArrayList<>();
		final List<String> ignored = new ArrayList<>();
		for (final Map.Entry<String, Weight> entry : foreign.asMap().entrySet()) {
			final String name = names.canonical(entry.getKey());
			if (name != null && known.contains(name)) throw new ModelFormatException("Weights file \""
				+ file + "\" holds \"" + name + "\" twice, once as \"" + entry.getKey() + "\".");
			if (name != null) known.put(name, entry.getValue());
			else if (names.isHead(entry.getKey())) ignored.add(entry.getKey());
			else unexpected.add(entry.getKey());
		}
		if (known.size() == 0) throw nothing(file, foreign);

		final SwinConfig config = new ArchitectureGuess(known, file).config(merging);
		final WeightFit fit = new WeightFit(known, MonaiKeys.parameters(config), false);
		if (fit.weights().size() == 0) throw nothing(file, foreign);
		final ImportReport fitted = fit.report();
		final List<String> mismatched = new ArrayList<>(fitted.mismatched());
		mismatched.addAll(wrongBuffers(known, config));
		unexpected.addAll(fitted.unexpected());
		return new MonaiImport(config, fit.weights(), new ImportReport(fitted.loaded(), fitted.adapted(),
			fitted.missing(), unexpected, ignored, mismatched));
	}

	/** Whether the weights make a network that can segment. */
	public boolean isComplete() {
		return report.isComplete();
	}

	private static List<String> wrongBuffers(final StateDict weights, final SwinConfig config) {
		final List<String> wrong = new ArrayList<>();
		if (weights.names().stream().noneMatch(MonaiKeys::isBuffer)) return wrong;
		for (final Map.Entry<String, Weight> buffer : MonaiKeys.buffers(config).asMap().entrySet()) {
			if (!weights.contains(buffer.getKey())) continue;
			final Weight found = weights.get(buffer.getKey());
			if (found.type() != WeightType.I64 || !found.data().equals(buffer.getValue().data())) wrong
				.add(buffer.getKey() + " differs from the relative positions in a window of " + config
					.window() + " tokens");
		}
		return wrong;
	}

	private static ModelFormatException nothing(final String file, final StateDict foreign) {
		return new ModelFormatException("Weights file \"" + file
			+ "\" holds no Swin UNETR: none of its " + foreign.size() + " tensors has a known name" + (foreign
				.size() == 0 ? "." : ", the first is \"" + foreign.names().iterator().next() + "\"."));
	}
}
