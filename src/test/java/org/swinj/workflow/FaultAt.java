package org.swinj.workflow;

import java.util.ArrayList;
import java.util.List;

import org.swinj.progress.Progress;

/**
 * A user, or a device, that does something at a chosen moment: asked before every operator of the
 * network and at every stage.
 */
final class FaultAt implements Progress {

	/** Says whether the moment has come. */
	interface Moment {

		boolean is(String stage, int step);
	}

	final List<String> warnings = new ArrayList<>();
	private final Moment moment;
	private final Runnable fault;
	private final int most;
	private String stage = "";
	private int step;
	private int faults;
	private boolean cancelled;
	private long since;

	/** @param most times that the fault happens */
	private FaultAt(final Moment moment, final Runnable fault, final int most) {
		this.moment = moment;
		this.fault = fault;
		this.most = most;
	}

	/** What an operator does at that moment, again and again. */
	static FaultAt throwing(final Moment moment, final int most, final RuntimeException failure) {
		return new FaultAt(moment, () -> {
			throw failure;
		}, most);
	}

	/** The user asks to stop at that moment. */
	static FaultAt cancelling(final Moment moment) {
		return new FaultAt(moment, null, 1);
	}

	/** Something else happens at that moment, on the thread of the training. */
	static FaultAt doing(final Moment moment, final Runnable action) {
		return new FaultAt(moment, action, 1);
	}

	/** The thread is interrupted at that moment. */
	static FaultAt interrupting(final Moment moment) {
		return new FaultAt(moment, () -> Thread.currentThread().interrupt(), 1);
	}

	/** Whether the calling thread is in the quick validations of a training. */
	static boolean inValidation() {
		return StackWalker.getInstance().walk(frames -> frames.anyMatch(f -> f.getMethodName().equals(
			"quickDice")));
	}

	int faults() {
		return faults;
	}

	/** Seconds since the fault. */
	double seconds() {
		return (System.nanoTime() - since) * 1e-9;
	}

	private void look() {
		if (faults == most || !moment.is(stage, step)) return;
		faults++;
		since = System.nanoTime();
		if (fault == null) cancelled = true;
		else fault.run();
	}

	@Override
	public void stage(final String name) {
		stage = name;
		if (faults < most && fault == null) look();
	}

	@Override
	public void update(final long done, final long total, final String message) {
		if (message.matches("Step \\d+,.*")) step = Integer.parseInt(message.replaceAll("^Step (\\d+),.*",
			"$1"));
	}

	@Override
	public void info(final String line) {}

	@Override
	public void warn(final String line) {
		warnings.add(line);
	}

	@Override
	public boolean isCancelled() {
		look();
		return cancelled;
	}
}
