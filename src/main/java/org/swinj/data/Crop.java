package org.swinj.data;

/**
 * One training example.
 *
 * @param image C·Z·Y·X normalised intensities, x fastest
 * @param labels Z·Y·X class indices, {@link TrainingVolume#UNLABELLED} outside the annotation and
 *          outside the volume
 * @param size edge lengths X, Y, Z
 */
public record Crop(float[] image, short[] labels, int[] size) {

	public int channels() {
		return image.length / labels.length;
	}
}
