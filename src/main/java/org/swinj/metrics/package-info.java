/**
 * How well a predicted label image agrees with a reference: overlap of regions and distances between
 * surfaces, with the definitions of MONAI's metrics.
 */
package org.swinj.metrics;
