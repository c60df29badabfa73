package org.swinj.workflow;

import java.util.List;

/**
 * What the verification of a model found.
 *
 * @param verdict one sentence
 * @param verified whether all files are unchanged and all repeated losses are equal
 * @param files input files that the model names
 * @param changed those that are not as they were, or whose hash was not recorded
 * @param missing those that are not there
 * @param steps repeated
 * @param equal first losses that are equal to the last bit
 * @param device what the steps were repeated on; empty if none were
 */
public record VerifyResult(String verdict, boolean verified, int files, List<String> changed,
	List<String> missing, int steps, int equal, String device)
{}
