package org.swinj.workflow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.swinj.model.ImportReport;
import org.swinj.model.ModelCard;
import org.swinj.model.MonaiImport;
import org.swinj.model.StateDict;
import org.swinj.model.SwinModel;
import org.swinj.model.WeightsFile;
import org.swinj.network.SwinConfig;
import org.swinj.progress.Progress;

/**
 * Turns weights from MONAI, from the published self-supervised files or from an export of SwinJ into a
 * SwinJ model. Weights
 * that lack parts of the network become an encoder-only model, a start for fine-tuning.
 */
public final class ImportModel {

	private static final int PATCH = 96; // of all published weights

	private final ImportSettings settings;
	private final Progress progress;

	public ImportModel(final ImportSettings settings, final Progress progress) {
		this.settings = settings;
		this.progress = progress;
	}

	/**
	 * Reads, maps and writes.
	 *
	 * @throws org.swinj.model.ModelFormatException if the file is damaged, hostile or no Swin UNETR
	 * @throws org.swinj.progress.CancelledException when the user asked to stop
	 */
	public ImportReport run() throws IOException {
		progress.stage("Reading weights");
		final StateDict foreign = WeightsFile.read(settings.weights());
		final ModelCard own = ExportModel.cardIn(settings.weights());
		if (own != null) progress.info("The file was exported from a SwinJ model: classes, voxel size, "
			+ "intensities, patch size and merging are those of the model");
		progress.checkCancelled();
		progress.stage("Mapping names");
		final MonaiImport imported = MonaiImport.of(foreign, fileName(), own == null ? settings
			.merging() : own.architecture().merging());
		tell(imported);
		progress.checkCancelled();
		progress.stage("Writing model");
		final boolean isOwn = own != null && own.architecture().equals(imported.config()) && own
			.encoderOnly() != imported.isComplete();
		new SwinModel(isOwn ? own : card(imported), imported.weights()).write(settings.output());
		return imported.report();
	}

	private void tell(final MonaiImport imported) {
		final ImportReport report = imported.report();
		progress.info(report.summary());
		warn("have a wrong shape or value", report.mismatched());
		warn("are not part of a Swin UNETR", report.unexpected());
		if (!imported.isComplete()) progress.warn("Parts of the network are missing ("
			+ report.missing().size() + " tensors, the first is " + report.missing().get(0)
			+ "): the model can start a fine-tuning, but cannot segment.");
	}

	private void warn(final String what, final List<String> tensors) {
		if (!tensors.isEmpty()) progress.warn(tensors.size() + " tensors " + what + ": " + String.join(
			", ", tensors.subList(0, Math.min(3, tensors.size()))) + (tensors.size() > 3 ? ", …" : "")
			+ ".");
	}

	private ModelCard card(final MonaiImport imported) {
		final SwinConfig config = imported.config();
		final boolean sized = settings.voxelSize() != null;
		final ModelCard card = ModelCard.of(fileName().replaceFirst("\\.[A-Za-z]+$", ""), config,
			ModelCard.numberedClasses(config.outChannels()), ModelCard.numberedChannels(config
				.inChannels()), sized ? settings.voxelSize() : new double[] { 1, 1, 1 }, sized ? "mm"
					: "pixel", true, settings.intensity(), new int[] { PATCH, PATCH, PATCH });
		return imported.isComplete() ? card : card.asEncoderOnly();
	}

	private String fileName() {
		final Path name = settings.weights().getFileName();
		return String.valueOf(name);
	}
}
