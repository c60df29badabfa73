package org.swinj.fiji;

import ij.IJ;

import org.scijava.app.StatusService;
import org.scijava.event.EventService;
import org.scijava.log.LogService;
import org.scijava.task.Task;
import org.scijava.task.TaskService;

import org.swinj.progress.Eta;
import org.swinj.progress.Progress;

/** Progress as a SciJava task with status bar and log; Escape, the task's cancel button, an
 * interrupted thread and the end of Fiji stop it. */
public final class TaskProgress implements Progress, AutoCloseable {

	private static final int MAXIMUM = 1000;
	private static final long PERIOD_NANOS = 100_000_000; // ten updates a second at most

	private final Closing closing;
	private final Task task;
	private final StatusService status;
	private final LogService log;
	private final Eta eta = new Eta();
	private String stage = "";
	private long shown;

	/** @param name what the user started */
	public TaskProgress(final String name, final TaskService tasks, final StatusService status,
		final LogService log)
	{
		this.status = status;
		this.log = log;
		closing = new Closing(status.context().getService(EventService.class));
		task = tasks.createTask(name);
		task.setCancelCallBack(() -> {}); // the work asks isCancelled
		task.start();
		IJ.resetEscape();
	}

	@Override
	public void stage(final String name) {
		stage = name;
		eta.restart();
		shown = 0;
		task.setStatusMessage(name);
		status.showStatus(name);
	}

	@Override
	public void update(final long done, final long total, final String message) {
		final long now = System.nanoTime();
		if (now - shown < PERIOD_NANOS && done < total) return;
		shown = now;
		final String left = eta.left(done, total);
		final String text = stage + (message.isEmpty() ? "" : ": " + message) + (left.isEmpty() ? ""
			: " (" + left + ")");
		final int share = (int) Math.round((double) MAXIMUM * done / total);
		task.setProgressMaximum(MAXIMUM);
		task.setProgressValue(share);
		task.setStatusMessage(text);
		status.showStatus(share, MAXIMUM, text);
	}

	/** Into the Log window, or to the log of a Fiji without windows. */
	@Override
	public void info(final String line) {
		if (IJ.getInstance() == null) log.info(line);
		else IJ.log(line);
	}

	@Override
	public void warn(final String line) {
		if (IJ.getInstance() == null) log.warn(line);
		else IJ.log("Warning: " + line);
	}

	@Override
	public boolean isCancelled() {
		return task.isCanceled() || IJ.escapePressed() || closing.isAsked();
	}

	@Override
	public void close() {
		closing.close();
		task.finish();
		status.showProgress(MAXIMUM, MAXIMUM); // hides the bar
		status.clearStatus();
	}
}
