package org.swinj.workflow;

import org.swinj.data.Contrast;
import org.swinj.data.Geometry;
import org.swinj.data.Resampling;
import org.swinj.data.Volume;
import org.swinj.model.ModelCard;
import org.swinj.progress.Progress;

/**
 * Tells what leaves the labels that a model finds in a volume without much meaning.
 *
 * @param progress hears the warnings
 */
record VolumeNotices(ModelCard card, Progress progress) {

	void tell(final Volume volume) {
		for (int axis = 0; axis < 3; axis++)
			if (volume.size()[axis] == 1 && card.patchSize()[axis] > 1) progress.warn("Volume \"" + volume
				.name() + "\" has only one voxel along " + "XYZ".charAt(axis)
				+ ": the model, which looks at " + card.patchSize()[axis] + ", sees it between zeros.");
		if (!Resampling.isComparable(volume, card.unit())) progress.warn("The voxel size of volume \""
			+ volume.name() + "\" is not known (its unit is \"" + volume.geometry().unit()
			+ "\"), but the model was trained on " + voxels() + ": it is used as it is.");
		else if (volume.geometry().isUncalibrated()) progress.warn("The voxel size of volume \"" + volume
			.name() + "\" is not known: what is measured is in voxels, as if these were cubes.");
		Contrast.check(volume, card.intensity(), progress);
	}

	private String voxels() {
		return "voxels of " + Geometry.text(card.voxelSize(), card.unit());
	}
}
