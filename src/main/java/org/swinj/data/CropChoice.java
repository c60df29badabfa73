package org.swinj.data;

/**
 * Where unlabelled crops are taken.
 *
 * @param foregroundBox only inside the box of positive voxels, grown to whole crops, as in the
 *          published pretraining
 * @param content least standard deviation of a crop, relative to that of its volume
 * @param redraws how often a crop with less is drawn anew; the best one is taken then
 */
public record CropChoice(boolean foregroundBox, double content, int redraws) {}
