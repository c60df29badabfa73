package org.swinj.workflow;

import java.nio.file.Path;

import org.swinj.training.PretextPreview;
import org.swinj.training.TaskLosses;

/**
 * What a self-supervised pretraining achieved.
 *
 * @param output the model written
 * @param steps optimiser steps done
 * @param finalLoss mean loss of the last steps
 * @param losses of the single tasks in the last steps
 * @param preview what the network rebuilds at the end; {@code null} if inpainting was off
 * @param seconds wall time
 * @param device what it ran on, with the reason
 */
public record PretrainResult(Path output, int steps, double finalLoss, TaskLosses losses,
	PretextPreview preview, double seconds, String device)
{}
