/**
 * Sliding-window inference: a network that sees one window at a time labels a volume of any size.
 * <p>
 * Everything here is generic in the predictor and knows no tensors. Sizes and positions of windows
 * and volumes are given slowest axis first, which is Z, Y, X for an image; window arrays are laid
 * out channel, Z, Y, X with X fastest.
 */
package org.swinj.inference;
