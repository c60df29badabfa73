package org.swinj.data;

import java.util.ArrayList;
import java.util.List;

import net.imglib2.Cursor;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/** Which slices of a label volume somebody annotated. */
final class AnnotatedSlices {

	/** Fewer of the slices across an axis are single ones. */
	private static final double SINGLE = 0.5;

	private final boolean[][] annotated = new boolean[3][]; // by axis and slice

	/** @param ignore value of voxels that nobody annotated, -1 for none */
	AnnotatedSlices(final Volume labels, final int ignore) {
		for (int axis = 0; axis < 3; axis++)
			annotated[axis] = new boolean[(int) labels.size()[axis]];
		final Cursor<FloatType> cursor = Views.iterable(Views.hyperSlice(labels.image(), 3, 0))
			.localizingCursor();
		while (cursor.hasNext()) {
			if ((int) cursor.next().get() == ignore) continue;
			for (int axis = 0; axis < 3; axis++)
				annotated[axis][cursor.getIntPosition(axis)] = true;
		}
	}

	/** The annotated slices across Z. */
	List<Integer> acrossZ() {
		return across(2);
	}

	private List<Integer> across(final int axis) {
		final List<Integer> slices = new ArrayList<>();
		for (int i = 0; i < annotated[axis].length; i++)
			if (annotated[axis][i]) slices.add(i);
		return slices;
	}

	/** The axis across which single slices are annotated; -1 if there is none. */
	int axis() {
		int least = -1;
		double share = SINGLE;
		for (int axis = 0; axis < 3; axis++) {
			final double part = (double) across(axis).size() / annotated[axis].length;
			if (part == 0 || part >= share) continue; // 0 where nothing is annotated
			share = part;
			least = axis;
		}
		return least;
	}
}
