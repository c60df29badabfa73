package org.swinj.result;

import java.util.Arrays;
import java.util.TreeSet;

import org.swinj.progress.Progress;

/**
 * The voxels of a label volume as runs along X, joined to objects where runs of one label touch. A run
 * takes some bytes, however long it is.
 */
final class LabelRuns {

	private static final int BEGIN = 0, END = 1, Y = 2, Z = 3, LABEL = 4, PARENT = 5, FIELDS = 6;

	private final LabelImage labels;
	private final int frame;
	private final int[] firstOfRow; // index of a run, by row
	private int[] runs = new int[FIELDS * 1024];
	private int count;

	/** @param frame time point, from 0 */
	LabelRuns(final LabelImage labels, final int frame, final Progress progress) {
		this.labels = labels;
		this.frame = frame;
		final int height = labels.height();
		firstOfRow = new int[height * labels.slices() + 1];
		for (int z = 0; z < labels.slices(); z++) {
			progress.checkCancelled();
			for (int y = 0; y < height; y++) {
				final int row = z * height + y;
				firstOfRow[row] = count;
				addRow(y, z);
				firstOfRow[row + 1] = count;
				if (y > 0) join(row, row - 1);
				if (z == 0) continue;
				for (int dy = Math.max(-1, -y); dy <= Math.min(1, height - 1 - y); dy++)
					join(row, row - height + dy);
			}
		}
	}

	private void addRow(final int y, final int z) {
		final short[] plane = labels.plane(z, frame);
		final int width = labels.width();
		for (int x = 0, end; x < width; x = end) {
			final short label = plane[y * width + x];
			end = x + 1;
			while (end < width && plane[y * width + end] == label)
				end++;
			if (label == 0) continue;
			if (FIELDS * (count + 1) > runs.length) runs = Arrays.copyOf(runs, 2 * runs.length);
			final int[] run = { x, end, y, z, label & 0xffff, count };
			System.arraycopy(run, 0, runs, FIELDS * count++, FIELDS);
		}
	}

	/** Joins runs of equal labels of two rows that touch, also at corners. */
	private void join(final int row, final int other) {
		int b = firstOfRow[other];
		for (int a = firstOfRow[row]; a < firstOfRow[row + 1]; a++) {
			while (b < firstOfRow[other + 1] && end(b) < begin(a))
				b++;
			for (int c = b; c < firstOfRow[other + 1] && begin(c) <= end(a); c++)
				if (label(a) == label(c)) unite(a, c);
		}
	}

	private void unite(final int a, final int b) {
		final int first = root(a), second = root(b);
		runs[FIELDS * Math.max(first, second) + PARENT] = Math.min(first, second);
	}

	/** The first run of the object that a run belongs to. */
	int root(final int run) {
		int root = run;
		while (runs[FIELDS * root + PARENT] != root)
			root = runs[FIELDS * root + PARENT];
		for (int each = run; each != root;) { // shortens the way for the next question
			final int next = runs[FIELDS * each + PARENT];
			runs[FIELDS * each + PARENT] = root;
			each = next;
		}
		return root;
	}

	int count() {
		return count;
	}

	/** First voxel along X. */
	int begin(final int run) {
		return runs[FIELDS * run + BEGIN];
	}

	/** The voxel behind the last one. */
	int end(final int run) {
		return runs[FIELDS * run + END];
	}

	int y(final int run) {
		return runs[FIELDS * run + Y];
	}

	int z(final int run) {
		return runs[FIELDS * run + Z];
	}

	int label(final int run) {
		return runs[FIELDS * run + LABEL];
	}

	/** All labels, ascending. */
	Iterable<Integer> labels() {
		final TreeSet<Integer> all = new TreeSet<>();
		for (int run = 0; run < count; run++)
			all.add(label(run));
		return all;
	}
}
