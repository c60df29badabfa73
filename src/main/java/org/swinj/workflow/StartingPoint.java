package org.swinj.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.swinj.model.ImportReport;
import org.swinj.model.ModelCard;
import org.swinj.model.MonaiImport;
import org.swinj.model.MonaiKeys;
import org.swinj.model.NetworkWeights;
import org.swinj.model.StateDict;
import org.swinj.model.SwinModel;
import org.swinj.model.WeightFit;
import org.swinj.model.WeightScale;
import org.swinj.model.WeightsFile;
import org.swinj.network.Merging;
import org.swinj.network.SwinConfig;
import org.swinj.network.SwinUnetr;
import org.swinj.progress.Progress;

/**
 * Weights to start a training from: those of a SwinJ model or of a foreign weights file.
 *
 * @param config the network they come from
 * @param weights float32, under MONAI's names
 * @param patch crop size they were trained with (X, Y, Z), {@code null} if unknown
 */
record StartingPoint(SwinConfig config, StateDict weights, int[] patch) {

	/** @throws IOException if the file is neither a SwinJ model nor weights of a Swin UNETR */
	static StartingPoint read(final Path file) throws IOException {
		final String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
		if (Files.isDirectory(file) || name.endsWith(".zip") || !Files.exists(file)) {
			final SwinModel model = SwinModel.read(file);
			return new StartingPoint(model.card().architecture(), model.weights(), model.card()
				.patchSize());
		}
		final StateDict weights = WeightsFile.read(file);
		final ModelCard own = ExportModel.cardIn(file);
		final MonaiImport imported = MonaiImport.of(weights, name, own == null ? Merging.LEGACY : own
			.architecture().merging());
		return new StartingPoint(imported.config(), imported.weights(), own == null ? null : own
			.patchSize());
	}

	/** The files that are read of it. */
	static List<Path> files(final Path start) throws IOException {
		if (!Files.isDirectory(start)) return List.of(start);
		try (Stream<Path> files = Files.list(start)) {
			return files.filter(Files::isRegularFile).filter(file -> file.toString().endsWith(
				".safetensors")).sorted().toList();
		}
	}

	/**
	 * Copies all weights that fit into a network of the same architecture.
	 *
	 * @return whether those of the output layer are among them
	 */
	boolean load(final SwinUnetr network, final Progress progress) throws IOException {
		final WeightFit fitted = WeightFit.of(weights, MonaiKeys.parameters(network.config()));
		NetworkWeights.load(WeightScale.renewed(fitted.weights()), network);
		final ImportReport report = fitted.report();
		progress.info("Pretrained weights: " + report.summary());
		return report.loaded().containsAll(MonaiKeys.OUTPUT_LAYER);
	}
}
