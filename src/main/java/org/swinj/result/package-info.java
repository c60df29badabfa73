/**
 * What people look at after a segmentation: label images, regions of interest, measurements and
 * pictures, in the form that ImageJ's users know.
 */
package org.swinj.result;
