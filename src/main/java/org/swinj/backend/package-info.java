/**
 * Devices, tensors and operators: the one place that knows the insides of DJL and libtorch.
 */
package org.swinj.backend;
