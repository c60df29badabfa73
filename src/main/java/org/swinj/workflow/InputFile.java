package org.swinj.workflow;

/**
 * A file that a training read.
 *
 * @param path relative to the data folder where it lies in it, with slashes
 * @param bytes its size
 * @param sha256 lower case; empty if it is not known
 */
record InputFile(String path, long bytes, String sha256) {}
