package org.swinj.workflow;

import java.nio.file.Path;

/**
 * What a comparison found.
 *
 * @param output folder with report.html and runs.csv
 * @param runs fine-tunings in the table
 * @param verdict in a sentence
 * @param gain mean Dice with pretrained weights minus that without, at the smallest share of labels
 * @param seconds wall time of this call
 * @param device what it ran on
 */
public record CompareResult(Path output, int runs, String verdict, double gain, double seconds,
	String device)
{}
