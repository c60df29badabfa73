package org.swinj.model;

import java.util.List;

/**
 * What became of the tensors when weights met a network; names are MONAI's where there is one.
 *
 * @param loaded parameters taken as they are
 * @param adapted parameters whose input channels were spread or summed to fit
 * @param missing parameters of the network that the file does not provide
 * @param unexpected tensors of the file that the network does not know
 * @param ignored tensors of the file that are known to be of no use: pretraining heads, final norm
 * @param mismatched one sentence part for each tensor with the right name and a wrong shape or value
 */
public record ImportReport(List<String> loaded, List<String> adapted, List<String> missing,
	List<String> unexpected, List<String> ignored, List<String> mismatched)
{

	public ImportReport {
		loaded = List.copyOf(loaded);
		adapted = List.copyOf(adapted);
		missing = List.copyOf(missing);
		unexpected = List.copyOf(unexpected);
		ignored = List.copyOf(ignored);
		mismatched = List.copyOf(mismatched);
	}

	/** Whether every parameter of the network was provided. */
	public boolean isComplete() {
		return missing.isEmpty();
	}

	/** The counts in one line for the log. */
	public String summary() {
		return loaded.size() + " tensors loaded, " + adapted.size() + " adapted, " + missing.size()
			+ " missing, " + unexpected.size() + " unexpected, " + mismatched.size() + " mismatched, "
			+ ignored.size() + " ignored";
	}
}
